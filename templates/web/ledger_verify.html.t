%% view ledger_verify(const verify_view *v)
%% include "web/ledger.h"
% if (v->v.why.n) {
<p class="fault">{{ v->v.why }}</p>
<p class="quiet">Tried {{ time_text(v->q, v->v.ended_at) }}.</p>
% } else {
<p class="lead">{{ v->v.r.commits }} commits, {{ v->v.r.versions }} versions of rows and {{ v->v.r.tiles }} tiles of the log were computed again, {{ time_text(v->q, v->v.ended_at) }}, in {{ v->took }}.
%   if (!v->v.r.faults) {
Nothing was altered, removed or put in.
%   }
</p>
<dl class="facts">
<dt>Log</dt><dd>{{ v->v.r.at.origin }}</dd>
<dt>Signed entries</dt><dd>{{ (int64_t)v->v.r.at.size }}</dd>
<dt>Erased versions</dt><dd>{{ v->v.r.erased }} <span class="quiet">whose commitments still verify</span></dd>
<dt>What is wrong</dt><dd>{{ v->v.r.faults }}</dd>
</dl>
% }
% if (v->v.n) {
<section class="section" aria-labelledby="tampers"><h2 id="tampers">What is wrong</h2>
<div class="scroll"><table class="stack">
<thead><tr><th scope="col">What</th><th scope="col">Relation</th><th scope="col">Row</th><th scope="col" class="num">Version</th><th scope="col" class="num">Commit</th><th scope="col">In words</th></tr></thead>
<tbody>
%   for (size_t i = 0; i < v->v.n; i++) {
%     const tamper *l = &v->v.v[i];
<tr><th scope="row">{{ tamper_name(l->kind) }}</th><td data-label="Relation">{{ l->relation }}</td><td class="wrap" data-label="Row">{{ l->key }}</td>
%     if (l->version) {
<td class="num" data-label="Version">{{ l->version }}</td>
%     } else {
<td></td>
%     }
%     if (l->seq >= 0) {
<td class="num" data-label="Commit">{{ l->seq }}</td>
%     } else {
<td></td>
%     }
<td>{{ l->what }}</td></tr>
%   }
</tbody></table></div>
%   if (v->v.r.faults > (int64_t)v->v.n) {
<p class="quiet">The first {{ v->v.n }} are listed; <code>attest verify</code> names all of them.</p>
%   }
</section>
<p>Do not write to this workspace until it is known how this came about. A copy of the directory as it stands is evidence.</p>
% }
<p><a href="/ledger">Back to the ledger</a></p>
