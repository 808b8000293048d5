%% view readiness(const report_view *v)
%% include "report/view.h"
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="{{ v->in->program }}">
<title>{{ v->in->workspace }}: readiness, {{ v->as_of }}</title>
<style>
%  buf_puts(out, v->css);
</style>
</head>
<body>
<a class="skip" href="#main">Skip to the report</a>
<header>
<p class="kicker">SOC 2 readiness</p>
<h1>{{ v->in->workspace }}</h1>
<p>As of <time>{{ v->as_of }}</time>. Made by {{ v->in->program }} from facts it read itself.
% if (v->in->has_checkpoint) {
Ledger: <a href="#ledger">{{ (int64_t)v->in->ledger.size }} entries</a>, signed.
% }
</p>
<nav aria-label="Parts of the report"><ul>
<li><a href="#summary">Summary</a></li>
% if (v->n_failing) {
<li><a href="#fix">Fix first</a></li>
% }
<li><a href="#criteria">Criteria</a></li>
<li><a href="#tests">Tests</a></li>
<li><a href="#sources">Sources</a></li>
<li><a href="#ledger">Ledger</a></li>
</ul></nav>
</header>
<main id="main">
<section id="summary" aria-labelledby="h-summary">
<h2 id="h-summary">Where you stand</h2>
<p class="lead">{{ v->n_tests }} tests:
% for (size_t i = 0; i < v->n_test_counts; i++) {
%   const state_count *s = &v->test_counts[i];
<a class="state s-{{ s->css }}" href="{{ s->link }}"><span aria-hidden="true">{{ s->symbol }}</span> {{ s->n }} {{ s->word }}</a>
% }
</p>
<table class="categories">
<caption class="quiet">Criteria by category and state. A criterion is as bad as its worst control; what was not seen is never counted as met.</caption>
<thead><tr><th scope="col">Category</th><th scope="col" class="num">Criteria</th><th scope="col">State</th></tr></thead>
<tbody>
% for (size_t i = 0; i < CAT_COUNT_; i++) {
%   const category_view *c = &v->categories[i];
<tr><th scope="row"><a href="#{{ query c->anchor }}">{{ c->name }}</a></th><td class="num">{{ c->n_criteria }}</td><td>
<svg class="bar" viewBox="0 0 600 20" preserveAspectRatio="none" role="img" aria-label="{{ c->spoken }}">
<defs><pattern id="hatch-{{ c->anchor }}" class="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="3" height="6"/></pattern></defs>
%   for (size_t k = 0; k < c->n_counts; k++) {
%     const state_count *s = &c->counts[k];
<rect class="f-{{ s->css }}" fill="url(#hatch-{{ c->anchor }})" x="{{ s->x }}" y="0" width="{{ s->width }}" height="20"/>
%   }
</svg>
<ul class="counts">
%   for (size_t k = 0; k < c->n_counts; k++) {
%     const state_count *s = &c->counts[k];
<li><a class="state s-{{ s->css }}" href="{{ s->link }}"><span aria-hidden="true">{{ s->symbol }}</span> {{ s->n }} {{ s->word }}</a></li>
%   }
</ul></td></tr>
% }
</tbody></table>
</section>
% if (v->n_failing) {
<section id="fix" aria-labelledby="h-fix">
<h2 id="h-fix">Fix first</h2>
<ol class="fix">
%   for (size_t i = 0; i < v->n_failing; i++) {
%     const test_view *t = &v->tests[i];
<li><p class="what"><a href="#{{ query t->anchor }}">{{ t->r->test->title }}</a>
<span class="quiet">{{ severity_name(t->r->test->severity) }}, <a href="#{{ query t->anchor }}">{{ t->counts }}</a></span></p>
<p>{{ t->r->test->remedy }}</p></li>
%   }
</ol>
</section>
% }
<section id="criteria" aria-labelledby="h-criteria">
<h2 id="h-criteria">Criteria</h2>
% for (size_t i = 0; i < v->n_criteria; i++) {
%   const criterion_view *c = &v->criteria[i];
%   const category_view  *cat = &v->categories[c->c->criterion->category];
%   if (i == 0 || v->criteria[i - 1].c->criterion->category != c->c->criterion->category) {
<h3 id="{{ cat->anchor }}">{{ cat->name }}</h3>
%   }
%   if (c->first_of.n) {
<h4 class="group" id="{{ c->first_of }}"><span class="state s-{{ state_name(c->c->state) }}"><span aria-hidden="true">{{ state_symbol(c->c->state, true) }}</span> {{ state_word(c->c->state) }}</span></h4>
%   }
<article class="criterion" id="{{ c->anchor }}" aria-label="{{ c->c->criterion->id }}">
<h5>{{ c->c->criterion->id }}</h5>
<div>
<p>{{ c->c->criterion->words }}.</p>
%   if (c->c->note.n) {
<p class="quiet">{{ c->c->note }}</p>
%   }
<ul class="controls">
%   for (size_t k = 0; k < c->c->n_controls; k++) {
%     const control_result *cr = c->c->controls[k];
<li><span class="state s-{{ state_name(cr->state) }}"><span aria-hidden="true">{{ state_symbol(cr->state, true) }}</span> {{ state_word(cr->state) }}</span>
<span class="mono">{{ cr->control->id }}</span> {{ cr->control->title }}
%     if (cr->note.n) {
<span class="quiet">({{ cr->note }})</span>
%     }
%     for (size_t q = 0; q < cr->n_results; q++) {
<a class="chip s-{{ state_name(cr->results[q]->state) }}" href="#test-{{ query cr->results[q]->test->id }}"><span aria-hidden="true">{{ state_symbol(cr->results[q]->state, true) }}</span> {{ cr->results[q]->test->id }}</a>
%     }
</li>
%   }
</ul>
</div>
</article>
% }
</section>
<section id="tests" aria-labelledby="h-tests">
<h2 id="h-tests">Tests</h2>
% for (size_t i = 0; i < v->n_tests; i++) {
%   const test_view   *t = &v->tests[i];
%   const test_result *r = t->r;
%   if (i == 0 || v->tests[i - 1].r->state != r->state) {
<h3 class="group" id="tests-{{ state_name(r->state) }}"><span class="state s-{{ state_name(r->state) }}"><span aria-hidden="true">{{ state_symbol(r->state, true) }}</span> {{ state_word(r->state) }}</span></h3>
%   }
<article class="test" id="{{ t->anchor }}" aria-label="{{ r->test->id }}">
<h4>{{ r->test->title }}</h4>
<p class="quiet"><span class="mono">{{ r->test->id }}</span> version {{ r->test->version }}, {{ severity_name(r->test->severity) }}, control {{ t->controls }}: {{ t->counts }}
%   if (r->weakened) {
<strong>Weakened: a parameter is looser than its guard.</strong>
%   }
</p>
%   if (r->reason.n) {
<p class="reason">{{ r->reason }}</p>
%   }
<p>{{ r->test->why }}</p>
%   if (r->state != STATE_PASS && r->state != STATE_NOT_APPLICABLE) {
<p><b>Remedy:</b> {{ r->test->remedy }}</p>
%   }
%   if (t->n_bad) {
<div class="scroll" tabindex="0" role="region" aria-label="Items that fail or are unknown: {{ r->test->id }}"><table class="items">
<thead><tr><th scope="col">Item</th><th scope="col">Verdict</th><th scope="col">Reason</th><th scope="col">Seen</th><th scope="col">Expected</th></tr></thead><tbody>
%     for (size_t k = 0; k < t->n_bad; k++) {
%       const test_item *it = &r->items[k];
<tr><th scope="row" class="mono">{{ it->item }}</th><td>{{ it->ok != 0 ? "unknown" : it->waiver.n ? "fails, accepted by" : "fails" }} {{ it->waiver }}</td><td>{{ it->reason }}</td><td>{{ it->observed }}</td><td>{{ it->expected }}</td></tr>
%     }
</tbody></table></div>
%   }
<details><summary>{{ t->n_hold }} items hold; the facts and the query</summary>
%   if (t->n_shown > t->n_bad) {
<p class="mono holds">
%     for (size_t k = t->n_bad; k < t->n_shown; k++) {
<span>{{ r->items[k].item }}</span>
%     }
</p>
%   }
%   if (t->n_hidden) {
<p>And {{ t->n_hidden }} more; all of them: <span class="mono">attest assess {{ r->test->id }} --format csv</span></p>
%   }
<ul class="needs">
%   for (size_t k = 0; k < r->n_needs; k++) {
<li><span class="mono">{{ r->needs[k].relation }}</span> from <span class="mono">{{ r->needs[k].source }}</span>: {{ r->needs[k].status }}, seen {{ t->seen[k] }}{{ r->needs[k].fresh ? "" : " - " }}{{ r->needs[k].why }}</li>
%   }
</ul>
<div class="scroll" tabindex="0" role="region" aria-label="Query of {{ r->test->id }}"><pre>{{ r->test->sql }}</pre></div>
<p class="quiet">SHA-256 of the test: <span class="mono wrap">{{ r->test->digest }}</span></p>
</details>
</article>
% }
</section>
<section id="sources" aria-labelledby="h-sources">
<h2 id="h-sources">Sources</h2>
<div class="scroll" tabindex="0" role="region" aria-label="Table of sources"><table><thead><tr><th scope="col">Source</th><th scope="col">Latest run</th><th scope="col">Outcome</th><th scope="col">What was missing</th></tr></thead><tbody>
% for (size_t i = 0; i < v->in->n_sources; i++) {
<tr><th scope="row" class="mono">{{ v->in->sources[i].source }}</th><td>{{ v->source_ended[i] }}</td><td>{{ v->in->sources[i].status }}</td><td>{{ v->in->sources[i].reason }}</td></tr>
% }
</tbody></table></div>
</section>
<section id="ledger" aria-labelledby="h-ledger">
<h2 id="h-ledger">Ledger</h2>
% if (v->in->has_checkpoint) {
<p>Log <span class="mono wrap">{{ v->in->ledger.origin }}</span>, {{ (int64_t)v->in->ledger.size }} entries, root <span class="mono wrap">{{ v->root }}</span>.</p>
% } else {
<p>This report was made where the log's newest checkpoint or its key could not be read: it does not say what the log held.</p>
% }
<p>Every fact behind this report was committed to a signed, append-only log when it was read. <span class="mono">attest verify</span> recomputes it from the first row. <span class="mono">attest ledger prove RELATION KEY</span>, with the relation under a test and an item's name as the key, as in <span class="mono">attest ledger prove account web1/ann</span>, writes a proof of that row that anyone can check with openssl alone; where an item is not itself a stored row, <span class="mono">attest sql</span> shows the rows it was made from. It shows that nothing was changed after it was logged; it cannot show that what was read was true.</p>
</section>
</main>
</body>
</html>
