%% view account_totp(const enrol_view *v)
%% include "web/account.h"
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
<form action="/account/totp" method="post">
<input type="hidden" name="csrf" value="{{ v->q->session.csrf }}">
<input type="hidden" name="back" value="/account/totp">
<input type="hidden" name="shown" value="{{ v->secret }}">
<div class="field"><label for="code">The six digits that the app shows</label>
<input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" required maxlength="10"></div>
<p><button>Confirm</button> <a class="button plain" href="/account">Cancel</a></p>
</form></li>
</ol>
