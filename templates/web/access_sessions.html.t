%% view access_sessions(const access_sessions_view *v)
%% include "web/settings.h"
<h2>Sessions</h2>
<table class="stack"><thead><tr><th scope="col">Who</th><th scope="col">Where</th><th scope="col">How</th><th scope="col">Since</th><th scope="col">Seen</th></tr></thead><tbody>
% for (size_t i = 0; i < v->n_sessions; i++) {
%   const auth_session *s = &v->sessions[i];
<tr><th scope="row"><a href="{{ access_path(v->q->a, s->person, "") }}">{{ s->person }}</a></th>
<td data-label="Where">{{ agent_words(v->q->a, s->agent) }} <span class="sub">{{ s->address }}</span></td>
<td data-label="How">{{ method_words(v->q->a, s->method) }}
%   if (s->stage != STAGE_FULL) {
<span class="sub">not in yet</span>
%   }
</td>
<td data-label="Since"><time title="{{ time_text(v->q, s->started_at) }}">{{ time_ago(v->q, s->started_at) }}</time></td>
<td data-label="Seen"><time title="{{ time_text(v->q, s->seen_at) }}">{{ time_ago(v->q, s->seen_at) }}</time></td></tr>
% }
</tbody></table>
<h2>Tokens</h2>
% if (!v->n_tokens) {
<p class="empty">No program has a token yet. <a href="/account/tokens">Make one</a> for each, so that each can be ended alone.</p>
% } else {
<table class="stack"><thead><tr><th scope="col">For</th><th scope="col">Whose</th><th scope="col">May</th><th scope="col">Ends</th><th scope="col">Last used</th></tr></thead><tbody>
%   for (size_t i = 0; i < v->n_tokens; i++) {
%     const auth_token *t = &v->tokens[i];
<tr><th scope="row">{{ t->label }}</th><td data-label="Whose"><a href="{{ access_path(v->q->a, t->person, "") }}">{{ t->person }}</a></td>
<td data-label="May">{{ scopes_text(v->q->a, t->scopes) }}</td><td data-label="Ends">{{ date_text(v->q, t->ends_at) }}</td>
<td data-label="Last used">
%     if (t->used_at) {
<time title="{{ time_text(v->q, t->used_at) }}">{{ time_ago(v->q, t->used_at) }}</time>
%     } else {
never
%     }
</td></tr>
%   }
</tbody></table>
% }
