%% view assure_needs(const need_lines *v)
%% include "web/assure_tests.h"
<div class="scroll"><table class="stack">
<thead><tr><th scope="col">Relation</th><th scope="col">Source</th><th scope="col">Fresh</th><th scope="col">Last seen</th><th scope="col">May be as old as</th></tr></thead>
<tbody>
% for (size_t i = 0; i < v->n; i++) {
%   const need_line *l = &v->v[i];
<tr><th scope="row"><a href="{{ l->href }}">{{ l->relation }}</a></th>
%   if (l->source_link.n) {
<td class="wrap" data-label="Source"><a href="{{ l->source_link }}">{{ l->source }}</a></td>
%   } else {
<td data-label="Source">{{ l->source }}</td>
%   }
<td>
%   tpl_assure_mark(out, l->fresh ? (state_mark){ "good", "\u2713", "fresh" } : (state_mark){ "no_data", "\u2592", "not fresh" });
%   if (l->why.n) {
<span class="sub wrap">{{ l->why }}</span>
%   }
</td><td data-label="Last seen">{{ l->ago }}
%   if (l->seen.n) {
<span class="sub">{{ l->seen }}</span>
%   }
</td><td data-label="May be as old as">{{ l->limit }}</td></tr>
% }
</tbody></table></div>
