%% view vendor(const vendor_view *v)
%% include "web/board.h"
% if (v->cut) {
<p class="warning">The last {{ (int64_t)VENDOR_ROWS }} records of this vendor are shown.</p>
% }
<div class="columns side">
<div>
<section class="section" aria-labelledby="facts"><h2 id="facts">What it is trusted with</h2>
<dl class="facts">
% for (size_t i = 0; i < v->n_facts; i++) {
<dt>{{ v->facts[i].label }}</dt>
<dd>
%   tpl_record_cell(out, &v->facts[i].shown);
</dd>
% }
</dl></section>
% for (size_t k = 0; k < VENDOR_PARTS; k++) {
%   const vendor_part *p = &v->parts[k];
<section class="section"><h2>{{ p->title }}</h2>
%   if (p->n) {
<ul class="work">
%     for (size_t i = 0; i < p->n; i++) {
%       const vendor_row *r = &p->v[i];
<li><span><a href="{{ r->href }}">{{ r->title }}</a>
%       if (r->when.n) {
<span class="sub">{{ r->when }}</span>
%       }
%       if (r->until.n) {
<span class="{{ r->late ? "sub late" : "sub" }}">{{ r->until }}</span>
%       }
%       if (r->words.n) {
<span class="sub">{{ r->words }}</span>
%       }
</span><span class="{{ str_fmt(v->q->a, "state s-%s", r->mark.css) }}"><span aria-hidden="true">{{ r->mark.symbol }}</span> {{ r->mark.word }}</span></li>
%     }
</ul>
%   } else {
<p class="quiet">{{ p->empty }}</p>
%   }
%   if (p->add.n) {
<p class="actions"><a class="button plain small" href="{{ p->add }}">{{ p->add_label }}</a></p>
%   }
</section>
% }
</div>
<div>
<section class="section" aria-labelledby="due"><h2 id="due">What is due next</h2>
% if (v->n_due) {
<ul class="work">
%   for (size_t i = 0; i < v->n_due; i++) {
<li><a href="{{ v->due[i].href }}">{{ v->due[i].what }}</a><span class="{{ v->due[i].late ? "late" : "nowrap" }}">{{ v->due[i].when }}{{ v->due[i].late ? ", over" : "" }}</span></li>
%   }
</ul>
% } else {
<p class="quiet">Nothing of this vendor has a day.</p>
% }
</section>
% if (v->steps.n) {
<section class="section" aria-labelledby="steps"><h2 id="steps">What may be done next</h2>
%   tpl_special_steps(out, &v->steps);
</section>
% }
<section class="section" aria-labelledby="ask"><h2 id="ask">What to ask it</h2>
<p class="quiet">{{ v->answered }} A current type 2 report answers most of it: ask what the report leaves open.</p>
% for (size_t i = 0; i < v->n_questions; i++) {
%   const library_item *m = v->questions[i];
<details><summary>{{ m->question }}</summary>
<p class="quiet">{{ m->id }}, {{ m->section }}. {{ m->why }}</p>
<p>A good answer: {{ m->good }}</p>
%   if (m->evidence.n) {
<p>Ask for: {{ m->evidence }}</p>
%   }
</details>
% }
</section>
</div>
</div>
