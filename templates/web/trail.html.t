%% view trail(const trail_view *v)
%% include "web/trail.h"
% tpl_tabs(out, v->tabs, COUNT(v->tabs), "What is listed");
% tpl_assure_filters(out, &v->filters);
% if (!v->n) {
<p class="empty">No commit fits.
%   if (v->filters.clear.n) {
<a href="{{ v->filters.clear }}">Show all changes</a>
%   }
</p>
% } else {
<div class="list-head"><p>Newest first
%   if (v->newest.n) {
<a href="{{ v->newest }}">From the newest</a>
%   }
</p><p><a href="{{ v->csv_link }}">Download as CSV</a></p></div>
<div class="scroll"><table class="stack">
<thead><tr><th scope="col">Commit</th><th scope="col">When</th><th scope="col">Who</th><th scope="col">What</th><th scope="col">Why</th><th scope="col" class="num">Opened</th><th scope="col" class="num">Closed</th></tr></thead>
<tbody>
%   for (size_t i = 0; i < v->n; i++) {
%     const trail_line *l = &v->v[i];
<tr><th scope="row"><a href="{{ l->href }}">{{ l->seq }}</a></th><td class="nowrap" data-label="When">{{ l->when }}</td><td data-label="Who"><a href="{{ l->actor_link }}">{{ l->actor }}</a></td><td data-label="What">{{ l->action }}<span class="sub">{{ l->relations }}</span></td><td data-label="Why">{{ l->reason }}</td><td class="num" data-label="Opened">
%     tpl_assure_count(out, l->opened, l->href);
</td><td class="num" data-label="Closed">
%     tpl_assure_count(out, l->closed, l->href);
</td></tr>
%   }
</tbody></table></div>
%   if (v->older.n) {
<nav class="pages" aria-label="Pages"><a href="{{ v->older }}" rel="next">Older</a></nav>
%   }
% }
