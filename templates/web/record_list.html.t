%% view record_list(const list_view *v)
%% include "web/record_list.h"
% if (v->n_beside > 1) {
%   tpl_tabs(out, v->beside, v->n_beside, v->r->record->group);
% }
% if (v->total || v->lq->kept.n) {
<form class="filters" action="/{{ query str_of(v->r->name) }}" method="get" role="search" aria-label="Filter">
%   for (size_t i = 0; i < v->n_filters; i++) {
%     const list_filter *fl = &v->filters[i];
%     if (i == v->n_shown) {
%       if (v->more_open) {
<details class="more" open><summary>More filters</summary><div class="filters">
%       } else {
<details class="more"><summary>More filters</summary><div class="filters">
%       }
%     }
%     if (fl->n_options) {
<label>{{ fl->label }} <select name="{{ fl->name }}">
%       for (size_t k = 0; k < fl->n_options; k++) {
%         if (str_eq(fl->options[k].value, fl->text)) {
<option value="{{ fl->options[k].value }}" selected>{{ fl->options[k].label }}</option>
%         } else {
<option value="{{ fl->options[k].value }}">{{ fl->options[k].label }}</option>
%         }
%       }
</select></label>
%     } else {
<label>{{ fl->label }} <input type="{{ fl->type }}" name="{{ fl->name }}" value="{{ fl->text }}"></label>
%     }
%   }
%   if (v->n_filters > v->n_shown) {
</div></details>
%   }
%   if (v->q->as_of) {
<input type="hidden" name="as-of" value="{{ time_rfc3339(v->q->a, v->q->as_of) }}">
%   }
%   if (v->lq->n_sort) {
<input type="hidden" name="sort" value="{{ sort_now(v->q, v->lq) }}">
%   }
<button class="plain small">Filter</button>
%   if (v->lq->kept.n) {
<a href="{{ v->clear }}">Show all</a>
%   }
</form>
<div class="list-head">
%   if (!v->total) {
<p>No {{ v->one }} fits.</p>
%   } else if (v->n_rows) {
<p><strong>{{ v->total }}</strong> {{ v->total == 1 ? v->one : v->many }}{{ v->shown }}</p>
%   } else {
<p>There are {{ v->total }}; this page is past the last one. <a href="{{ v->clear }}">From the first</a></p>
%   }
%   if (v->csv.n && v->total) {
<p>Export: <a href="{{ v->csv }}">CSV</a> <a href="{{ v->json }}">JSON</a></p>
%   }
</div>
% }
% if (v->left_out) {
<p class="note">{{ v->left_out }} more {{ v->left_out == 1 ? "is" : "are" }} about what your engagement does not examine, and not shown.</p>
% }
% if (v->n_rows) {
%   bool many = v->n_steps + v->n_fields > 0;
%   if (many) {
<form action="{{ v->action }}" method="get">
%   }
<div class="scroll" tabindex="0" role="region" aria-label="{{ v->many }}">
<table class="stack">
<thead><tr>
%   if (many) {
<th scope="col"><span class="away">Tick</span></th>
%   }
%   for (size_t k = 0; k < v->n_columns; k++) {
<th scope="col" class="{{ v->columns[k].number ? "num" : "text" }}"
%     if (v->columns[k].sorted) {
 aria-sort="{{ v->columns[k].sorted }}"
%     }
><a href="{{ v->columns[k].href }}">{{ v->columns[k].label }}</a></th>
%   }
</tr></thead>
<tbody>
%   for (size_t i = 0; i < v->n_rows; i++) {
%     const list_row *row = &v->rows[i];
%     bool titled = v->title_at != SIZE_MAX && row->cells[v->title_at].kind != CELL_UNKNOWN;
<tr>
%     if (many) {
<td><input type="checkbox" name="id" value="{{ row->id }}" aria-label="Tick {{ row->id }}"></td>
%     }
<th scope="row" class="nowrap">
%     if (titled) {
{{ row->id }}
%     } else {
<a href="{{ row->href }}">{{ row->id }}</a>
%     }
</th>
%     for (size_t k = 0; k + 1 < v->n_columns; k++) {
<td class="{{ v->columns[k + 1].number ? "num" : "text" }}" data-label="{{ v->columns[k + 1].label }}">
%       if (titled && k == v->title_at) {
<a href="{{ row->href }}">{{ row->cells[k].text }}</a>
%       } else {
%         tpl_record_cell(out, &row->cells[k]);
%       }
</td>
%     }
</tr>
%   }
</tbody>
</table>
</div>
%   if (many) {
<p class="actions"><label for="with-ticked">With those ticked</label>
<select id="with-ticked" name="do">
%     if (v->n_steps) {
<optgroup label="Take a step">
%       for (size_t i = 0; i < v->n_steps; i++) {
<option value="{{ v->steps[i].value }}">{{ v->steps[i].label }}</option>
%       }
</optgroup>
%     }
%     if (v->n_fields) {
<optgroup label="Change a field">
%       for (size_t i = 0; i < v->n_fields; i++) {
<option value="{{ v->fields[i].value }}">{{ v->fields[i].label }}</option>
%       }
</optgroup>
%     }
</select> <button class="plain">Go on</button></p>
</form>
%   }
%   if (v->pages > 1) {
<nav class="pages" aria-label="Pages">
%     if (v->back.n) {
<a href="{{ v->back }}" rel="prev">Previous</a>
%     }
<span aria-current="page">{{ v->lq->page_at }} of {{ v->pages }}</span>
%     if (v->on.n) {
<a href="{{ v->on }}" rel="next">Next</a>
%     }
</nav>
%   }
% } else if (!v->total && !v->lq->kept.n) {
<div class="empty">
<p><strong>No {{ v->one }} is kept
%   if (v->q->as_of) {
 at that time.</strong></p>
%   } else {
 yet.</strong> An empty register proves nothing until somebody says that there is none to keep.</p>
%   }
%   if (v->add.n) {
<p><a class="button" href="{{ v->add }}">Add the first</a></p>
%   }
%   if (v->none.n) {
<p>When there is none to keep, say so and what you compared it with: <a href="{{ v->none }}">there is no {{ v->one }}</a>.</p>
%   }
</div>
% }
