%% view portal_course(const read_view *v)
%% include "web/portal.h"
%% include "web/markdown.h"
% if (str_eq(v->state, S("assigned"))) {
<p class="quiet">Due {{ date_text(v->q, v->due_at) }}
%   if (v->course) {
, about {{ v->course->minutes }} minutes
%   }
%   if (v->score >= 0) {
, last reached {{ v->score }} percent of the {{ v->pass_score }} that pass
%   }
</p>
% } else if (v->completed_at > 0) {
<p class="quiet">You passed it on {{ date_text(v->q, v->completed_at) }} with {{ v->score }} percent.</p>
% }
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
