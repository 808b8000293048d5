%% view assure_filters(const filter_bar *v)
%% include "web/assure.h"
<form class="filters" action="{{ v->at->path }}" method="get">
% if (v->as_of.n) {
<input type="hidden" name="as-of" value="{{ v->as_of }}">
% }
% for (size_t i = 0; i < v->n; i++) {
%   const picker *p = &v->v[i];
%   if (strcmp(p->kind, "hidden") == 0) {
%     if (p->chosen.n) {
<input type="hidden" name="{{ p->name }}" value="{{ p->chosen }}">
%     }
%     continue;
%   }
<label>{{ p->label }}
%   if (strcmp(p->kind, "select") == 0) {
<select name="{{ p->name }}">
%     for (size_t k = 0; k < p->n_picks; k++) {
%       if (str_eq(p->picks[k].text, p->chosen)) {
<option value="{{ p->picks[k].text }}" selected>{{ p->picks[k].says }}</option>
%       } else {
<option value="{{ p->picks[k].text }}">{{ p->picks[k].says }}</option>
%       }
%     }
</select>
%   } else {
<input type="{{ p->kind }}" name="{{ p->name }}" value="{{ p->chosen }}">
%   }
</label>
% }
<button class="plain">Show</button>
% if (v->clear.n) {
<a href="{{ v->clear }}">Clear</a>
% }
</form>
