%% view portal(const portal_view *v)
%% include "web/portal.h"
%% include "web/record.h"
<div class="portal">
<h2>Waiting for you</h2>
% if (!v->tasks.n_rows && !v->policies.n_rows && !v->courses.n_rows && !v->reviews.n_rows) {
<p class="empty">Nothing is waiting for you.</p>
% }
<ul class="work wraps">
% for (size_t i = 0; i < v->policies.n_rows; i++) {
%   time_us due = cell_time(table_cell(&v->policies, i, 3));
<li><span><a href="{{ link_to(v->q, "/my/policy/%s", str_z(v->q->a, table_cell(&v->policies, i, 0))) }}">Read and accept: {{ table_cell(&v->policies, i, 1) }}</a> <span class="sub">Policy, version {{ table_cell(&v->policies, i, 2) }}</span></span>
%   if (due > 0) {
<span class="{{ portal_late(v->q, due) ? "late" : "quiet" }}">{{ portal_late(v->q, due) ? "was due " : "due " }}{{ portal_due(v->q, due) }}</span>
%   }
</li>
% }
% for (size_t i = 0; i < v->courses.n_rows; i++) {
%   time_us due = cell_time(table_cell(&v->courses, i, 2));
<li><span><a href="{{ link_to(v->q, "/my/course/%s", str_z(v->q->a, table_cell(&v->courses, i, 0))) }}">Take the course: {{ table_cell(&v->courses, i, 1) }}</a>
%   if (table_cell(&v->courses, i, 3).n) {
<span class="sub">last reached {{ table_cell(&v->courses, i, 3) }} percent</span>
%   }
</span><span class="{{ portal_late(v->q, due) ? "late" : "quiet" }}">{{ portal_late(v->q, due) ? "was due " : "due " }}{{ portal_due(v->q, due) }}</span></li>
% }
% for (size_t i = 0; i < v->reviews.n_rows; i++) {
%   time_us due = cell_time(table_cell(&v->reviews, i, 2));
<li><span><a href="{{ link_to(v->q, "/access_review/%s", str_z(v->q->a, table_cell(&v->reviews, i, 0))) }}">Decide who keeps access to {{ table_cell(&v->reviews, i, 1) }}</a> <span class="sub">{{ table_cell(&v->reviews, i, 3) }} decisions left</span></span>
<span class="{{ portal_late(v->q, due) ? "late" : "quiet" }}">{{ portal_late(v->q, due) ? "was due " : "due " }}{{ portal_due(v->q, due) }}</span></li>
% }
% for (size_t i = 0; i < v->tasks.n_rows && i < 100; i++) {
%   str id = table_cell(&v->tasks, i, 0), about = table_cell(&v->tasks, i, 3);
%   time_us due = cell_time(table_cell(&v->tasks, i, 2));
%   bool step = str_starts(about, S("checklist_item/")), by_hand = !table_cell(&v->tasks, i, 4).n;
<li><span>
%   if (about.n && !step) {
<a href="{{ portal_link(v->q, about) }}">{{ table_cell(&v->tasks, i, 1) }}</a>
%   } else {
{{ table_cell(&v->tasks, i, 1) }}
%   }
%   if (!by_hand && !step) {
<span class="sub">closes by itself when the record shows that it is done</span>
%   }
</span><div class="inline">
%   if (due > 0) {
<span class="{{ portal_late(v->q, due) ? "late" : "quiet" }}">{{ portal_late(v->q, due) ? "was due " : "due " }}{{ portal_due(v->q, due) }}</span>
%   }
%   if ((by_hand || step) && !v->q->as_of) {
<form action="{{ str_fmt(v->q->a, STR_FMT "/do/finish", STR_ARG(record_path(v->q->a, step ? S("checklist_item") : S("task"), step ? str_sub(about, 15, about.n) : id, NULL))) }}" method="post"><input type="hidden" name="csrf" value="{{ v->q->session.csrf }}"><input type="hidden" name="back" value="/my"><button class="plain small">Done <span class="away">: {{ table_cell(&v->tasks, i, 1) }}</span></button></form>
%   }
</div></li>
% }
</ul>
% if (v->tasks.n_rows > 100) {
<p class="quiet">The first hundred are shown.</p>
% }

<section class="section" aria-labelledby="report">
<h2 id="report">Report and ask</h2>
<p class="actions"><a class="button danger" href="/my/incident">Report an incident</a> <a class="button plain" href="/my/access">Ask for access</a> <a class="button plain" href="/my/exception">Ask for an exception</a></p>
% if (v->asked.n_rows) {
<ul class="work">
%   for (size_t i = 0; i < v->asked.n_rows; i++) {
<li><span><a href="{{ portal_link(v->q, table_cell(&v->asked, i, 0)) }}">{{ table_cell(&v->asked, i, 1) }}</a></span><span class="quiet">{{ choice_words(v->q->a, table_cell(&v->asked, i, 2)) }}, {{ time_ago(v->q, cell_time(table_cell(&v->asked, i, 3))) }}</span></li>
%   }
</ul>
% }
</section>

% if (v->n_kept) {
<section class="section" aria-labelledby="kept">
<h2 id="kept">What you keep</h2>
<p class="inline">
%   for (size_t i = 0; i < v->n_kept; i++) {
<a href="/{{ query str_of(v->kept[i]->name) }}">{{ type_plural(v->q->a, v->kept[i]) }}</a>
%   }
</p>
</section>
% }

<section class="section" aria-labelledby="things">
<h2 id="things">What you have</h2>
% if (!v->things.n_rows) {
<p class="quiet">No device and no account is recorded as yours. If you have one, tell whoever keeps the register.</p>
% }
<ul class="work">
% for (size_t i = 0; i < v->things.n_rows; i++) {
%   bool device = str_eq(table_cell(&v->things, i, 0), S("1"));
%   time_us seen = cell_time(table_cell(&v->things, i, 5));
<li><span>{{ table_cell(&v->things, i, 2) }} <span class="sub">{{ choice_words(v->q->a, table_cell(&v->things, i, 3)) }}, {{ choice_words(v->q->a, table_cell(&v->things, i, 4)) }}{{ seen <= 0 ? "" : device ? ", confirmed " : ", last used " }}{{ seen > 0 ? time_ago(v->q, seen) : S("") }}</span></span>
%   if (device) {
<a href="/my/incident?title=Lost:%20{{ query table_cell(&v->things, i, 2) }}&amp;kind=physical">Lost it?</a>
%   }
</li>
% }
</ul>
</section>

% if (v->profile.n_rows) {
<section class="section" aria-labelledby="me">
<h2 id="me">What is known of you</h2>
<dl class="facts">
<dt>Name</dt><dd>{{ v->q->name }}</dd>
%   static const char *const labels[] = { "Work", "Team", "Reports to", "Since", "As", "Where", "E-mail" };
%   for (size_t i = 0; i < COUNT(labels); i++) {
%     str fact = table_cell(&v->profile, 0, i);
%     if (fact.n && i == 3) {
<dt>{{ labels[i] }}</dt><dd>{{ date_text(v->q, cell_time(fact)) }}</dd>
%     } else if (fact.n) {
<dt>{{ labels[i] }}</dt><dd>{{ fact }}</dd>
%     }
%   }
</dl>
<p class="help">Is something wrong? Tell your manager, or whoever keeps the records of people.</p>
</section>
% }

% if (v->done.n_rows) {
<section class="section" aria-labelledby="done">
<h2 id="done">Done</h2>
<ul class="work">
%   for (size_t i = 0; i < v->done.n_rows; i++) {
<li><span>
%     if (str_eq(table_cell(&v->done, i, 0), S("policy"))) {
Accepted <a href="{{ link_to(v->q, "/my/policy/%s", str_z(v->q->a, table_cell(&v->done, i, 3))) }}">{{ table_cell(&v->done, i, 1) }}</a>
%     } else {
Passed <a href="{{ link_to(v->q, "/my/course/%s", str_z(v->q->a, table_cell(&v->done, i, 3))) }}">{{ table_cell(&v->done, i, 1) }}</a>
%     }
</span><time class="quiet" title="{{ time_text(v->q, cell_time(table_cell(&v->done, i, 2))) }}">{{ date_text(v->q, cell_time(table_cell(&v->done, i, 2))) }}</time></li>
%   }
</ul>
</section>
% }
</div>
