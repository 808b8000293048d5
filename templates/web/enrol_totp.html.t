%% view enrol_totp(const enrol_view *v)
%% include "web/sign_in.h"
% if (v->fault.n) {
<p class="faults" role="alert">{{ v->fault }}</p>
% }
<ol class="steps">
<li><p>Open an authenticator app on your phone and let it read this picture.</p>
<div>
% buf_puts(out, v->qr);
</div>
<p class="help">The app is on this phone, or there is no camera? Copy this key into it: <span class="mono wrap">{{ v->secret_spaced }}</span></p></li>
<li>
<form action="/account/enrol/totp" method="post">
<input type="hidden" name="csrf" value="{{ v->q->session.csrf }}">
<input type="hidden" name="shown" value="{{ v->secret }}">
<div class="field"><label for="code">The six digits that the app shows</label>
<input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" required maxlength="10"></div>
<p><button>Continue</button></p>
</form></li>
</ol>
<p><a href="/account/passkeys">Use a passkey or a security key instead</a></p>
% if (v->may_skip) {
<form action="/account/enrol/skip" method="post"><input type="hidden" name="csrf" value="{{ v->q->session.csrf }}"><p><button class="link">Go on without one</button></p></form>
% }
