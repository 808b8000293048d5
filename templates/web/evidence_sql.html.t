%% view evidence_sql(const sql_view *v)
%% include "web/evidence_sql.h"
<div class="columns side">
<div>
<form method="post" action="{{ link_to(v->q, "/sql") }}">
<input type="hidden" name="csrf" value="{{ v->q->session.csrf }}">
<div class="field"><label for="q">Query</label>
% if (v->why.n) {
<p class="fault" id="why" role="alert">{{ v->why }}</p>
<textarea class="mono" id="q" name="q" rows="10" spellcheck="false" aria-invalid="true" aria-describedby="why rules" required>
% } else {
<textarea class="mono" id="q" name="q" rows="10" spellcheck="false" aria-describedby="rules" required>
% }
{{ v->sql }}</textarea>
<p class="help" id="rules">The part of SQL that SQLite and PostgreSQL share. Times are microseconds: <code>as_of() - days(90)</code>. <code>account_history</code> holds every version, <code>commits</code> who wrote it. At most 5 seconds.</p></div>
<div class="actions"><button>Run</button></div>
</form>
% if (v->ran) {
<section class="section" aria-labelledby="rows">
<header><h2 id="rows">{{ v->more ? "More than " : "" }}{{ v->total }} {{ v->total == 1 ? "row" : "rows" }}</h2>
%   if (v->csv_link.n) {
<p><a href="{{ v->csv_link }}">Download as CSV</a></p>
%   } else {
<form method="post" action="{{ link_to(v->q, "/sql.csv") }}"><input type="hidden" name="csrf" value="{{ v->q->session.csrf }}"><input type="hidden" name="q" value="{{ v->sql }}"><button class="link">Download as CSV</button></form>
%   }
</header>
<p class="quiet">{{ v->took }}{{ v->total > (int64_t)v->n_rows ? "; the first 200 are shown" : "" }}</p>
%   if (v->n_rows) {
<div class="scroll" tabindex="0" role="region" aria-label="Rows of the query"><table>
<thead><tr>
%     for (size_t k = 0; k < v->n_head; k++) {
<th scope="col">{{ v->head[k] }}</th>
%     }
</tr></thead>
<tbody>
%     for (size_t i = 0; i < v->n_rows; i++) {
<tr>
%       for (size_t k = 0; k < v->n_head; k++) {
%         str text = v->cells[i * v->n_head + k];
%         if (text.p) {
<td>{{ utf8_cut(text, 500) }}</td>
%         } else {
<td class="quiet">NULL</td>
%         }
%       }
</tr>
%     }
</tbody></table></div>
%   }
</section>
% }
</div>
<aside aria-labelledby="relations"><h2 id="relations">Relations</h2>
% for (size_t i = 0; i < v->n_relations; i++) {
%   const relation_help *h = &v->relations[i];
%   if (h->open) {
<details class="more" open><summary>{{ h->r->name }}</summary>
%   } else {
<details class="more"><summary>{{ h->r->name }}</summary>
%   }
<p class="help"><a href="{{ h->href }}">Browse</a>
%   for (size_t k = 0; k < h->r->n_fields; k++) {
<code>{{ h->r->fields[k].name }}</code>
%   }
<code>valid_from</code></p></details>
% }
</aside>
</div>
