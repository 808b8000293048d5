%% view home_due(const home_view *v)
%% include "web/home.h"
<section class="section" aria-labelledby="h-due">
<header><h2 id="h-due">Due</h2>
<a href="{{ link_to(v->q, "/task?state=open") }}">{{ v->tasks }} open</a></header>
% if (!v->n_own && !v->n_late) {
<p>Nothing is due for you, and nothing is late.</p>
% }
% if (v->n_own) {
<h3>For you</h3>
<ul class="work">
%   for (size_t i = 0; i < v->n_own; i++) {
<li><a href="{{ v->own[i].link }}">{{ v->own[i].title }}</a> <time class="{{ v->own[i].late ? "late" : "quiet" }}" title="{{ v->own[i].moment }}">{{ v->own[i].late ? "late, " : "" }}{{ v->own[i].when }}</time></li>
%   }
</ul>
%   if (v->mine > (int64_t)v->n_own) {
<p><a href="{{ link_to(v->q, "/my") }}">All {{ v->mine }} for you</a></p>
%   }
% }
% if (v->n_late) {
<h3>Late, of anybody</h3>
<ul class="work">
%   for (size_t i = 0; i < v->n_late; i++) {
<li><div><a href="{{ v->late[i].link }}">{{ v->late[i].title }}</a> <span class="sub">{{ v->late[i].owner.n ? v->late[i].owner : S("nobody is named") }}</span></div> <time class="late" title="{{ v->late[i].moment }}">{{ v->late[i].when }}</time></li>
%   }
</ul>
%   if (v->overdue > (int64_t)v->n_late) {
<p><a href="{{ link_to(v->q, "/task?state=open&due_at.before=" STR_FMT, STR_ARG(time_rfc3339(v->q->a, v->q->as_of ? v->q->as_of : v->q->now))) }}">All {{ v->overdue }} that are late</a></p>
%   }
% }
</section>
