%% view codes(const enrol_view *v)
%% include "web/sign_in.h"
<ul class="codes mono">
% for (size_t i = 0; i < RECOVERY_CODES; i++) {
<li>{{ v->codes[i] }}</li>
% }
</ul>
<p class="help">Print this page, or copy the codes into a password manager that is not on your phone. Codes made before are void.</p>
% if (v->q->signed_in) {
<p><a class="button" href="{{ v->done_to }}">I have kept them</a></p>
% } else {
<form action="{{ v->done_to }}" method="post"><input type="hidden" name="csrf" value="{{ v->q->session.csrf }}"><p><button>I have kept them</button></p></form>
% }
