%% view population(const population_page_view *v)
%% include "web/populations.h"
<form class="filters" method="get" action="{{ v->path }}"><label>From <input type="date" name="from" value="{{ v->from }}"></label><label>To, included <input type="date" name="to" value="{{ v->to }}"></label><button class="plain">Show</button></form>
<section class="section" aria-labelledby="complete"><h2 id="complete">Is it complete?</h2>
<p>What would show it: {{ v->p->population->completeness }}.</p>
% if (v->reason.n && !v->n_stale) {
<p class="warning">{{ v->reason }}</p>
% }
% if (v->n_stale) {
<div class="warning"><p>What the checks read is not fresh, so they show nothing:</p><ul>
%   for (size_t i = 0; i < v->n_stale; i++) {
<li>{{ v->stale[i] }}</li>
%   }
</ul></div>
% }
% if (v->n_checks) {
<div class="scroll"><table class="stack">
<thead><tr><th scope="col">Check</th><th scope="col">Outcome</th><th scope="col">Seen</th><th scope="col">Expected</th></tr></thead>
<tbody>
%   for (size_t i = 0; i < v->n_checks; i++) {
<tr><th scope="row">{{ v->checks[i].name }}</th><td>
%     tpl_assure_mark(out, v->checks[i].mark);
</td><td data-label="Seen">{{ v->checks[i].observed }}</td><td data-label="Expected">{{ v->checks[i].expected }}</td></tr>
%   }
</tbody></table></div>
% }
<p class="quiet">As known on {{ v->as_of }}. In the period lies: {{ v->p->population->period }}.</p>
</section>
<section class="section" aria-labelledby="rows"><header><h2 id="rows">{{ v->p->n_rows }} {{ v->p->n_rows == 1 ? "row" : "rows" }}</h2><p><a href="{{ v->csv_link }}">Download as CSV</a></p></header>
% if (!v->n_rows) {
<p class="empty">Nothing of this kind lies in the period.</p>
% } else {
<div class="scroll" tabindex="0" role="region" aria-label="Rows of the population"><table>
<thead><tr>
%   for (size_t k = 0; k < v->p->n_columns; k++) {
<th scope="col">{{ v->p->columns[k].name }}</th>
%   }
</tr></thead>
<tbody>
%   for (size_t i = 0; i < v->n_rows; i++) {
<tr>
%     for (size_t k = 0; k < v->p->n_columns; k++) {
%       str text = v->cells[i * v->p->n_columns + k];
%       if (text.p) {
<td>{{ utf8_cut(text, 300) }}</td>
%       } else {
<td class="quiet">unknown</td>
%       }
%     }
</tr>
%   }
</tbody></table></div>
%   tpl_assure_pager(out, &v->pages);
% }
</section>
