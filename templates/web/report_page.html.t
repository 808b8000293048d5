%% view report_page(const report_page_view *v)
%% include "web/reports.h"
<ul class="inline">
<li class="quiet">As of {{ v->as_of }}</li><li class="quiet">As a file:</li>
% for (size_t k = 0; k < v->line.n_files; k++) {
<li><a href="{{ v->line.files[k].href }}">{{ v->line.files[k].text }}</a></li>
% }
</ul>
% for (size_t i = 0; i < v->d->n_tables; i++) {
%   const doc_table *t = &v->d->tables[i];
<section class="section" aria-labelledby="part-{{ i }}"><h2 id="part-{{ i }}">{{ t->heading }}</h2>
%   if (t->note.n) {
<p>{{ t->note }}</p>
%   }
%   if (!t->n_rows) {
<p class="quiet">{{ t->empty }}</p>
%   } else {
<div class="scroll" tabindex="0" role="region" aria-label="{{ t->heading }}: table"><table>
<thead><tr>
%     for (size_t k = 0; k < t->n_columns; k++) {
<th scope="col" class="{{ t->columns[k].kind == COLUMN_IS_NUMBER ? "num" : "text" }}">{{ t->columns[k].name }}</th>
%     }
</tr></thead>
<tbody>
%     for (size_t r = 0; r < t->n_rows && r < v->rows_shown; r++) {
<tr>
%       for (size_t k = 0; k < t->n_columns; k++) {
%         str text = t->cells[r * t->n_columns + k];
%         if (t->columns[k].kind == COLUMN_IS_STATE) {
<td>
%           tpl_assure_mark(out, mark_of(text));
</td>
%         } else if (k == 0) {
<th scope="row">{{ text }}</th>
%         } else {
<td class="{{ t->columns[k].kind == COLUMN_IS_NUMBER ? "num" : "text" }}">{{ text }}</td>
%         }
%       }
</tr>
%     }
</tbody></table></div>
%     if (t->n_rows > v->rows_shown) {
<p class="quiet">The first {{ v->rows_shown }} of {{ t->n_rows }} are shown; a file holds all of them.</p>
%     }
%   }
</section>
% }
