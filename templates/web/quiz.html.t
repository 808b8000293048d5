%% view quiz(const quiz_view *v)
%% include "web/portal.h"
% if (v->fault.n) {
<p class="faults" role="alert">{{ v->fault }}</p>
% }
<form class="form" action="/my/course/{{ query v->id }}/quiz" method="post">
<input type="hidden" name="csrf" value="{{ v->q->session.csrf }}">
% for (size_t i = 0; i < v->course->n_questions; i++) {
%   const library_question *k = &v->course->questions[i];
<fieldset><legend>{{ i + 1 }}. {{ k->question }}</legend>
%   for (size_t n = 0; n < k->answers.n; n++) {
%     if (v->answers && v->answers[i] == n) {
<label class="check"><input type="radio" name="q{{ i }}" value="{{ n }}" required checked> <span>{{ k->answers.v[n] }}</span></label>
%     } else {
<label class="check"><input type="radio" name="q{{ i }}" value="{{ n }}" required> <span>{{ k->answers.v[n] }}</span></label>
%     }
%   }
</fieldset>
% }
<div class="actions"><button>Give these answers</button> <a class="button plain" href="/my/course/{{ query v->id }}">Read again</a></div>
</form>
