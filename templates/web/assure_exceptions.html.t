%% view assure_exceptions(const exceptions_view *v)
%% include "web/assure_exceptions.h"
% tpl_assure_stamp(out, &v->stamp);
% tpl_assure_filters(out, &v->filters);
% if (!v->n) {
%   if (v->stamp.any) {
<p class="empty">Nothing fails{{ v->filters.clear.n ? " that fits" : "" }}. What could not be seen stands with the <a href="/tests?state=no_data">tests without data</a>.</p>
%   }
% } else {
<div class="list-head"><p>{{ v->pages.total }} {{ v->pages.total == 1 ? "exception" : "exceptions" }} of {{ v->tests }} {{ v->tests == 1 ? "test" : "tests" }}
%   if (v->waived) {
; <a href="{{ v->waived_link }}">{{ v->waived }} waived</a>
%   }
</p><p><a href="{{ v->csv_link }}">Download as CSV</a></p></div>
<div class="scroll"><table class="stack">
<thead><tr><th scope="col">Item</th><th scope="col">What is wrong</th><th scope="col">Test</th><th scope="col">Fails since</th><th scope="col">Owner</th><th scope="col">Waiver</th></tr></thead>
<tbody>
%   for (size_t i = 0; i < v->n; i++) {
%     const exception_line *l = &v->v[i];
%     if (l->item_link.n) {
<tr><th scope="row"><a href="{{ l->item_link }}">{{ l->item }}</a></th>
%     } else {
<tr><th scope="row">{{ l->item }}</th>
%     }
<td>{{ l->reason }}
%     if (l->observed.n) {
<span class="sub">{{ l->observed }}</span>
%     }
%     if (l->expected.n) {
<span class="sub">expected: {{ l->expected }}</span>
%     }
</td><td data-label="Test"><a href="{{ l->test_link }}">{{ l->t ? l->t->title : l->test }}</a><span class="sub">{{ l->t ? severity_name(l->t->severity) : "" }}</span></td><td data-label="Fails since" class="nowrap">{{ l->ago }}<span class="sub">{{ l->since }}</span></td>
%     if (l->owner_link.n) {
<td data-label="Owner"><a href="{{ l->owner_link }}">{{ l->owner }}</a></td>
%     } else {
<td data-label="Owner" class="quiet">nobody yet</td>
%     }
%     if (l->waiver.n) {
<td data-label="Waiver"><a href="{{ l->waiver_link }}">{{ l->waiver }}</a><span class="sub">until {{ l->waived_until }}</span></td></tr>
%     } else if (v->may_waive) {
<td data-label="Waiver"><a href="{{ l->waive_link }}">Waive<span class="away"> {{ l->item }}</span></a></td></tr>
%     } else {
<td data-label="Waiver" class="quiet">none</td></tr>
%     }
%   }
</tbody></table></div>
%   tpl_assure_pager(out, &v->pages);
% }
