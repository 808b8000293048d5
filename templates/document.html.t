%% view document(const document_view *v)
%% include "report/document.h"
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="{{ v->d->program }}">
<title>{{ v->d->workspace }}: {{ v->d->title }}, {{ v->as_of }}</title>
<style>
%  buf_puts(out, v->css);
</style>
</head>
<body>
<a class="skip" href="#main">Skip to the report</a>
<header>
<p class="kicker">{{ v->d->title }}</p>
<h1>{{ v->d->workspace }}</h1>
<p>As of <time>{{ v->as_of }}</time>. Made by {{ v->d->program }}. {{ v->d->intro }}</p>
% if (v->d->n_tables > 1) {
<nav aria-label="Parts of the report"><ul>
%   for (size_t i = 0; i < v->d->n_tables; i++) {
<li><a href="#{{ query v->anchors[i] }}">{{ v->d->tables[i].heading }}</a></li>
%   }
</ul></nav>
% }
</header>
<main id="main">
% for (size_t i = 0; i < v->d->n_tables; i++) {
%   const doc_table *t = &v->d->tables[i];
<section id="{{ v->anchors[i] }}" aria-labelledby="h-{{ v->anchors[i] }}">
<h2 id="h-{{ v->anchors[i] }}">{{ t->heading }}</h2>
%   if (t->note.n) {
<p>{{ t->note }}</p>
%   }
%   if (t->n_rows == 0) {
<p class="quiet">{{ t->empty }}</p>
%   } else {
<div class="scroll" tabindex="0" role="region" aria-label="Table: {{ t->heading }}"><table class="rows">
<thead><tr>
%     for (size_t k = 0; k < t->n_columns; k++) {
<th scope="col" class="{{ t->columns[k].kind == COLUMN_IS_NUMBER ? "num" : "" }}">{{ t->columns[k].name }}</th>
%     }
</tr></thead>
<tbody>
%     for (size_t r = 0; r < t->n_rows; r++) {
<tr>
%       for (size_t k = 0; k < t->n_columns; k++) {
%         str cell = t->cells[r * t->n_columns + k];
%         test_state s;
%         if (k == 0) {
<th scope="row">{{ cell }}</th>
%         } else if (t->columns[k].kind == COLUMN_IS_STATE && state_parse(cell, &s)) {
<td><span class="state s-{{ state_name(s) }}"><span aria-hidden="true">{{ state_symbol(s, true) }}</span> {{ state_word(s) }}</span></td>
%         } else {
<td class="{{ t->columns[k].kind == COLUMN_IS_NUMBER ? "num" : "" }}">{{ cell }}</td>
%         }
%       }
</tr>
%     }
</tbody></table></div>
%   }
</section>
% }
</main>
</body>
</html>
