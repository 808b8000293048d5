%% view auditor(const auditor_view *v)
%% include "web/auditor.h"
% if (!v->n) {
<div class="empty">
<p><strong>No engagement names you yet.</strong> You can look at nothing here but your own account until the organisation adds an engagement, names you in it and opens it.</p>
<p>Ask whoever gave you the link to sign in. What they do: under <em>Engagements</em> they add one with its period and categories, add you as an engagement member, and take the step <em>open</em>.</p>
<p><a class="button plain" href="/account">My account</a></p>
</div>
% }
% for (size_t i = 0; i < v->n; i++) {
%   const audit_engagement *x = &v->v[i];
<section class="section" aria-labelledby="engagement-{{ i }}">
<header><h2 id="engagement-{{ i }}">{{ x->e->title }}</h2><span class="state s-{{ x->mark.css }}"><span aria-hidden="true">{{ x->mark.symbol }}</span> {{ x->mark.word }}</span></header>
<p>{{ x->says }}</p>
<dl class="facts">
<dt>Engagement</dt><dd>
%   if (x->href.n) {
<a href="{{ x->href }}">{{ x->e->id }}</a>
%   } else {
{{ x->e->id }}
%   }
</dd>
<dt>Kind</dt><dd>{{ x->kind }}</dd>
<dt>Period</dt><dd>{{ x->period }}</dd>
%   if (x->examines.n) {
<dt>Examines</dt><dd>{{ x->examines }}{{ x->e->named ? "" : " (all that is in scope)" }}</dd>
%   }
%   if (x->e->firm.n) {
<dt>Firm</dt><dd>{{ x->e->firm }}</dd>
%   }
<dt>Who to ask</dt><dd>
%   if (x->owner.n) {
{{ x->owner }} <span class="quiet">{{ x->e->owner_email }}</span>
%   } else {
Nobody is named; ask whoever gave you the link to sign in.
%   }
</dd>
</dl>
%   if (x->n) {
<h3>Where to look</h3>
<ul class="work">
%     for (size_t k = 0; k < x->n; k++) {
<li><div><a href="{{ x->v[k].href }}">{{ x->v[k].label }}</a> <span class="sub">{{ x->v[k].says }}</span></div></li>
%     }
</ul>
<p class="quiet">Waived, failed and mended things are all there. What serves other categories alone is not shown, and each page says how much that is. You change nothing here, and what you take out is recorded.</p>
%   }
</section>
% }
