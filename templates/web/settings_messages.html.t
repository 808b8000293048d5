%% view settings_messages(const messages_view *v)
%% include "web/settings.h"
%% include "web/assure.h"
% if (v->fault.n) {
<p class="faults" role="alert">{{ v->fault }}</p>
% }
<section class="section" aria-labelledby="mail"><h2 id="mail">Mail</h2>
% if (v->smtp.n && v->from.n) {
<p>Reminders and escalations go out through <strong>{{ v->smtp }}</strong>, from {{ v->from }}.</p>
<form class="form" action="/settings/messages/test" method="post"><input type="hidden" name="csrf" value="{{ v->q->session.csrf }}">
<div class="field"><label for="to">Send a test to</label>
<input id="to" name="to" type="email" required maxlength="254" autocomplete="email" value="{{ v->own_address }}"></div>
<div class="actions"><button class="plain">Send the test</button></div></form>
% } else {
<p class="quiet">No mail is sent: reminders stand in Tasks alone. Mail is set up by lines of the configuration, since its password belongs into a file of that machine.</p>
<pre tabindex="0"><code>smtp: smtps://mail.example.com
mail-from: attest@example.com
smtp-user: attest
smtp-secret-file: /etc/attest/smtp-password</code></pre>
% }
</section>
<section class="section" aria-labelledby="webhooks"><h2 id="webhooks">Webhooks</h2>
<p>Other programs hear of the same things by a signed POST (Standard Webhooks).</p>
% if (!v->n_endpoints) {
<p class="quiet">There is no endpoint yet.</p>
% } else {
<div class="scroll"><table class="stack"><thead><tr><th scope="col">Endpoint</th><th scope="col">Last delivery</th><th scope="col"><span class="away">Change</span></th></tr></thead><tbody>
%   for (size_t i = 0; i < v->n_endpoints; i++) {
%     const endpoint_line *e = &v->endpoints[i];
<tr><th scope="row" class="wrap">{{ e->id }}
%     if (e->inside) {
<span class="sub">may stand at a private address</span>
%     }
</th><td data-label="Last delivery">
%     if (e->last.mark.css) {
%       tpl_assure_mark(out, e->last.mark);
<span class="sub">{{ e->last.when }}</span>
%       if (e->last.error.n) {
<span class="sub">{{ e->last.error }}</span>
%       }
%     } else {
<span class="quiet">none yet</span>
%     }
</td><td>
<form action="/settings/messages/test" method="post"><input type="hidden" name="csrf" value="{{ v->q->session.csrf }}"><input type="hidden" name="to" value="{{ e->id }}"><button class="link">Test <span class="away">{{ e->id }}</span></button></form>
%     if (v->may_change) {
<form action="/settings/messages/remove" method="post"><input type="hidden" name="csrf" value="{{ v->q->session.csrf }}"><input type="hidden" name="back" value="/settings/messages"><input type="hidden" name="id" value="{{ e->id }}"><button class="link">Remove <span class="away">{{ e->id }}</span></button></form>
%     }
</td></tr>
%   }
</tbody></table></div>
% }
% if (v->may_change) {
<form class="form" action="/settings/messages/add" method="post"><input type="hidden" name="csrf" value="{{ v->q->session.csrf }}"><input type="hidden" name="back" value="/settings/messages">
<div class="field"><label for="url">Add an endpoint</label>
<p class="help" id="url-help">https alone, outside of this network; its secret is made here and shown once. One inside is added on the command line, with the word private.</p>
<input id="url" name="url" type="url" class="mono" required maxlength="2000" autocomplete="off" placeholder="https://hooks.example.com/attest" aria-describedby="url-help" value="{{ v->url }}"></div>
<div class="actions"><button class="plain">Add the endpoint</button></div></form>
% } else {
<p class="quiet">An owner adds and removes endpoints.</p>
% }
</section>
<section class="section" aria-labelledby="lately"><h2 id="lately">Lately</h2>
% if (!v->n_messages) {
<p class="quiet">Nothing was sent yet.</p>
% } else {
<div class="scroll"><table class="stack"><thead><tr><th scope="col">Message</th><th scope="col">To</th><th scope="col">What became of it</th></tr></thead><tbody>
%   for (size_t i = 0; i < v->n_messages; i++) {
%     const message_line *m = &v->messages[i];
<tr><th scope="row" class="wrap">{{ m->subject }}<span class="sub">{{ m->when }}</span></th><td data-label="To" class="wrap">{{ m->recipient }}</td><td data-label="Became">
%     tpl_assure_mark(out, m->mark);
%     if (m->error.n) {
<span class="sub">{{ m->error }}</span>
%     }
</td></tr>
%   }
</tbody></table></div>
%   if (v->more) {
<p class="quiet">Older ones stand in <a href="/facts/outbox">outbox</a>.</p>
%   }
% }
</section>
