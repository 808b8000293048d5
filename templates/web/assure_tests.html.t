%% view assure_tests(const tests_view *v)
%% include "web/assure_tests.h"
% tpl_assure_stamp(out, &v->stamp);
% tpl_assure_tallies(out, &v->states);
% tpl_assure_filters(out, &v->filters);
% if (!v->n) {
<p class="empty">No test fits. <a href="{{ v->filters.clear }}">Show all of them</a></p>
% } else {
<div class="list-head"><p>{{ v->pages.total }} {{ v->pages.total == 1 ? "test" : "tests" }}, worst first</p></div>
<div class="scroll"><table class="stack">
<thead><tr><th scope="col">Test</th><th scope="col">State</th><th scope="col">Severity</th><th scope="col" class="num">Items</th><th scope="col" class="num">Fail</th><th scope="col" class="num">Unknown</th><th scope="col" class="num">Waived</th><th scope="col">Since</th></tr></thead>
<tbody>
%   for (size_t i = 0; i < v->n; i++) {
%     const control_test_line *l = &v->v[i];
<tr><th scope="row"><a href="{{ l->href }}">{{ l->t->title }}</a><span class="sub">{{ l->t->id }}</span></th><td>
%     tpl_assure_mark(out, l->mark);
</td><td data-label="Severity">{{ severity_name(l->t->severity) }}</td>
%     if (l->ran) {
<td class="num" data-label="Items">
%       tpl_assure_count(out, l->population, l->href);
</td><td class="num" data-label="Fail">
%       tpl_assure_count(out, l->exceptions, l->href);
</td><td class="num" data-label="Unknown">
%       tpl_assure_count(out, l->unknowns, l->href);
</td><td class="num" data-label="Waived">
%       tpl_assure_count(out, l->waived, l->href);
</td><td data-label="Since" class="nowrap">{{ l->since }}</td></tr>
%     } else {
<td></td><td></td><td></td><td></td><td></td></tr>
%     }
%   }
</tbody></table></div>
%   tpl_assure_pager(out, &v->pages);
% }
