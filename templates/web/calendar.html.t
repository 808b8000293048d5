%% view calendar(const calendar_view *v)
%% include "web/calendar.h"
<nav class="pages" aria-label="Months"><a href="{{ v->before }}" rel="prev">Month before</a> <a href="{{ v->now }}">This month</a> <a href="{{ v->after }}" rel="next">Month after</a></nav>
% if (v->cut) {
<p class="warning">More than {{ (int64_t)CALENDAR_MAX }} things have their day in this month; the first of them are shown.</p>
% }
% if (!v->n) {
<div class="empty"><p>Nothing is due in this month. Tasks, reviews, trainings, contracts, waivers and certificates stand here on their day.</p></div>
% }
<table class="calendar month" aria-label="{{ v->month }}">
<thead><tr><th scope="col">Mon</th><th scope="col">Tue</th><th scope="col">Wed</th><th scope="col">Thu</th><th scope="col">Fri</th><th scope="col">Sat</th><th scope="col">Sun</th></tr></thead>
<tbody>
% for (size_t k = 0; k < v->n_days; k++) {
%   const calendar_day *d = &v->days[k];
%   if (k % 7 == 0) {
<tr>
%   }
<td class="{{ d->today ? "today" : d->out ? "out" : "in" }}"><span class="day">{{ (int64_t)d->day }}</span>
%   if (d->n) {
<ul>
%     for (size_t i = 0; i < d->n && i < CALENDAR_SHOWN; i++) {
<li><a href="{{ d->v[i].href }}" title="{{ d->v[i].what }}">{{ d->v[i].brief }}</a></li>
%     }
%     if (d->n > CALENDAR_SHOWN) {
<li><a href="{{ str_fmt(v->q->a, "#" STR_FMT, STR_ARG(d->anchor)) }}">{{ (int64_t)(d->n - CALENDAR_SHOWN) }} more</a></li>
%     }
</ul>
%   }
</td>
%   if (k % 7 == 6) {
</tr>
%   }
% }
</tbody></table>
% if (v->n) {
<h2>Day by day</h2>
%   for (size_t k = 0; k < v->n_days; k++) {
%     const calendar_day *d = &v->days[k];
%     if (d->n) {
<h3 id="{{ d->anchor }}">{{ d->long_label }}</h3>
<ul class="work">
%       for (size_t i = 0; i < d->n; i++) {
<li><span><a href="{{ d->v[i].href }}">{{ d->v[i].title }}</a><span class="sub">{{ d->v[i].what }}</span></span><span class="{{ d->v[i].late ? "late" : "quiet" }}" title="{{ d->v[i].time }}">{{ d->v[i].late ? "late" : "ahead" }}</span></li>
%       }
</ul>
%     }
%   }
% }
