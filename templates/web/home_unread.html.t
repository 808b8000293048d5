%% view home_unread(const home_view *v)
%% include "web/home.h"
<p>{{ v->n_unread }} source{{ v->n_unread == 1 ? " has" : "s have" }} not run yet. <a href="{{ link_to(v->q, "/sources") }}">Sources</a></p>
% if (v->may_run) {
<form action="/jobs/collect" method="post"><input type="hidden" name="csrf" value="{{ v->q->session.csrf }}"><button class="plain">Collect now</button></form>
% } else if (!v->q->as_of) {
<p class="quiet">A manager or an owner can start it; it also runs by itself.</p>
% }
