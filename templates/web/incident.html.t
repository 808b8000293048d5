%% view incident(const incident_view *v)
%% include "web/incident.h"
<p class="quiet">Severity {{ v->severity }}. {{ v->lasted }}.
% if (v->commander_href.n) {
<a href="{{ v->commander_href }}">{{ v->commander }}</a> leads.
% } else {
Nobody leads yet.
% }
</p>
<div class="columns side">
<div>
<section class="section" aria-labelledby="line"><h2 id="line">Time line</h2>
% if (v->cut) {
<p class="warning">The first {{ (int64_t)INCIDENT_EVENTS }} entries are shown.</p>
% }
<ol class="timeline">
% for (size_t i = 0; i < v->n; i++) {
%   const incident_moment *m = &v->v[i];
<li><time>{{ m->when }}</time>
%   if (m->phase) {
<p><strong>{{ m->what }}</strong></p>
%   } else {
<p><a href="{{ m->href }}">{{ m->what }}</a> <span class="who">{{ m->who }}</span></p>
<p class="lines">{{ m->words }}</p>
%   }
</li>
% }
</ol>
</section>
</div>
<div>
<section class="section" aria-labelledby="clocks"><h2 id="clocks">Who must be told</h2>
% if (v->n_clocks) {
<ul class="work">
%   for (size_t i = 0; i < v->n_clocks; i++) {
%     const incident_clock *c = &v->clocks[i];
<li><span><a href="{{ c->href }}">{{ c->regime }}</a><span class="sub">{{ c->recipient }}</span><span class="sub">by {{ c->due }}</span>
%     if (c->left.n) {
<span class="{{ c->late ? "sub late" : "sub" }}">{{ c->left }}</span>
%     }
%     if (c->reason.n) {
<span class="sub">{{ c->reason }}</span>
%     }
</span><span class="{{ str_fmt(v->q->a, "state s-%s", c->mark.css) }}"><span aria-hidden="true">{{ c->mark.symbol }}</span> {{ c->mark.word }}</span></li>
%   }
</ul>
% } else {
<p class="quiet">No duty to tell anybody is recorded. They begin when the incident is declared and its effect on data is judged.</p>
% }
</section>
% if (v->steps.n) {
<section class="section" aria-labelledby="steps"><h2 id="steps">What may be done next</h2>
%   tpl_special_steps(out, &v->steps);
</section>
% }
% if (v->fm) {
<section class="section" aria-labelledby="add"><h2 id="add">Write it down</h2>
<p class="quiet">What was written stays; a mistake is put right by another entry.</p>
<form class="form" action="{{ v->action }}" method="post" novalidate><input type="hidden" name="csrf" value="{{ v->q->session.csrf }}">
%   form_put(out, v->fm);
<p class="actions"><button>Add to the time line</button></p></form>
</section>
% }
</div>
</div>
