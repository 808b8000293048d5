%% view evidence_facts(const facts_view *v)
%% include "web/evidence_facts.h"
% tpl_tabs(out, v->tabs, COUNT(v->tabs), "Kinds of relations");
<div class="scroll"><table class="stack">
<thead><tr><th scope="col">Relation</th><th scope="col">What a row says</th><th scope="col" class="num">Rows</th>
% if (v->collected) {
<th scope="col" class="num">Sources</th><th scope="col">Last seen</th>
% }
</tr></thead>
<tbody>
% for (size_t i = 0; i < v->n; i++) {
%   const relation_line *l = &v->v[i];
<tr><th scope="row"><a href="{{ l->href }}">{{ l->r->name }}</a></th><td>{{ l->r->doc }}</td><td class="num" data-label="Rows">
%   tpl_assure_count(out, l->n, l->href);
</td>
%   if (v->collected) {
<td class="num" data-label="Sources">{{ l->sources }}</td><td data-label="Last seen">
%     if (l->ago.n) {
{{ l->ago }}<span class="sub">{{ l->seen }}</span>
%     } else {
<span class="quiet">never</span>
%     }
%     if (l->failing) {
<span class="state s-no_data"><span aria-hidden="true">▒</span> {{ l->failing }} could not see it</span>
%     }
</td>
%   }
</tr>
% }
</tbody></table></div>
