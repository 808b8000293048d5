%% view portal_course(const read_view *v)
%% include "web/portal.h"
%% include "web/markdown.h"
% if (str_eq(v->state, S("assigned"))) {
%   str minutes = v->course ? str_fmt(v->q->a, ", about %lld minutes", (long long)v->course->minutes) : S("");
%   str reached = v->score >= 0 ? str_fmt(v->q->a, ", last reached %lld percent of the %lld that pass", (long long)v->score, (long long)v->pass_score) : S("");
<p class="quiet">Due {{ date_text(v->q, v->due_at) }}{{ minutes }}{{ reached }}</p>
% } else if (v->completed_at > 0) {
<p class="quiet">You passed it on {{ date_text(v->q, v->completed_at) }} with {{ v->score }} percent.</p>
% }
<h2 class="away">The course</h2>
<div class="prose">
% markdown_put(out, v->body.n ? v->body : v->course ? v->course->text : S(""));
</div>
% if (str_eq(v->state, S("assigned"))) {
<div class="section">
%   if (v->course) {
<p class="actions"><a class="button" href="/my/course/{{ query v->id }}/quiz">Take the quiz</a></p>
%   } else {
<p>This course has no quiz here. Whoever gives it records that you took it.</p>
%   }
</div>
% }
