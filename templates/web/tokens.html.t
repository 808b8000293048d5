%% view tokens(const tokens_view *v)
%% include "web/account.h"
% if (v->fault.n) {
<p class="faults" role="alert">{{ v->fault }}</p>
% }
% if (!v->n_tokens) {
<p class="empty">You have no tokens. Make one for each program, so that each can be ended alone.</p>
% } else {
<table class="stack"><thead><tr><th scope="col">For</th><th scope="col">May</th><th scope="col">Ends</th><th scope="col">Last used</th><th scope="col"><span class="away">Change</span></th></tr></thead><tbody>
%   for (size_t i = 0; i < v->n_tokens; i++) {
%     const auth_token *t = &v->tokens[i];
<tr><th scope="row">{{ t->label }}</th><td data-label="May">{{ scopes_text(v->q->a, t->scopes) }}</td>
<td data-label="Ends"><time title="{{ time_text(v->q, t->ends_at) }}">{{ date_text(v->q, t->ends_at) }}</time></td>
<td data-label="Last used">
%     if (t->used_at) {
<time title="{{ time_text(v->q, t->used_at) }}">{{ time_ago(v->q, t->used_at) }}</time>
%     } else {
never
%     }
</td><td><form action="/account/tokens/end" method="post"><input type="hidden" name="csrf" value="{{ v->q->session.csrf }}"><input type="hidden" name="token" value="{{ t->handle }}"><input type="hidden" name="label" value="{{ t->label }}"><button class="link">End <span class="away">{{ t->label }}</span></button></form></td></tr>
%   }
</tbody></table>
% }
<section class="section" aria-labelledby="make">
<h2 id="make">Make a token</h2>
% if (!v->fresh) {
<p><a class="button" href="/prove?next=/account/tokens">Show first that it is still you</a></p>
% } else {
<form class="form" action="/account/tokens" method="post">
<input type="hidden" name="csrf" value="{{ v->q->session.csrf }}">
<input type="hidden" name="back" value="/account/tokens">
<div class="field"><label for="label">What it is for</label>
<input id="label" name="label" autocomplete="off" required maxlength="100" value="{{ v->label }}"></div>
<fieldset><legend>What it may do</legend>
%   for (size_t i = 0; i < n_scope_rows; i++) {
%     const scope_row *s = &scope_rows[i];
%     if (!scope_fits(s, v->q->who.role)) {
%       continue;
%     }
%     if (str_eq(v->scopes_wanted, str_of(s->word))) {
<label class="check"><input type="checkbox" name="scope_{{ s->word }}" value="yes" checked> <span><strong>{{ s->word }}</strong> {{ s->says }}</span></label>
%     } else {
<label class="check"><input type="checkbox" name="scope_{{ s->word }}" value="yes"> <span><strong>{{ s->word }}</strong> {{ s->says }}</span></label>
%     }
%   }
</fieldset>
<div class="field"><label for="days">For how long</label>
<select id="days" name="days"><option value="30">30 days</option><option value="90" selected>90 days</option><option value="180">180 days</option><option value="365">a year</option></select></div>
<div class="actions"><button>Make the token</button></div>
</form>
% }
</section>
