%% view refusal(const refusal_view *v)
%% include "web/refusal.h"
<p class="lead">{{ v->what }}</p>
% if (v->q->faults.n) {
<ul class="faults">
%   for (size_t i = 0; i < v->q->faults.n; i++) {
<li><strong>{{ v->q->faults.v[i].field }}</strong> {{ v->q->faults.v[i].why }}</li>
%   }
</ul>
% }
% if (v->q->signed_in && v->q->who.role == ROLE_AUDITOR) {
<p><a href="/audit">Your engagements</a> say what you may look at, and who to ask.</p>
% } else if (v->q->signed_in) {
<p><a href="/">Home</a></p>
% } else {
<p><a href="/sign-in">Sign in</a></p>
% }
