%% view assure_items(const item_lines *v)
%% include "web/assure_tests.h"
<div class="scroll"><table class="stack">
<thead><tr><th scope="col">Item</th><th scope="col">Outcome</th><th scope="col">Why</th><th scope="col">Seen</th><th scope="col">Expected</th><th scope="col">Since</th></tr></thead>
<tbody>
% for (size_t i = 0; i < v->n; i++) {
%   const item_line *l = &v->v[i];
%   if (l->href.n) {
<tr><th scope="row"><a href="{{ l->href }}">{{ l->item }}</a></th>
%   } else {
<tr><th scope="row">{{ l->item }}</th>
%   }
<td>
%   tpl_assure_mark(out, l->ok == 1 ? state_mark_of(S("pass")) : l->ok == 0 ? state_mark_of(S("fail")) : (state_mark){ "no_data", "\u2592", "unknown" });
%   if (l->waiver.n) {
<span class="sub"><a href="{{ l->waiver_link }}">waived</a> until {{ l->waived_until }}</span>
%   }
</td><td>{{ l->reason }}
%   if (l->when.n) {
<span class="sub">happened {{ l->when }}</span>
%   }
</td><td data-label="Seen">{{ l->observed }}</td><td data-label="Expected">{{ l->expected }}</td><td data-label="Since" class="nowrap">{{ l->since }}</td></tr>
% }
</tbody></table></div>
