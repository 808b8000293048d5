%% view second(const sign_in_view *v)
%% include "web/sign_in.h"
% if (v->fault.n) {
<p class="faults" role="alert">{{ v->fault }}</p>
% }
% if (v->passkeys) {
<form class="form" action="/sign-in/passkey" method="post" data-passkey="get" data-ask="/sign-in/passkey/ask" hidden>
<input type="hidden" name="next" value="{{ v->next }}">
<input type="hidden" name="answer" value="">
<p class="faults" role="alert" hidden></p>
<div class="actions"><button>Use a passkey</button></div>
</form>
% }
<form class="form" action="/sign-in/second" method="post">
<input type="hidden" name="csrf" value="{{ v->q->session.csrf }}">
<input type="hidden" name="next" value="{{ v->next }}">
<div class="field">
% if (v->totp) {
<label for="code">Code from your authenticator app</label>
<p class="help" id="code-help">Six digits. Without your phone: one of your recovery codes.</p>
% } else {
<label for="code">One of your recovery codes</label>
<p class="help" id="code-help">Each works once.</p>
% }
<input id="code" name="code" autocomplete="one-time-code" spellcheck="false" required maxlength="40" aria-describedby="code-help"></div>
<div class="actions"><button>Continue</button></div>
</form>
<p class="help">Nothing of this at hand? A manager of the workspace can reset how you sign in, and give you a one-time link.</p>
<form action="/sign-out" method="post"><input type="hidden" name="csrf" value="{{ v->q->session.csrf }}"><p class="help"><button class="link">Sign in as somebody else</button></p></form>
