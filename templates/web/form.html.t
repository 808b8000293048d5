%% view form(const form_view *v)
%% include "web/form.h"
%   const form *fm = v->fm;
% if (fm->n_faults) {
<div class="faults" role="alert" tabindex="-1" autofocus>
<p><strong>{{ fm->n_faults }} {{ fm->n_faults == 1 ? "thing is" : "things are" }} wrong; nothing was changed.</strong></p>
<ul>
%   for (size_t i = 0; i < fm->whys.n; i++) {
<li>{{ fm->whys.v[i] }}</li>
%   }
%   for (size_t i = 0; i < fm->v.n; i++) {
%     if (fm->v.v[i].why.n) {
<li><a href="#f-{{ query fm->v.v[i].name }}">{{ fm->v.v[i].label }}</a>: {{ fm->v.v[i].why }}</li>
%     }
%   }
</ul>
</div>
% }
% for (size_t i = 0; i < fm->v.n; i++) {
%   if (!fm->v.v[i].folded && !fm->v.v[i].last) {
%     tpl_form_input(out, &fm->v.v[i]);
%   }
% }
% if (v->n_folded) {
%   if (v->open) {
<details class="more" open>
%   } else {
<details class="more">
%   }
<summary>More fields ({{ v->n_folded }})</summary>
%   for (size_t i = 0; i < fm->v.n; i++) {
%     if (fm->v.v[i].folded) {
%       tpl_form_input(out, &fm->v.v[i]);
%     }
%   }
</details>
% }
% for (size_t i = 0; i < fm->v.n; i++) {
%   if (fm->v.v[i].last) {
%     tpl_form_input(out, &fm->v.v[i]);
%   }
% }
% for (size_t i = 0; i < fm->lists.n; i++) {
%   if (fm->lists.v[i].n) {
<datalist id="{{ fm->lists.v[i].id }}">
%     for (size_t k = 0; k < fm->lists.v[i].n; k++) {
<option value="{{ fm->lists.v[i].v[k].value }}">{{ fm->lists.v[i].v[k].label }}</option>
%     }
</datalist>
%   }
% }
