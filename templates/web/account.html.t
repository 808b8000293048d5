%% view account(const account_view *v)
%% include "web/account.h"
<div class="portal">
<dl class="facts">
<dt>Name</dt><dd>{{ v->q->name }}</dd>
% if (v->email.n) {
<dt>E-mail</dt><dd>{{ v->email }}</dd>
% }
% if (v->record.n) {
<dt>Person</dt><dd><a href="{{ v->record }}">{{ v->q->who.person }}</a></dd>
% } else {
<dt>Person</dt><dd>{{ v->q->who.person }}</dd>
% }
<dt>Role</dt><dd>{{ role_name(v->q->who.role) }} <span class="quiet">{{ role_says(v->q->who.role) }}</span></dd>
</dl>

<section class="section" aria-labelledby="factors">
<h2 id="factors">How you sign in</h2>
<ul class="work">
<li><span>Password
% if (v->has.has_password) {
<span class="sub">set</span></span><a href="/account/password">Change</a></li>
% } else {
<span class="sub">none</span></span><a href="/account/password">Choose one</a></li>
% }
<li><span>Authenticator app
% if (v->has.has_totp) {
<span class="sub">set up</span></span><div class="inline"><a href="/account/totp">Replace</a>
%   if (!v->wants_second || v->has.passkeys) {
<form action="/account/totp/remove" method="post"><input type="hidden" name="csrf" value="{{ v->q->session.csrf }}"><button class="link">Remove</button></form>
%   }
</div></li>
% } else {
<span class="sub">none</span></span><a href="/account/totp">Set up</a></li>
% }
% for (size_t i = 0; i < v->n_passkeys; i++) {
%   const auth_passkey *k = &v->passkeys[i];
<li><span>Passkey {{ k->label }}
<span class="sub">added {{ time_ago(v->q, k->added_at) }}{{ k->used_at ? ", last used " : "" }}{{ k->used_at ? time_ago(v->q, k->used_at) : S("") }}</span></span><form action="/account/passkeys/remove" method="post"><input type="hidden" name="csrf" value="{{ v->q->session.csrf }}"><input type="hidden" name="passkey" value="{{ hex_of(v->q->a, k->id.p, k->id.n) }}"><button class="link">Remove</button></form></li>
% }
<li><span>Passkeys
% if (!v->n_passkeys) {
<span class="sub">none</span>
% }
</span><a href="/account/passkeys">Add one</a></li>
% if (v->has.has_totp || v->has.passkeys) {
<li><span>Recovery codes <span class="sub">{{ v->has.recovery_left }} left</span></span><form action="/account/codes" method="post"><input type="hidden" name="csrf" value="{{ v->q->session.csrf }}"><button class="link">Make new ones</button></form></li>
% }
<li><span>Tokens for programs <span class="sub">{{ v->n_tokens }}</span></span><a href="/account/tokens">Show</a></li>
</ul>
% if (!v->fresh) {
<p class="help">A change asks you first to show that it is still you.</p>
% }
</section>

<section class="section" aria-labelledby="sessions">
<h2 id="sessions">Where you are signed in</h2>
<p class="quiet">At most {{ (int64_t)SESSIONS_MAX }} at once; a new one ends the one not seen for longest. Each ends after 2 hours without use, and 12 hours after signing in.</p>
<ul class="work">
% for (size_t i = 0; i < v->n_sessions; i++) {
%   const auth_session *s = &v->sessions[i];
<li><span>{{ agent_words(v->q->a, s->agent) }}
<span class="sub">from {{ s->address }}, by {{ method_words(v->q->a, s->method) }}, since <time title="{{ time_text(v->q, s->started_at) }}">{{ time_ago(v->q, s->started_at) }}</time>, seen <time title="{{ time_text(v->q, s->seen_at) }}">{{ time_ago(v->q, s->seen_at) }}</time></span></span>
%   if (str_eq(s->handle, v->q->session.handle)) {
<span class="quiet">this one</span></li>
%   } else {
<form action="/account/sessions/end" method="post"><input type="hidden" name="csrf" value="{{ v->q->session.csrf }}"><input type="hidden" name="session" value="{{ s->handle }}"><button class="link">End</button></form></li>
%   }
% }
</ul>
% if (v->n_sessions > 1) {
<form action="/account/sessions/end" method="post"><input type="hidden" name="csrf" value="{{ v->q->session.csrf }}"><p><button class="plain">End all others</button></p></form>
% }
</section>

<section class="section" aria-labelledby="lately">
<h2 id="lately">Lately</h2>
% if (!v->n_events) {
<p class="quiet">Nothing yet.</p>
% }
<ol class="timeline">
% for (size_t i = 0; i < v->n_events; i++) {
%   const event_row *e = &v->events[i];
%   str done_to = event_done_to(v->q->a, e);
<li><p>
%   if (done_to.n) {
{{ done_to }}
%   } else {
You {{ event_words(e) }}
%     if (e->about.n) {
<span class="quiet">({{ e->about }})</span>
%     }
%   }
{{ e->times > 1 ? str_fmt(v->q->a, "%lld times", (long long)e->times) : S("") }}</p><time title="{{ time_text(v->q, e->at_time) }}">{{ time_ago(v->q, e->at_time) }}</time> <span class="who">from {{ e->address }}</span></li>
% }
</ol>
% if (ask_may(v->q, HTTP_GET, S("/my/incident"))) {
<p class="help">Is there something that you did not do? Change your password, end all other sessions, and <a href="/my/incident?kind=security">report it</a>.</p>
% } else {
<p class="help">Is there something that you did not do? Change your password, end all other sessions, and tell a manager of the workspace.</p>
% }
</section>
</div>
