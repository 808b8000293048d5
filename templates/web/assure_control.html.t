%% view assure_control(const control_view *v)
%% include "web/assure_controls.h"
<p>{{ v->why }}</p>
% tpl_assure_stamp(out, &v->stamp);
<section class="section" aria-labelledby="what"><h2 id="what">What it says</h2>
<p class="prose">{{ v->c->words }}</p>
<dl class="facts">
% if (v->owner_link.n) {
<dt>Owner</dt><dd><a href="{{ v->owner_link }}">{{ v->owner }}</a></dd>
% } else {
<dt>Owner</dt><dd>nobody yet; the catalogue proposes: {{ v->c->owner }}</dd>
% }
<dt>State</dt><dd>{{ v->recorded ? v->record_state : S("nobody has said anything of it") }}</dd>
<dt>How often</dt><dd>{{ v->cadence }}</dd>
<dt>How</dt><dd>{{ v->nature }}</dd>
% if (v->procedure.n) {
<dt>Here</dt><dd>{{ v->procedure }}</dd>
% }
% if (v->reason.n) {
<dt>Reason</dt><dd>{{ v->reason }}</dd>
% }
% if (v->n_policies) {
<dt>Policies</dt><dd><ul class="inline">
%   for (size_t i = 0; i < v->n_policies; i++) {
%     if (v->policies[i].href.n) {
<li><a href="{{ v->policies[i].href }}">{{ v->policies[i].text }}</a></li>
%     } else {
<li>{{ v->policies[i].text }} <span class="quiet">proposed; not written yet</span></li>
%     }
%   }
</ul></dd>
% }
% if (v->n_registers) {
<dt>Registers that show it</dt><dd><ul class="inline">
%   for (size_t i = 0; i < v->n_registers; i++) {
<li><a href="{{ v->registers[i].href }}">{{ v->registers[i].text }}</a></li>
%   }
</ul></dd>
% }
</dl>
</section>
% if (v->strip.n) {
<section class="section" aria-labelledby="strip"><h2 id="strip">Over time</h2>
%   buf_puts(out, v->strip);
</section>
% }
<section class="section" aria-labelledby="criteria"><h2 id="criteria">Criteria it meets</h2>
<div class="scroll"><table class="stack">
<thead><tr><th scope="col">Criterion</th><th scope="col">State</th><th scope="col">Strength</th><th scope="col">Why</th></tr></thead>
<tbody>
% for (size_t i = 0; i < v->n_criteria; i++) {
%   const control_criterion *c = &v->criteria[i];
<tr><th scope="row"><a href="{{ c->href }}">{{ c->m->criterion->id }}</a></th><td>
%   tpl_assure_mark(out, c->mark);
</td><td data-label="Strength">{{ c->m->primary ? "primary" : "supporting" }}</td><td>{{ c->m->rationale }}</td></tr>
% }
</tbody></table></div>
</section>
<section class="section" aria-labelledby="tests"><h2 id="tests">Tests</h2>
% if (!v->n_tests) {
<p class="quiet">No test can see this control. It is attested by people, with evidence that another looks at.</p>
% } else {
<div class="scroll"><table class="stack">
<thead><tr><th scope="col">Test</th><th scope="col">State</th><th scope="col" class="num">Items</th><th scope="col" class="num">Fail</th><th scope="col" class="num">Unknown</th><th scope="col" class="num">Waived</th><th scope="col">Since</th></tr></thead>
<tbody>
%   for (size_t i = 0; i < v->n_tests; i++) {
%     const control_test_line *l = &v->tests[i];
<tr><th scope="row"><a href="{{ l->href }}">{{ l->t->title }}</a><span class="sub">{{ l->t->id }}</span></th><td>
%     tpl_assure_mark(out, l->mark);
</td>
%     if (l->ran) {
<td class="num" data-label="Items">
% tpl_assure_count(out, l->population, l->href);
</td><td class="num" data-label="Fail">
% tpl_assure_count(out, l->exceptions, l->href);
</td><td class="num" data-label="Unknown">
% tpl_assure_count(out, l->unknowns, l->href);
</td><td class="num" data-label="Waived">
% tpl_assure_count(out, l->waived, l->href);
</td><td data-label="Since">{{ l->since }}</td></tr>
%     } else {
<td></td><td></td><td></td><td></td><td></td></tr>
%     }
%   }
</tbody></table></div>
% }
</section>
<section class="section" aria-labelledby="support"><h2 id="support">Attestations, evidence and links</h2>
% if (!v->n_support) {
<div class="empty"><p>Nobody has attested this control or put evidence beside it. An attestation says what was done, on what, with which outcome; a file or a statement shows it; somebody else accepts it.</p></div>
% } else {
<div class="scroll"><table class="stack">
<thead><tr><th scope="col">Record</th><th scope="col">What it says</th><th scope="col">State</th><th scope="col">Speaks from</th><th scope="col">Until</th><th scope="col">By</th></tr></thead>
<tbody>
%   for (size_t i = 0; i < v->n_support; i++) {
%     const control_support *s = &v->support[i];
<tr><th scope="row" class="nowrap"><a href="{{ s->href }}">{{ s->type }}</a></th><td>{{ s->title }}</td><td data-label="State">{{ s->status }}</td><td data-label="From" class="nowrap">{{ s->from }}</td><td data-label="Until" class="nowrap">{{ s->to }}</td>
%     if (s->who_link.n) {
<td data-label="By"><a href="{{ s->who_link }}">{{ s->who }}</a></td></tr>
%     } else {
<td></td></tr>
%     }
%   }
</tbody></table></div>
% }
</section>
<section class="section" aria-labelledby="past"><h2 id="past">History of its state</h2>
% tpl_assure_past(out, &v->past);
</section>
