%% view trust_ask(const trust_ask_view *v)
%% include "web/trust.h"
% if (v->fault.n) {
<p class="faults" role="alert">{{ v->fault }}</p>
% }
<form class="form" action="/trust/request" method="post">
<div class="field"><label for="name">Your name</label>
<input id="name" name="name" autocomplete="name" required maxlength="200" value="{{ v->name }}"></div>
<div class="field"><label for="email">Work e-mail address</label>
<input id="email" name="email" type="email" autocomplete="email" required maxlength="254" value="{{ v->email }}"></div>
<div class="field"><label for="company">Company</label>
<input id="company" name="company" autocomplete="organization" required maxlength="200" value="{{ v->company }}"></div>
<div class="field"><label for="purpose">What you need them for</label>
<textarea id="purpose" name="purpose" rows="4" maxlength="2000">{{ v->purpose }}</textarea></div>
<div class="actions"><button>Ask</button></div>
</form>
<p class="help">What you write here is kept with the request. Somebody reads it and answers to the address you give.</p>
