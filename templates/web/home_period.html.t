%% view home_period(const home_view *v)
%% include "web/home.h"
<section class="section" aria-labelledby="h-period">
<header><h2 id="h-period">The last {{ HOME_PERIOD_DAYS }} days</h2>
<p class="quiet">Tall is what failed; hatched tall is what was not seen, hatched low what was not assessed.</p></header>
% if (!v->n_controls) {
<p>No control failed or went unseen in these days. <a href="{{ link_to(v->q, "/controls") }}">All controls</a></p>
% } else {
<table class="strips stack" aria-labelledby="h-period">
<thead class="away"><tr><th scope="col">Control</th><th scope="col">The period</th><th scope="col">Now</th></tr></thead>
<tbody>
%   for (size_t i = 0; i < v->n_controls; i++) {
%     const home_control *c = &v->controls[i];
<tr><th scope="row"><a href="{{ c->link }}">{{ c->id }}</a> {{ c->title }}</th><td>
%     chart_strip(v->q, out, &c->strip);
</td><td class="now"><span class="state s-{{ c->now.css }}"><span aria-hidden="true">{{ c->now.symbol }}</span> {{ c->now.word }}</span></td></tr>
%   }
</tbody>
<tfoot><tr><td></td><td>
%   chart_strip_axis(v->q, out, v->from, v->to);
</td><td></td></tr></tfoot>
</table>
<p class="quiet">
%   if (v->n_asking > v->n_controls) {
{{ v->n_asking - v->n_controls }} more asked for somebody in these days;
%   }
{{ v->n_calm }} did not. <a href="{{ link_to(v->q, "/controls") }}">All controls</a></p>
% }
</section>
