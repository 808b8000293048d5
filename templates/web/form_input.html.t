%% view form_input(const input *in)
%% include "web/form.h"
%   input_says said = input_says_of(in);
% if (in->kind == INPUT_HIDDEN) {
<input type="hidden" name="{{ in->name }}" value="{{ in->text }}">
%   return;
% }
<div class="field">
% if (in->kind == INPUT_CHECK) {
<label class="check"><input type="checkbox" id="f-{{ in->name }}" name="{{ in->name }}" value="yes"
%   if (in->checked) {
 checked
%   }
%   if (said.described[0]) {
 aria-describedby="{{ said.described }}"
%   }
><span>{{ in->label }}</span></label>
% } else {
<label for="f-{{ in->name }}">{{ in->label }}
%   if (!in->required) {
 <span class="optional">optional</span>
%   }
</label>
% }
% if (in->kind == INPUT_CHOICE) {
<select id="f-{{ in->name }}" name="{{ in->name }}"
%   if (said.required) {
 required
%   }
%   if (said.described[0]) {
 aria-describedby="{{ said.described }}"
%   }
%   if (in->why.n) {
 aria-invalid="true"
%   }
>
%   if (!said.listed) {
<option value="{{ in->text }}" selected>{{ in->text }}</option>
%   }
%   for (size_t i = 0; i < in->n_options; i++) {
%     if (str_eq(in->options[i].value, in->text)) {
<option value="{{ in->options[i].value }}" selected>{{ in->options[i].label }}</option>
%     } else {
<option value="{{ in->options[i].value }}">{{ in->options[i].label }}</option>
%     }
%   }
</select>
% } else if (in->kind == INPUT_LONG) {
<textarea id="f-{{ in->name }}" name="{{ in->name }}" class="{{ in->mono ? "mono" : "text" }}" rows="{{ said.rows }}"
%   if (said.required) {
 required
%   }
%   if (said.described[0]) {
 aria-describedby="{{ said.described }}"
%   }
%   if (in->why.n) {
 aria-invalid="true"
%   }
>
{{ in->text }}</textarea>
% } else if (in->kind != INPUT_CHECK) {
<input id="f-{{ in->name }}" name="{{ in->name }}" type="{{ said.type }}" autocomplete="{{ in->complete ? in->complete : "off" }}"
%   if (in->kind != INPUT_FILE && in->kind != INPUT_SECRET) {
 value="{{ in->text }}"
%   }
%   if (in->kind == INPUT_NUMBER) {
 class="number" inputmode="numeric"
%   }
%   if (in->list.n) {
 list="{{ in->list }}"
%   }
%   if (in->accept) {
 accept="{{ in->accept }}"
%   }
%   if (said.required) {
 required
%   }
%   if (said.described[0]) {
 aria-describedby="{{ said.described }}"
%   }
%   if (in->why.n) {
 aria-invalid="true"
%   }
>
%   if (in->kind == INPUT_NUMBER && in->unit) {
<span class="quiet" id="u-{{ in->name }}">{{ in->unit }}</span>
%   }
%   if (in->kind == INPUT_TIME && (!in->days || in->clock.n)) {
<input name="{{ in->name }}.time" type="{{ said.clock_type }}" value="{{ in->clock }}" autocomplete="off" aria-label="{{ in->label }}: time of day in UTC, may be left empty">
%   }
% }
% if (in->help.n) {
<p class="help" id="h-{{ in->name }}">{{ in->help }}</p>
% }
% if (in->why.n) {
<p class="fault" id="e-{{ in->name }}">{{ in->why }}</p>
% }
</div>
