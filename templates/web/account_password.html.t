%% view account_password(const factor_view *v)
%% include "web/account.h"
% if (v->fault.n) {
<p class="faults" role="alert">{{ v->fault }}</p>
% }
<form class="form" action="/account/password" method="post">
<input type="hidden" name="csrf" value="{{ v->q->session.csrf }}">
<input type="hidden" name="back" value="/account/password">
% if (v->has_password) {
<div class="field"><label for="current">Your present password</label>
<input id="current" name="current" type="password" autocomplete="current-password" required maxlength="1024"></div>
% }
<div class="field"><label for="password">The new one</label>
<p class="help" id="password-help">At least {{ (int)PASSWORD_MIN }} characters, and none of those that everybody uses.</p>
<input id="password" name="password" type="password" autocomplete="new-password" required maxlength="1024" aria-describedby="password-help"></div>
<div class="field"><label for="again">The same again</label>
<input id="again" name="again" type="password" autocomplete="new-password" required maxlength="1024"></div>
<div class="actions"><button>Save</button> <a class="button plain" href="/account">Cancel</a></div>
</form>
