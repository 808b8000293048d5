%% view passkeys(const passkeys_view *v)
%% include "web/passkey.h"
% if (v->fault.n) {
<p class="faults" role="alert">{{ v->fault }}</p>
% }
% if (v->here) {
<form class="form" action="/account/passkeys" method="post" data-passkey="create" data-ask="/account/passkeys/ask" hidden>
<input type="hidden" name="csrf" value="{{ v->q->session.csrf }}">
<input type="hidden" name="answer" value="">
<div class="field"><label for="label">Name of the new passkey</label>
<p class="help" id="label-help">So that you know it again, as "my phone" or "blue key".</p>
<input id="label" name="label" maxlength="80" required aria-describedby="label-help"></div>
<p class="faults" role="alert" hidden></p>
<div class="actions"><button>Add a passkey</button>
%   if (v->enrolling) {
 <a class="button plain" href="/account/enrol">Back</a>
%   }
</div>
</form>
<noscript><p class="help">Adding a passkey needs JavaScript; nothing else here does.</p>
%   if (v->enrolling) {
<p><a class="button plain" href="/account/enrol">Back</a></p>
%   }
</noscript>
% } else {
<p class="help">Passkeys belong to a name, and this page was reached by a number. Open it under the server's name to add one.</p>
%   if (v->enrolling) {
<p><a class="button plain" href="/account/enrol">Back</a></p>
%   }
% }
