%% view search(const search_view *v)
%% include "web/search.h"
<form class="filters" action="/search" method="get" role="search" aria-label="Search this workspace">
<label>Words<input name="q" type="search" value="{{ v->text }}" autocomplete="off"></label>
<button>Search</button>
</form>
% if (v->q->as_of) {
<p class="note">Of the past only controls, criteria and tests are found here; the lists show the rest as it was.</p>
% }
% if (v->in_part) {
<p class="note">Registers of which your engagement shows a part (waivers, evidence, tasks and others) are not searched; their lists show that part.</p>
% }
% if (!v->asked) {
<div class="empty">
<p>Search finds pages, controls, criteria, tests, records, hosts and accounts by the beginnings of their words: <kbd>back pol</kbd> finds the backup policy.</p>
<p class="quiet"><kbd>/</kbd> leads here from every page, <kbd>Ctrl</kbd> + <kbd>K</kbd> goes to a thing at once.</p>
</div>
% } else if (!v->n) {
<p class="lead">Nothing that you may see has all of these words.</p>
<p>Fewer words, or only their beginnings, find more.</p>
% } else {
<p class="quiet" role="status">{{ v->all }} found.</p>
% }
% if (v->full) {
<p class="warning">There is more here than the search can hold; some of it is found in its lists only.</p>
% }
% for (size_t i = 0; i < v->n; i++) {
%   const find_group *g = &v->groups[i];
<section class="section">
<header><h2>{{ g->label }}</h2>
%   if (g->more.n) {
<a href="{{ g->more }}">All {{ g->all }} in {{ g->label }}</a>
%   }
</header>
<ul class="work">
%   for (size_t k = 0; k < g->n; k++) {
%     const find_row *r = &g->rows[k];
<li><div><a href="{{ r->href }}">{{ r->title }}</a>
%     if (r->sub.n) {
<span class="sub">{{ r->sub }}</span>
%     }
</div>
%     if (r->mark.css) {
<span class="state s-{{ r->mark.css }}"><span aria-hidden="true">{{ r->mark.symbol }}</span> {{ r->mark.word }}</span>
%     }
</li>
%   }
</ul>
%   if (g->all > g->n && !g->more.n) {
<p class="quiet">The first {{ g->n }} of {{ g->all }}.</p>
%   }
</section>
% }
