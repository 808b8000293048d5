%% view home_work(const home_view *v)
%% include "web/home.h"
<div class="columns">
% if (v->assessed) {
<section class="section" aria-labelledby="h-fails">
<header><h2 id="h-fails">Fix first</h2>
%   if (v->n_failing_all > v->n_failing) {
<a href="{{ link_to(v->q, "/tests?state=fail") }}">All {{ v->n_failing_all }} that fail</a>
%   }
</header>
%   if (!v->n_failing) {
<p>No test fails.</p>
%   }
<ul class="work">
%   for (size_t i = 0; i < v->n_failing; i++) {
%     const home_failing *t = &v->failing[i];
<li><div><a href="{{ t->link }}">{{ t->title }}</a> <span class="sub">{{ t->remedy }}</span></div> <a class="state s-fail" href="{{ t->link }}"><span aria-hidden="true">✗</span> {{ t->counts }}</a> <span class="tag">{{ t->severity }}</span></li>
%   }
</ul>
</section>
% }
<div>
<section class="section" aria-labelledby="h-silent">
<header><h2 id="h-silent">Gone silent</h2>
<a href="{{ link_to(v->q, "/sources") }}">{{ v->n_sources }} source{{ v->n_sources == 1 ? "" : "s" }}</a></header>
% if (!v->n_sources) {
<p>No source is set up, so nothing is read by itself.</p>
% } else if (!v->n_silent && v->n_read) {
<p>{{ v->n_unread ? "Every other source" : "Every source" }} was read within a day.</p>
% }
% if (v->n_unread && v->assessed) {
%   tpl_home_unread(out, v);
% } else if (v->n_unread && !v->n_read) {
<p>Nothing was read yet, so nothing can have gone silent.</p>
% }
<ul class="work">
% for (size_t i = 0; i < v->n_silent; i++) {
<li><div><a class="wrap" href="{{ v->silent[i].link }}">{{ v->silent[i].source }}</a> <span class="sub wrap">{{ v->silent[i].what }}</span></div> <time class="quiet" title="{{ v->silent[i].moment }}">{{ v->silent[i].when }}</time></li>
% }
</ul>
</section>
<section class="section" aria-labelledby="h-changed">
<header><h2 id="h-changed">Changed in 7 days</h2>
<a href="{{ link_to(v->q, "/trail") }}">Trail</a></header>
% if (!v->n_changes && !v->n_deeds) {
<p>No result changed, and nobody changed a record.</p>
% }
% if (v->n_changes) {
<ul class="work">
%   for (size_t i = 0; i < v->n_changes; i++) {
%     const home_change *c = &v->changes[i];
<li><div><a href="{{ c->link }}">{{ c->title }}</a> <span class="sub"><span class="state s-{{ c->before.css }}"><span aria-hidden="true">{{ c->before.symbol }}</span> {{ c->before.word }}</span> then <span class="state s-{{ c->after.css }}"><span aria-hidden="true">{{ c->after.symbol }}</span> {{ c->after.word }}</span></span></div> <time class="quiet" title="{{ c->moment }}">{{ c->when }}</time></li>
%   }
</ul>
% }
% if (v->n_deeds) {
<h3>By people</h3>
<ul class="work">
%   for (size_t i = 0; i < v->n_deeds; i++) {
<li><div><a href="{{ v->deeds[i].link }}">{{ v->deeds[i].what }}</a> <span class="sub">{{ v->deeds[i].who }}</span></div> <time class="quiet" title="{{ v->deeds[i].moment }}">{{ v->deeds[i].when }}</time></li>
%   }
</ul>
% }
</section>
</div></div>
