%% view populations(const populations_view *v)
%% include "web/populations.h"
<div class="scroll"><table class="stack">
<thead><tr><th scope="col">Population</th><th scope="col">What its rows are</th><th scope="col">In the period lies</th><th scope="col">For</th></tr></thead>
<tbody>
% for (size_t i = 0; i < v->n; i++) {
%   const population_line *l = &v->v[i];
%   if (l->hidden.n) {
<tr><th scope="row">{{ l->p->title }}<span class="sub">{{ l->hidden }}</span></th>
%   } else {
<tr><th scope="row"><a href="{{ l->href }}">{{ l->p->title }}</a></th>
%   }
<td>{{ l->p->made_of }}</td><td data-label="In the period lies">{{ l->p->period }}</td><td data-label="For"><ul class="inline">
%   for (size_t k = 0; k < l->n_criteria; k++) {
%     if (l->criteria[k].href.n) {
<li><a href="{{ l->criteria[k].href }}">{{ l->criteria[k].text }}</a></li>
%     } else {
<li>{{ l->criteria[k].text }}</li>
%     }
%   }
</ul></td></tr>
% }
</tbody></table></div>
