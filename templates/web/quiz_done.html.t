%% view quiz_done(const quiz_view *v)
%% include "web/portal.h"
<p class="{{ v->done.passed ? "flash" : "warning" }}" role="status">{{ v->done.right }} of {{ v->course->n_questions }} right: {{ v->done.percent }} percent, and {{ v->done.pass }} pass.
% if (v->done.passed) {
This is recorded.
% } else {
Look at what was wrong, read it again, and take the quiz once more.
% }
</p>
<ol class="answers">
% for (size_t i = 0; i < v->course->n_questions; i++) {
%   const library_question *k = &v->course->questions[i];
%   bool good = v->answers[i] == k->right;
<li><p><strong>{{ k->question }}</strong></p>
<p><span class="state {{ good ? "s-pass" : "s-fail" }}"><span aria-hidden="true">{{ good ? "✓" : "✗" }}</span> {{ good ? "right" : "wrong" }}</span> You said: {{ k->answers.v[v->answers[i]] }}</p>
%   if (!good && v->done.passed) {
<p>Right is: {{ k->answers.v[k->right] }}</p>
%   }
%   if (!good) {
<p class="quiet">{{ k->why }}</p>
%   }
</li>
% }
</ol>
<p class="actions">
% if (v->done.passed) {
<a class="button" href="/my">Done</a>
% } else {
<a class="button" href="/my/course/{{ query v->id }}/quiz">Take it again</a> <a class="button plain" href="/my/course/{{ query v->id }}">Read again</a>
% }
</p>
