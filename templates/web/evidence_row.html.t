%% view evidence_row(const fact_view *v)
%% include "web/evidence_facts.h"
% if (!v->current) {
<p class="warning">This is no longer so: it ended on {{ v->until }}.</p>
% }
<dl class="facts">
<dt>Told by</dt>
% if (v->source_link.n) {
<dd class="wrap"><a href="{{ v->source_link }}">{{ v->source }}</a></dd>
% } else {
<dd class="wrap">{{ v->source }}</dd>
% }
<dt>So since</dt><dd><a href="{{ v->commit_link }}">{{ v->since }}</a></dd>
% if (v->record_link.n) {
<dt>Record</dt><dd><a href="{{ v->record_link }}">{{ v->key }}</a></dd>
% }
% if (v->n_others) {
<dt>Also told by</dt><dd><ul class="inline">
%   for (size_t i = 0; i < v->n_others; i++) {
<li class="wrap"><a href="{{ v->others[i].href }}">{{ v->others[i].text }}</a></li>
%   }
</ul></dd>
% }
% if (v->proof_link.n) {
<dt>Proof</dt><dd><a href="{{ v->proof_link }}">Download</a> <span class="quiet">a file with which anybody can check that the log holds this row; see <a href="/ledger">the ledger</a></span></dd>
% }
</dl>
% if (v->n_tests) {
<section class="section" aria-labelledby="tests"><h2 id="tests">Tests it fails, or in which it could not be told</h2>
<ul>
%   for (size_t i = 0; i < v->n_tests; i++) {
<li><a href="{{ v->tests[i].href }}">{{ v->tests[i].text }}</a></li>
%   }
</ul></section>
% }
<section class="section" aria-labelledby="fields"><h2 id="fields">Fields</h2>
<dl class="facts">
% for (size_t i = 0; i < v->r->n_fields; i++) {
%   const fact_field *x = &v->fields[i];
<dt>{{ x->fd->name }}</dt>
%   if (!x->text.p) {
<dd class="unknown">unknown
%   } else if (x->href.n) {
<dd><a href="{{ x->href }}">{{ x->text }}</a>
%   } else {
<dd>{{ x->text }} {{ x->fd->unit ? x->fd->unit : "" }}
%   }
<span class="help">{{ x->fd->doc }}</span></dd>
% }
</dl>
</section>
<section class="section" aria-labelledby="past"><h2 id="past">History</h2>
<ol class="timeline">
% for (size_t i = 0; i < v->n; i++) {
%   const fact_version *x = &v->v[i];
<li><p><a href="{{ x->href }}">{{ x->from }}</a> <span class="who">{{ x->ago }}, by {{ x->actor }} ({{ x->action }}{{ x->reason.n ? ": " : "" }}{{ x->reason }}), commit {{ x->seq }}</span></p>
%   if (x->first) {
<p>First seen.</p>
%   }
%   for (size_t k = 0; k < x->n_changes; k++) {
<p class="wrap">{{ x->changes[k] }}</p>
%   }
%   if (x->to.n) {
<p class="quiet">until {{ x->to }}</p>
%   }
</li>
% }
</ol>
% if (v->more) {
<p class="quiet">Older versions are not listed here; <a href="/sql">query</a> {{ v->r->name }}_history for all of them.</p>
% }
</section>
