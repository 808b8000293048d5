%% view assure_controls(const controls_view *v)
%% include "web/assure_controls.h"
% tpl_assure_stamp(out, &v->stamp);
% tpl_assure_tallies(out, &v->states);
% tpl_assure_filters(out, &v->filters);
% if (!v->n) {
<p class="empty">No control fits. <a href="{{ v->filters.clear }}">Show all of them</a></p>
% } else {
<div class="list-head"><p>{{ v->pages.total }} {{ v->pages.total == 1 ? "control" : "controls" }}</p></div>
<div class="scroll"><table class="stack">
<thead><tr><th scope="col">Control</th><th scope="col">State</th><th scope="col">What it is</th><th scope="col">Owner</th><th scope="col" class="num">Tests</th><th scope="col" class="num">Fail</th><th scope="col" class="num">No data</th></tr></thead>
<tbody>
%   for (size_t i = 0; i < v->n; i++) {
%     const control_line *l = &v->v[i];
<tr><th scope="row" class="nowrap"><a href="{{ l->href }}">{{ l->c->id }}</a></th><td>
%     tpl_assure_mark(out, l->mark);
</td><td>{{ l->c->title }}
%     if (l->note.n) {
<span class="sub">{{ l->note }}</span>
%     }
</td>
%     if (l->owner_link.n) {
<td data-label="Owner"><a href="{{ l->owner_link }}">{{ l->owner }}</a></td>
%     } else {
<td data-label="Owner" class="quiet">nobody yet</td>
%     }
<td class="num" data-label="Tests">
% tpl_assure_count(out, l->tests, l->tests_link);
</td><td class="num" data-label="Fail">
% tpl_assure_count(out, l->failing, l->failing_link);
</td><td class="num" data-label="No data">
% tpl_assure_count(out, l->unseen, l->href);
</td></tr>
%   }
</tbody></table></div>
%   tpl_assure_pager(out, &v->pages);
% }
