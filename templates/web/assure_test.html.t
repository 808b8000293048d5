%% view assure_test(const test_view *v)
%% include "web/assure_tests.h"
% if (v->reason.n) {
<p class="warning">{{ v->reason }}</p>
% }
% if (v->weakened) {
<p class="warning">A parameter of this test is looser than its guard: the outcome is weakened.</p>
% }
% if (v->version_note.n) {
<p class="warning">{{ v->version_note }}</p>
% }
% tpl_assure_stamp(out, &v->stamp);
% if (v->result.exceptions) {
<p class="note"><strong>What to do.</strong> {{ v->t->remedy }}</p>
% }
% if (v->result.ran) {
<ul class="counts">
<li><strong>{{ v->result.population }}</strong> items looked at</li><li><a href="#items"><strong>{{ v->result.exceptions }}</strong> fail</a></li><li><a href="#items"><strong>{{ v->result.unknowns }}</strong> unknown</a></li><li><a href="#items"><strong>{{ v->result.waived }}</strong> of those that fail waived</a></li>
</ul>
% }
<section class="section" aria-labelledby="items"><h2 id="items">Items that fail or could not be told</h2>
% if (v->items.n) {
<div class="list-head"><p>{{ v->pages.first }} to {{ v->pages.last }} of {{ v->pages.total }}</p></div>
%   tpl_assure_items(out, &v->items);
%   tpl_assure_pager(out, &v->pages);
% } else {
%   if (v->result.ran) {
<p class="quiet">None. A run shows the items that hold.</p>
%   } else {
<p class="quiet">The test has not been assessed yet.</p>
%   }
% }
</section>
% if (v->chart.n) {
<section class="section" aria-labelledby="chart"><h2 id="chart">Items that fail, over time</h2>
%   buf_puts(out, v->chart);
</section>
% }
<section class="section" aria-labelledby="needs"><h2 id="needs">What it reads, and how fresh that is</h2>
% tpl_assure_needs(out, &v->needs);
</section>
<section class="section" aria-labelledby="query"><h2 id="query">The test itself</h2>
<dl class="facts">
<dt>Name</dt><dd class="mono">{{ v->t->id }}</dd>
<dt>Severity</dt><dd>{{ v->severity }}</dd>
<dt>Kind</dt><dd>{{ v->kind }}</dd>
% if (v->subject_link.n) {
<dt>Its items are</dt><dd><a href="{{ v->subject_link }}">{{ v->t->subject->name }}</a></dd>
% }
<dt>Controls</dt><dd><ul class="plain-list">
% for (size_t i = 0; i < v->t->n_controls; i++) {
<li><a href="{{ v->controls[i].href }}">{{ v->controls[i].text }}</a></li>
% }
</ul></dd>
<dt>Remedy</dt><dd>{{ v->t->remedy }}</dd>
% for (size_t i = 0; i < v->t->n_params; i++) {
%   const test_param *p = &v->t->params[i];
<dt>Parameter {{ p->name }}</dt><dd>{{ p->value }}
%   if (p->guard != GUARD_NONE) {
(guard: {{ p->guard == GUARD_AT_MOST ? "at most" : "at least" }} {{ p->guard_value }})
%   }
</dd>
% }
<dt>Version</dt><dd>{{ v->t->version }} <span class="hash">sha256 {{ v->t->digest }}</span></dd>
</dl>
<div class="scroll"><pre class="sql" tabindex="0">
% buf_puts(out, v->sql);
</pre></div>
</section>
<section class="section" aria-labelledby="past"><h2 id="past">History</h2>
% tpl_assure_past(out, &v->past);
</section>
