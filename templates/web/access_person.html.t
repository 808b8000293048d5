%% view access_person(const access_person_view *v)
%% include "web/settings.h"
%% include "web/record.h"
%   str with = factor_words(v->q->a, &v->p.factors);
<div class="portal">
<dl class="facts">
<dt>Person</dt><dd><a href="{{ record_path(v->q->a, S("person"), v->p.id, "") }}">{{ v->p.id }}</a>, {{ choice_words(v->q->a, v->p.state_now) }}</dd>
<dt>E-mail</dt><dd>{{ v->p.email }}</dd>
<dt>Role</dt><dd>{{ role_name(v->p.has) }} <span class="quiet">{{ role_says(v->p.has) }}</span></dd>
% if (v->p.own_role.n) {
<dt>Role of your own</dt><dd><a href="{{ record_path(v->q->a, S("access_role"), v->p.own_role, "") }}">{{ v->p.own_role_title }}</a></dd>
% }
% if (with.n) {
<dt>Signs in with</dt><dd>{{ with }}, {{ v->p.factors.recovery_left }} recovery codes left</dd>
% } else {
<dt>Signs in with</dt><dd class="unknown">no password and no passkey</dd>
% }
% if (v->p.last_at > 0) {
<dt>Last signed in</dt><dd>{{ time_text(v->q, v->p.last_at) }}, {{ time_ago(v->q, v->p.last_at) }}</dd>
% } else {
<dt>Last signed in</dt><dd class="unknown">never</dd>
% }
</dl>
% if (str_eq(v->p.state_now, S("left"))) {
<p class="note">{{ v->p.name }} has left: everything to sign in with is gone, and nothing lets them in.</p>
% } else if (!v->may) {
<p class="note">{{ v->p.name }} may more than you; their access is changed by somebody who is {{ role_name(v->p.has) }}.</p>
% } else {
<section class="section" aria-labelledby="let-in">
<h2 id="let-in">Let in</h2>
<p>A one-time link lets this person choose a password, once, within three days. Somebody who has a second factor still needs it.</p>
%   if (v->p.link_until) {
<p class="note">A link was made and not used yet. It is void on {{ time_text(v->q, v->p.link_until) }}, or as soon as a newer one is made.</p>
<div class="actions"><form action="{{ access_path(v->q->a, v->p.id, "/link") }}" method="post"><input type="hidden" name="csrf" value="{{ v->q->session.csrf }}"><button>Make a newer link</button></form>
<form action="{{ access_path(v->q->a, v->p.id, "/unlink") }}" method="post"><input type="hidden" name="csrf" value="{{ v->q->session.csrf }}"><button class="plain">Withdraw the link</button></form></div>
%   } else {
<form action="{{ access_path(v->q->a, v->p.id, "/link") }}" method="post"><input type="hidden" name="csrf" value="{{ v->q->session.csrf }}"><p><button>Make a one-time link</button></p></form>
%   }
%   if (!str_eq(v->p.id, v->q->who.person)) {
<p>Is the phone lost, and the recovery codes too? A reset removes the password, every factor, session and token of this person, and gives a link to begin anew. Make sure first that it is them who ask.</p>
<form action="{{ access_path(v->q->a, v->p.id, "/reset") }}" method="post"><input type="hidden" name="csrf" value="{{ v->q->session.csrf }}"><p><button class="danger">Reset everything and make a link</button></p></form>
</section>
<section class="section" aria-labelledby="change">
<h2 id="change">Role</h2>
<form class="form" action="{{ access_path(v->q->a, v->p.id, "/role") }}" method="post"><input type="hidden" name="csrf" value="{{ v->q->session.csrf }}">
<fieldset><legend>What this person may from now on</legend>
%     for (role r = ROLE_AUDITOR; r <= v->q->who.role; r++) {
%       if (r == v->p.has) {
<label class="check"><input type="radio" name="role" value="{{ role_name(r) }}" checked> <span><strong>{{ role_name(r) }}</strong> <span class="quiet">{{ role_says(r) }}</span></span></label>
%       } else {
<label class="check"><input type="radio" name="role" value="{{ role_name(r) }}"> <span><strong>{{ role_name(r) }}</strong> <span class="quiet">{{ role_says(r) }}</span></span></label>
%       }
%     }
</fieldset>
<div class="field"><label for="reason">Why <span class="optional">(optional)</span></label><input id="reason" name="reason" autocomplete="off" maxlength="300"></div>
<p><button class="plain">Change the role</button></p></form>
%   }
</section>
% }
<section class="section" aria-labelledby="sessions">
<h2 id="sessions">Sessions and tokens</h2>
% if (!v->n_sessions && !v->n_tokens) {
<p class="quiet">Not signed in anywhere.</p>
% }
<ul class="work">
% for (size_t i = 0; i < v->n_sessions; i++) {
%   const auth_session *s = &v->sessions[i];
<li><span>{{ agent_words(v->q->a, s->agent) }} <span class="sub">from {{ s->address }}, by {{ method_words(v->q->a, s->method) }}, seen {{ time_ago(v->q, s->seen_at) }}</span></span>
%   if (v->may && !str_eq(s->handle, v->q->session.handle)) {
<form action="{{ access_path(v->q->a, v->p.id, "/end") }}" method="post"><input type="hidden" name="csrf" value="{{ v->q->session.csrf }}"><input type="hidden" name="session" value="{{ s->handle }}"><button class="link">End</button></form>
%   }
</li>
% }
% for (size_t i = 0; i < v->n_tokens; i++) {
%   const auth_token *t = &v->tokens[i];
<li><span>Token: {{ t->label }} <span class="sub">{{ scopes_text(v->q->a, t->scopes) }}, ends {{ date_text(v->q, t->ends_at) }}</span></span>
%   if (v->may) {
<form action="{{ access_path(v->q->a, v->p.id, "/end") }}" method="post"><input type="hidden" name="csrf" value="{{ v->q->session.csrf }}"><input type="hidden" name="token" value="{{ t->handle }}"><button class="link">End</button></form>
%   }
</li>
% }
</ul>
% if (v->may && v->n_sessions) {
<form action="{{ access_path(v->q->a, v->p.id, "/end") }}" method="post"><input type="hidden" name="csrf" value="{{ v->q->session.csrf }}"><p><button class="plain">End all sessions</button></p></form>
% }
</section>
% if (v->n_events) {
<section class="section" aria-labelledby="lately">
<h2 id="lately">Lately</h2>
<ol class="timeline">
%   for (size_t i = 0; i < v->n_events; i++) {
%     const event_row *e = &v->events[i];
%     str done_to = event_done_to(v->q->a, e);
<li><p>
%     if (done_to.n) {
{{ done_to }}
%     } else {
{{ v->p.name }} {{ event_words(e) }}
%       if (e->about.n) {
<span class="quiet">({{ e->about }})</span>
%       }
%     }
{{ e->times > 1 ? str_fmt(v->q->a, "%lld times", (long long)e->times) : S("") }}</p><time title="{{ time_text(v->q, e->at_time) }}">{{ time_ago(v->q, e->at_time) }}</time> <span class="who">from {{ e->address }}</span></li>
%   }
</ol>
</section>
% }
</div>
