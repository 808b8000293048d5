%% view enrol_password(const enrol_view *v)
%% include "web/sign_in.h"
% if (v->fault.n) {
<p class="faults" role="alert">{{ v->fault }}</p>
% }
<form class="form" action="/account/enrol/password" method="post">
<input type="hidden" name="csrf" value="{{ v->q->session.csrf }}">
<input type="hidden" name="name" autocomplete="username" value="{{ v->q->session.person }}">
<div class="field"><label for="password">Password</label>
<p class="help" id="password-help">At least {{ (int)PASSWORD_MIN }} characters, and none of those that everybody uses.</p>
<input id="password" name="password" type="password" autocomplete="new-password" required maxlength="1024" aria-describedby="password-help"></div>
<div class="field"><label for="again">The same again</label>
<input id="again" name="again" type="password" autocomplete="new-password" required maxlength="1024"></div>
<div class="actions"><button>Continue</button></div>
</form>
