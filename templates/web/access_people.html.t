%% view access_people(const access_people_view *v)
%% include "web/settings.h"
%% include "web/record.h"
<form class="filters" action="/settings/people" method="get" role="search"><label>Name or address <input name="q" type="search" value="{{ v->wanted }}"></label>
% if (v->waiting) {
<label class="check"><input type="checkbox" name="waiting" value="yes" checked> Never signed in</label>
% } else {
<label class="check"><input type="checkbox" name="waiting" value="yes"> Never signed in</label>
% }
<button class="plain">Find</button></form>
% if (!v->n_people && v->wanted.n) {
<p class="empty">Nobody here is called that.</p>
% } else if (!v->n_people) {
<p class="empty">Everybody here has signed in.</p>
% } else {
<table class="stack"><thead><tr><th scope="col">Who</th><th scope="col">Role</th><th scope="col">Signs in with</th><th scope="col">Last signed in</th></tr></thead><tbody>
%   for (size_t i = 0; i < v->n_people; i++) {
%     const access_person *p = &v->people[i];
%     str with = factor_words(v->q->a, &p->factors);
%     bool lacks = with.n && gate_wants_second(v->q->g, p->has) && !p->factors.has_totp && !p->factors.passkeys;
<tr><th scope="row"><a href="{{ access_path(v->q->a, p->id, "") }}">{{ p->name }}</a> <span class="sub">{{ p->email }}</span></th>
<td data-label="Role">{{ role_name(p->has) }}
%     if (!str_eq(p->state_now, S("active"))) {
<span class="sub">{{ choice_words(v->q->a, p->state_now) }}</span>
%     }
</td>
%     if (with.n) {
<td data-label="Signs in with">{{ with }}
%       if (lacks) {
<span class="sub late">sets up a second factor at the next sign-in</span>
%       }
</td>
%     } else {
<td data-label="Signs in with"><span class="quiet">nothing yet</span>
%       if (p->link_until) {
<span class="sub">link open, void {{ time_ago(v->q, p->link_until) }}</span>
%       }
</td>
%     }
<td data-label="Last signed in">
%     if (p->last_at > 0) {
<time title="{{ time_text(v->q, p->last_at) }}">{{ time_ago(v->q, p->last_at) }}</time>
%     } else {
<span class="quiet">never</span>
%     }
</td></tr>
%   }
</tbody></table>
% }
<nav class="pages" aria-label="Pages">
% if (v->at > 1) {
<a href="{{ people_page(v, v->at - 1) }}">Back</a>
% }
% if (v->more) {
<a href="{{ people_page(v, v->at + 1) }}">More</a>
% }
</nav>
<p class="help">Somebody new is added as a person first; then a one-time link lets them in.</p>
