%% view trail_commit(const commit_view *v)
%% include "web/trail.h"
<dl class="facts">
<dt>When</dt><dd>{{ v->when }} <span class="quiet">{{ v->ago }}</span></dd>
<dt>Who</dt><dd>{{ v->actor }}
% if (v->actor_link.n) {
<a href="{{ v->actor_link }}">the person</a>
% }
</dd>
<dt>What</dt><dd>{{ v->action }}</dd>
<dt>Why</dt><dd>{{ v->reason.n ? v->reason : S("no reason was given") }}</dd>
<dt>Proof</dt><dd><a href="{{ v->proof_link }}">Download</a> <span class="quiet">that the ledger holds this commit</span></dd>
</dl>
% for (size_t i = 0; i < v->n; i++) {
%   const relation_change *c = &v->v[i];
<section class="section" aria-labelledby="relation-{{ i }}"><header><h2 id="relation-{{ i }}">{{ c->name }}</h2><p class="quiet">{{ c->opened }} {{ c->opened == 1 ? "version" : "versions" }} opened, {{ c->closed }} closed</p></header>
%   if (c->hidden) {
<p class="quiet">What was written here is not shown to you.</p>
%   } else if (!c->shown) {
<p><a href="{{ c->href }}">Show what was written</a></p>
%   } else {
<ul class="timeline">
%     for (size_t k = 0; k < c->n; k++) {
%       const row_change *x = &c->v[k];
%       if (x->href.n) {
<li><p><strong>{{ x->what }}</strong> <a class="wrap" href="{{ x->href }}">{{ x->key }}</a> <span class="who">{{ x->source }}</span></p>
%       } else {
<li><p><strong>{{ x->what }}</strong> {{ x->key }}</p>
%       }
%       for (size_t m = 0; m < x->n_changes; m++) {
<p class="wrap">{{ x->changes[m] }}</p>
%       }
</li>
%     }
</ul>
%     if (c->left_out) {
<p class="quiet">{{ c->left_out }} of these versions {{ c->left_out == 1 ? "is" : "are" }} outside of your engagement and not shown.</p>
%     }
%     if (c->more) {
<p class="quiet">More rows were written than are listed here; <code>{{ c->name }}_history</code> has all of them: opened_by = {{ v->seq }} or closed_by = {{ v->seq }}. <a href="/sql">Query</a></p>
%     }
%   }
</section>
% }
% if (v->n_erased) {
<section class="section" aria-labelledby="erased"><h2 id="erased">Erased</h2><p>The content of these versions was destroyed by a privacy decision; what was committed to them still verifies.</p><ul>
%   for (size_t i = 0; i < v->n_erased; i++) {
<li>{{ v->erased[i] }}</li>
%   }
</ul></section>
% }
<section class="section" aria-labelledby="leaf"><h2 id="leaf">The entry of the ledger</h2>
<details class="more"><summary>Byte for byte</summary><pre class="wrap" tabindex="0">{{ v->leaf }}</pre></details>
</section>
<nav class="pages" aria-label="Commits beside this one">
% if (v->before.n) {
<a href="{{ v->before }}" rel="prev">The commit before</a>
% }
% if (v->after.n) {
<a href="{{ v->after }}" rel="next">The commit after</a>
% }
</nav>
