%% view trail_access(const access_view *v)
%% include "web/trail.h"
% tpl_tabs(out, v->tabs, COUNT(v->tabs), "What is listed");
% tpl_assure_filters(out, &v->filters);
% if (!v->n) {
%   if (v->filters.clear.n) {
<p class="empty">No event fits. <a href="{{ v->filters.clear }}">Show all of them</a></p>
%   } else {
<p class="empty">Nobody has come by network yet. Sign-ins, refusals and exports stand here.</p>
%   }
% } else {
<div class="list-head"><p>Newest first
%   if (v->newest.n) {
<a href="{{ v->newest }}">From the newest</a>
%   }
</p><p><a href="{{ v->csv_link }}">Download as CSV</a></p></div>
<div class="scroll"><table class="stack">
<thead><tr><th scope="col">When</th><th scope="col">Who</th><th scope="col">What</th><th scope="col">Outcome</th><th scope="col">About</th><th scope="col">From</th><th scope="col" class="num">Times</th></tr></thead>
<tbody>
%   for (size_t i = 0; i < v->n; i++) {
%     const access_line *l = &v->v[i];
<tr><td class="nowrap">{{ l->when }}<span class="sub">{{ l->ago }}</span></td>
%     if (l->person_link.n) {
<td data-label="Who"><a href="{{ l->person_link }}">{{ l->person }}</a></td>
%     } else {
<td data-label="Who" class="quiet">not known</td>
%     }
<td data-label="What">{{ l->kind }}</td><td data-label="Outcome">
%     tpl_assure_mark(out, l->went_well ? (state_mark){ "good", "\u2713", "done" } : (state_mark){ "bad", "\u2717", "refused" });
</td><td class="wrap" data-label="About">{{ l->about }}</td><td class="nowrap" data-label="From">{{ l->address }}</td><td class="num" data-label="Times">{{ l->times }}</td></tr>
%   }
</tbody></table></div>
%   if (v->older.n) {
<nav class="pages" aria-label="Pages"><a href="{{ v->older }}" rel="next">Older</a></nav>
%   }
% }
