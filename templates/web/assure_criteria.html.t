%% view assure_criteria(const criteria_view *v)
%% include "web/assure_criteria.h"
% tpl_assure_stamp(out, &v->stamp);
% tpl_assure_filters(out, &v->filters);
% if (!v->n_shown) {
<p class="empty">No criterion fits. <a href="{{ v->filters.clear }}">Show all of them</a></p>
% }
% for (size_t i = 0; i < v->n_groups; i++) {
%   const criterion_group *g = &v->groups[i];
%   if (!g->n) {
%     continue;
%   }
<section class="section" aria-labelledby="category-{{ i }}">
<header><h2 id="category-{{ i }}"><a href="{{ g->href }}">{{ g->name }}</a></h2>
%   tpl_assure_tallies(out, &g->states);
</header>
<div class="scroll"><table class="stack">
<thead><tr><th scope="col">Criterion</th><th scope="col">State</th><th scope="col">What it asks</th><th scope="col" class="num">Controls</th><th scope="col" class="num">Tests</th><th scope="col" class="num">Fail</th><th scope="col" class="num">No data</th></tr></thead>
<tbody>
%   for (size_t k = 0; k < g->n; k++) {
%     const criterion_line *l = &g->v[k];
<tr><th scope="row"><a href="{{ l->href }}">{{ l->c->id }}</a></th><td>
%     tpl_assure_mark(out, l->mark);
</td><td>{{ l->c->words }}
%     if (l->note.n) {
<span class="sub">{{ l->note }}</span>
%     }
</td>
%     if (l->ran) {
<td class="num" data-label="Controls">
% tpl_assure_count(out, l->controls, l->href);
</td><td class="num" data-label="Tests">
% tpl_assure_count(out, l->tests, l->tests_link);
</td><td class="num" data-label="Fail">
% tpl_assure_count(out, l->failing, l->failing_link);
</td><td class="num" data-label="No data">
% tpl_assure_count(out, l->unseen, l->unseen_link);
</td>
%     } else {
<td></td><td></td><td></td><td></td>
%     }
</tr>
%   }
</tbody></table></div>
</section>
% }
