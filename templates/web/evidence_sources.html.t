%% view evidence_sources(const sources_view *v)
%% include "web/evidence_sources.h"
% if (!v->n) {
<div class="empty"><p>No source is configured, so nothing is known of your systems. Begin with this machine, or with the repository of your service.</p>
%   if (v->may_change) {
<p><a class="button" href="/sources/add">Add a source</a></p>
%   } else {
<p class="quiet">An owner adds sources here; <code>attest source add host</code> does on the command line.</p>
%   }
</div>
% } else {
<div class="scroll"><table class="stack">
<thead><tr><th scope="col">Source</th><th scope="col">Latest run</th><th scope="col">Last seen</th><th scope="col" class="num">Relations</th><th scope="col" class="num">Not read</th><th scope="col" class="num">Tests too old for</th></tr></thead>
<tbody>
%   for (size_t i = 0; i < v->n; i++) {
%     const source_line *l = &v->v[i];
<tr><th scope="row" class="wrap"><a href="{{ l->href }}">{{ l->id }}</a>
%     if (!l->configured) {
<span class="sub">not configured here</span>
%     }
</th><td>
%     tpl_assure_mark(out, l->mark);
%     if (l->reason.n) {
<span class="sub">{{ l->reason }}</span>
%     }
</td><td data-label="Last seen">
%     if (l->ago.n) {
{{ l->ago }}<span class="sub">{{ l->seen }}</span>
%     } else {
<span class="quiet">never</span>
%     }
</td><td class="num" data-label="Relations">
%     tpl_assure_count(out, l->relations, l->href);
</td><td class="num" data-label="Not read">
%     tpl_assure_count(out, l->failing, l->href);
</td><td class="num" data-label="Tests too old for">
%     tpl_assure_count(out, l->tests, l->href);
</td></tr>
%   }
</tbody></table></div>
% }
% if (v->rounds.n) {
<p class="quiet">{{ v->rounds }}</p>
% }
