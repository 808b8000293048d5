%% view portal_policy(const read_view *v)
%% include "web/portal.h"
%% include "web/markdown.h"
<p class="quiet">Version {{ v->version }}, published {{ date_text(v->q, v->published_at) }}{{ v->approver.n ? ", approved by " : "" }}{{ v->approver }}</p>
% if (str_eq(v->state, S("retired"))) {
<p class="warning">This version does not hold any more.</p>
% }
% if (v->changes.n && v->version > 1) {
<h2>What changed</h2>
<p>{{ v->changes }}</p>
% }
<h2 class="away">The text</h2>
<div class="prose">
% markdown_put(out, v->body);
</div>
<div class="section">
% if (v->accepted_at > 0) {
<p>You accepted this version on {{ time_text(v->q, v->accepted_at) }}.</p>
% } else if (str_eq(v->state, S("published"))) {
<form action="/my/policy/{{ query v->id }}" method="post">
<input type="hidden" name="csrf" value="{{ v->q->session.csrf }}">
<input type="hidden" name="digest" value="{{ v->digest }}">
<p>By accepting you say that you have read this text and keep to it. Your acceptance is bound to exactly this text.</p>
<p class="actions"><button>I have read it and accept</button> <a class="button plain" href="/my">Later</a></p>
</form>
<p class="help">Can you not keep to it? <a href="/my/exception">Ask for an exception</a>.</p>
% }
</div>
