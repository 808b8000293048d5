%% view assure_criterion(const criterion_view *v)
%% include "web/assure_criteria.h"
<p>{{ v->why }}
% if (v->next_link.n) {
<a href="{{ v->next_link }}">{{ v->next }}</a>
% } else if (v->next.n) {
{{ v->next }}.
% }
</p>
% tpl_assure_stamp(out, &v->stamp);
<section class="section" aria-labelledby="controls">
<header><h2 id="controls">Controls that cover it</h2></header>
% if (!v->n) {
<div class="empty"><p>No control covers this criterion: it is a gap. Choose one of the <a href="/controls">controls</a>, or say below, with a reason, that it does not apply.</p></div>
% } else {
<div class="scroll"><table class="stack">
<thead><tr><th scope="col">Control</th><th scope="col">State</th><th scope="col">Strength</th><th scope="col">Why it covers it</th><th scope="col">Owner</th><th scope="col" class="num">Tests</th><th scope="col" class="num">Fail</th></tr></thead>
<tbody>
%   for (size_t i = 0; i < v->n; i++) {
%     const covering *c = &v->v[i];
<tr><th scope="row"><a href="{{ c->href }}">{{ c->c->id }}</a><span class="sub">{{ c->c->title }}</span></th><td>
%     tpl_assure_mark(out, c->mark);
</td><td data-label="Strength">{{ c->primary ? "primary" : "supporting" }}</td><td>{{ c->rationale }}
%     if (c->note.n) {
<span class="sub">{{ c->note }}</span>
%     }
</td>
%     if (c->owner_link.n) {
<td data-label="Owner"><a href="{{ c->owner_link }}">{{ c->owner }}</a></td>
%     } else {
<td data-label="Owner" class="quiet">nobody yet</td>
%     }
<td class="num" data-label="Tests">
% tpl_assure_count(out, c->tests, c->href);
</td><td class="num" data-label="Fail">
% tpl_assure_count(out, c->failing, c->href);
</td></tr>
%   }
</tbody></table></div>
% }
</section>
<div class="columns">
<section class="section" aria-labelledby="expected"><h2 id="expected">What an auditor expects</h2>
<dl class="facts"><dt>Category</dt><dd><a href="{{ v->category_link }}">{{ v->category_name }}</a></dd>
<dt>Evidence</dt><dd>{{ v->c->evidence }}</dd>
<dt>Population</dt><dd>{{ v->c->population }}</dd>
% if (v->outside) {
<dt>In scope</dt><dd>no: <a href="{{ v->scope_link }}">its category is out of scope</a>
%   if (v->scope_reason.n) {
<span class="sub">{{ v->scope_reason }}</span>
%   }
</dd>
% }
<dt>Whether it applies</dt><dd>{{ v->applies }}
% if (v->record_link.n) {
<a href="{{ v->record_link }}">What was decided</a>
% } else if (v->exclude_link.n) {
<a href="{{ v->exclude_link }}">Say that it does not apply</a>
% }
% if (v->reason.n) {
<span class="sub">{{ v->reason }}</span>
% }
</dd></dl>
</section>
<section class="section" aria-labelledby="past"><h2 id="past">History of its state</h2>
% tpl_assure_past(out, &v->past);
</section>
</div>
