%% view prove(const sign_in_view *v)
%% include "web/sign_in.h"
% if (v->fault.n) {
<p class="faults" role="alert">{{ v->fault }}</p>
% }
% if (v->password) {
<form class="form" action="/prove" method="post">
<input type="hidden" name="csrf" value="{{ v->q->session.csrf }}">
<input type="hidden" name="next" value="{{ v->next }}">
<div class="field"><label for="password">Your password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required maxlength="1024"></div>
<div class="actions"><button>Continue</button></div>
</form>
% }
% if (v->totp) {
<form class="form section" action="/prove" method="post">
<input type="hidden" name="csrf" value="{{ v->q->session.csrf }}">
<input type="hidden" name="next" value="{{ v->next }}">
<div class="field">
%   if (v->password) {
<label for="code">Or a code from your authenticator app</label>
%   } else {
<label for="code">A code from your authenticator app</label>
%   }
<input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" required maxlength="10"></div>
<div class="actions"><button class="plain">Continue with the code</button></div>
</form>
% }
% if (v->passkeys) {
<form class="form section" action="/prove/passkey" method="post" data-passkey="get" data-ask="/sign-in/passkey/ask" hidden>
<input type="hidden" name="csrf" value="{{ v->q->session.csrf }}">
<input type="hidden" name="next" value="{{ v->next }}">
<input type="hidden" name="answer" value="">
<p class="faults" role="alert" hidden></p>
<div class="actions"><button class="plain">Continue with a passkey</button></div>
</form>
% }
% if (v->oidc.n) {
<p><a class="button plain" href="/sign-in/oidc?prove=1&amp;next={{ query v->next }}">Continue with {{ v->oidc }}</a></p>
% }
% if (!v->password && !v->totp && !v->passkeys && !v->oidc.n) {
<p>Sign out and in again; then you have shown it.</p>
% }
