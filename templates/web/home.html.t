%% view home(const home_view *v)
%% include "web/home.h"
% chart_defs(out);
% if (!v->assessed) {
%   tpl_home_first(out, v);
%   tpl_home_due(out, v);
% } else {
<p class="lead">{{ v->says }}</p>
%   if (v->stale) {
<p class="warning">Nothing was assessed since {{ v->assessed_moment }} ({{ v->assessed_when }}): what you see is how it stood then.</p>
%   } else {
<p class="quiet">Assessed <time title="{{ v->assessed_moment }}">{{ v->assessed_when }}</time>.</p>
%   }
<div class="columns side">
<section class="section" aria-labelledby="h-stand">
<h2 id="h-stand">Criteria by category</h2>
<table class="categories stack">
<thead><tr><th scope="col">Category</th><th scope="col">Criteria by state</th></tr></thead>
<tbody>
%   for (int i = 0; i < CAT_COUNT_; i++) {
%     const home_category *c = &v->categories[i];
<tr><th scope="row"><a href="{{ c->link }}">{{ c->name }}</a></th><td>
%     chart_bar(v->q->a, out, str_of(c->name), c->by_state);
<ul class="counts">
%     for (size_t k = 0; k < c->n_counts; k++) {
<li><a class="state s-{{ c->counts[k].mark.css }}" href="{{ c->counts[k].link }}"><span aria-hidden="true">{{ c->counts[k].mark.symbol }}</span> {{ c->counts[k].n }} {{ c->counts[k].mark.word }}</a></li>
%     }
</ul></td></tr>
%   }
</tbody></table>
</section>
%   tpl_home_due(out, v);
</div>
%   tpl_home_period(out, v);
% }
% tpl_home_work(out, v);
