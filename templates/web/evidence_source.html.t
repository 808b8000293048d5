%% view evidence_source(const source_view *v)
%% include "web/evidence_sources.h"
% if (v->line.reason.n) {
<p class="warning">{{ v->line.reason }}</p>
% }
<dl class="facts"><dt>Last seen</dt><dd>
% if (v->line.ago.n) {
{{ v->line.ago }}, on {{ v->line.seen }}
% } else {
never
% }
</dd>
% if (v->line.tool.n) {
<dt>Collected by</dt><dd>{{ v->line.tool }}</dd>
% }
% if (v->rounds.n) {
<dt>By the clock</dt><dd>{{ v->rounds }}</dd>
% }
</dl>
% if (v->running) {
<p class="note" role="status">It is being read at this moment. <a href="{{ v->line.href }}">Look again</a></p>
% }
% if (v->may_run || v->may_remove) {
<div class="actions">
%   if (v->may_run) {
<form action="/sources/run" method="post"><input type="hidden" name="csrf" value="{{ v->q->session.csrf }}"><input type="hidden" name="id" value="{{ v->line.id }}"><button class="plain">Run now</button></form>
%   }
%   if (v->may_remove) {
<a class="button danger" href="{{ v->remove_link }}">Remove</a>
%   }
</div>
% }
<section class="section" aria-labelledby="relations"><h2 id="relations">What it tells</h2>
% if (!v->n) {
<p class="quiet">It has not run yet.</p>
% } else {
<div class="scroll"><table class="stack">
<thead><tr><th scope="col">Relation</th><th scope="col">Outcome</th><th scope="col">Same outcome since</th><th scope="col" class="num">Tests that read it</th><th scope="col">May be as old as</th><th scope="col" class="num">Tests too old for</th></tr></thead>
<tbody>
%   for (size_t i = 0; i < v->n; i++) {
%     const source_relation *r = &v->v[i];
<tr><th scope="row"><a href="{{ r->href }}">{{ r->relation }}</a></th><td>
%     tpl_assure_mark(out, r->mark);
%     if (r->reason.n) {
<span class="sub">{{ r->reason }}</span>
%     }
</td><td data-label="Since">{{ r->since }}</td><td class="num" data-label="Tests that read it">
%     tpl_assure_count(out, r->tests, r->tests_link);
</td><td data-label="May be as old as">{{ r->limit.n ? r->limit : S("any") }}</td><td class="num" data-label="Tests too old for">
%     tpl_assure_count(out, r->stale, r->tests_link);
</td></tr>
%   }
</tbody></table></div>
% }
</section>
<section class="section" aria-labelledby="runs"><h2 id="runs">Runs</h2>
% if (!v->n_runs) {
<p class="quiet">None yet.</p>
% } else {
<div class="scroll"><table class="stack">
<thead><tr><th scope="col">Started</th><th scope="col">Outcome</th><th scope="col">Took</th></tr></thead>
<tbody>
%   for (size_t i = 0; i < v->n_runs; i++) {
<tr><th scope="row"><a href="{{ v->runs[i].href }}">{{ v->runs[i].started }}</a></th><td>
%     tpl_assure_mark(out, v->runs[i].mark);
%     if (v->runs[i].reason.n) {
<span class="sub">{{ v->runs[i].reason }}</span>
%     }
</td><td data-label="Took">{{ v->runs[i].took }}</td></tr>
%   }
</tbody></table></div>
%   if (v->more_runs) {
<p class="quiet">Older runs stand in <a href="/facts/run">run</a> and its history.</p>
%   }
% }
</section>
