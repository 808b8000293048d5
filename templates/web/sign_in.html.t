%% view sign_in(const sign_in_view *v)
%% include "web/sign_in.h"
% if (v->fault.n) {
<p class="faults" role="alert">{{ v->fault }}</p>
% }
<form class="form" action="/sign-in" method="post">
<input type="hidden" name="next" value="{{ v->next }}">
<div class="field"><label for="name">Name or e-mail address</label>
<input id="name" name="name" autocomplete="username" spellcheck="false" required maxlength="254" value="{{ v->name }}"></div>
<div class="field"><label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required maxlength="1024"></div>
<div class="actions"><button>Sign in</button></div>
</form>
<form class="form" action="/sign-in/passkey" method="post" data-passkey="get" data-ask="/sign-in/passkey/ask" hidden>
<input type="hidden" name="next" value="{{ v->next }}">
<input type="hidden" name="answer" value="">
<p class="faults" role="alert" hidden></p>
<div class="actions"><button class="plain">Sign in with a passkey</button></div>
</form>
% if (v->oidc.n) {
<p><a class="button plain" href="/sign-in/oidc?next={{ query v->next }}">Sign in with {{ v->oidc }}</a></p>
% }
<p class="help">Forgot your password, or lost your phone? Ask a manager of the workspace for a one-time link.</p>
