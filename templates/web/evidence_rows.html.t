%% view evidence_rows(const facts_rows_view *v)
%% include "web/evidence_facts.h"
% tpl_assure_filters(out, &v->filters);
% if (!v->n_rows) {
%   if (v->filters.clear.n) {
<p class="empty">No row fits. <a href="{{ v->filters.clear }}">Show all of them</a></p>
%   } else if (v->r->kind == FACT) {
<div class="empty"><p>Nothing has been collected into this relation. Rows come from <a href="/sources">sources</a>.</p></div>
%   } else {
<p class="empty">There is no row.</p>
%   }
% } else {
<div class="list-head"><p>{{ v->pages.first }} to {{ v->pages.last }} of {{ v->pages.total }} rows
%   if (v->n_more) {
; each has {{ v->n_more }} more {{ v->n_more == 1 ? "field" : "fields" }}
%   }
</p><p><a href="{{ v->sql_link }}">Query with SQL</a></p></div>
<div class="scroll" tabindex="0" role="region" aria-label="Rows"><table>
<thead><tr>
%   for (size_t k = 0; k < v->n_head; k++) {
<th scope="col">{{ v->head[k]->name }}</th>
%   }
</tr></thead>
<tbody>
%   for (size_t i = 0; i < v->n_rows; i++) {
<tr>
%     for (size_t k = 0; k < v->n_head; k++) {
%       str text = v->cells[i * v->n_head + k];
%       if (k == 0) {
<th scope="row"><a href="{{ v->links[i] }}">{{ utf8_cut(text, 200) }}</a></th>
%       } else if (!text.p) {
<td class="quiet">unknown</td>
%       } else {
<td>{{ utf8_cut(text, 200) }}</td>
%       }
%     }
</tr>
%   }
</tbody></table></div>
%   tpl_assure_pager(out, &v->pages);
% }
