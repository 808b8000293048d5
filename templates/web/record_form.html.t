%% view record_form(const form_page *v)
%% include "web/record_edit.h"
% if (v->intro.n) {
<p>{{ v->intro }}</p>
% }
% if (v->rules.n) {
<p class="note">{{ v->rules }}
%   for (size_t i = 0; i < v->n_needs; i++) {
 <a href="{{ v->needs[i].href }}">{{ v->needs[i].text }}</a>
%   }
</p>
% }
% if (v->n_ids) {
<ul class="inline note" aria-label="Those ticked">
%   for (size_t i = 0; i < v->n_ids; i++) {
<li><strong>{{ v->ids[i] }}</strong> {{ v->titles[i] }}</li>
%   }
</ul>
% }
<form class="form" action="{{ v->action }}" method="post" novalidate
% if (v->files) {
 enctype="multipart/form-data"
% }
>
<input type="hidden" name="csrf" value="{{ v->q->session.csrf }}">
% if (v->version) {
<input type="hidden" name="version-read" value="{{ v->version }}">
% }
% if (v->deed.n) {
<input type="hidden" name="do" value="{{ v->deed }}">
% }
% for (size_t i = 0; i < v->n_ids; i++) {
<input type="hidden" name="id" value="{{ v->ids[i] }}">
% }
%   form_put(out, v->fm);
<p class="actions"><button class="{{ v->danger ? "danger" : "go" }}">{{ v->button }}</button> <a href="{{ v->back }}">Leave it</a></p>
</form>
