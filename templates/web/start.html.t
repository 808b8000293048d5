%% view start(const start_view *v)
%% include "web/start.h"
% if (v->fault.n) {
<p class="faults" role="alert">{{ v->fault }}</p>
% }
<form class="form" action="/start/{{ query v->secret }}" method="post">
% if (v->way == START_SETUP) {
<div class="field"><label for="owner-name">Your full name</label>
<p class="help" id="owner-name-help">You answer for the program at first, and hand parts of it on later.</p>
<input id="owner-name" name="owner_name" autocomplete="name" required maxlength="200" aria-describedby="owner-name-help" value="{{ v->owner_name }}"></div>
<div class="field"><label for="owner-email">Your work e-mail address</label>
<p class="help" id="owner-email-help">You sign in with it.</p>
<input id="owner-email" name="owner_email" type="email" autocomplete="email" required maxlength="200" aria-describedby="owner-email-help" value="{{ v->owner_email }}"></div>
%   tpl_start_questions(out, v);
<div class="actions"><button>Set up and continue</button></div>
% } else if (v->way == START_CHOOSE && v->n_owners) {
<fieldset><legend>Who are you?</legend>
%   for (size_t i = 0; i < v->n_owners; i++) {
<label class="check"><input type="radio" name="person" value="{{ v->owners[i].id }}" required> <span><strong>{{ v->owners[i].name }}</strong> <span class="quiet">{{ v->owners[i].email }}, {{ v->owners[i].role }}</span></span></label>
%   }
</fieldset>
<p class="help">Owners and managers are shown. They let everybody else in.</p>
<div class="actions"><button>Continue</button></div>
% } else if (v->way == START_CHOOSE) {
<p>Nobody here is an owner or a manager yet. Make somebody an owner on the command line, then open this link again:</p>
<pre><code>attest person edit ID permission=owner</code></pre>
% } else {
<div class="actions"><button>Continue</button></div>
% }
</form>
