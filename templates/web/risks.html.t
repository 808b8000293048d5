%% view risks(const risks_view *v)
%% include "web/calendar.h"
% if (!v->total) {
<div class="empty"><p>No risk is open. Risks stand here by likelihood and impact once they are written down; the library has some to begin with.</p></div>
% }
<div class="columns">
% for (size_t k = 0; k < 2; k++) {
%   const heat_map *m = &v->maps[k];
<section class="section"><h2>{{ m->title }}</h2>
<p class="quiet">{{ m->says }}</p>
<table class="heat">
<caption class="away">{{ m->title }}: number of risks by likelihood (rows) and impact (columns)</caption>
<thead><tr><th scope="col">Likelihood</th><th scope="col">Impact 1</th><th scope="col">2</th><th scope="col">3</th><th scope="col">4</th><th scope="col">5</th></tr></thead>
<tbody>
%   for (size_t l = 0; l < 5; l++) {
<tr><th scope="row">{{ (int64_t)(5 - l) }}</th>
%     for (size_t i = 0; i < 5; i++) {
%       const heat_cell *c = &m->v[l][i];
<td class="{{ c->css }}">
%       if (c->n) {
<a href="{{ c->href }}" aria-label="{{ c->label }}">{{ c->n }}</a>
%       }
</td>
%     }
</tr>
%   }
</tbody></table>
%   if (m->unscored) {
<p class="quiet">{{ m->unscored }} without these scores.</p>
%   }
</section>
% }
</div>
<p class="quiet">The colours follow the risk policy that comes with Attest: up to 5 a manager may accept, up to 14 the executive; of 15 and more the board hears.</p>
% if (v->n_top) {
<section class="section"><h2>Those that weigh most</h2>
<table class="stack">
<thead><tr><th scope="col">Risk</th><th scope="col">State</th><th scope="col" class="num">Without</th><th scope="col" class="num">Remains</th><th scope="col">Treatment</th><th scope="col">Accepted until</th><th scope="col">Owner</th></tr></thead>
<tbody>
%   for (size_t i = 0; i < v->n_top; i++) {
%     const top_risk *r = &v->top[i];
<tr><th scope="row"><a href="{{ r->href }}">{{ r->title }}</a><span class="sub">{{ r->id }}</span></th>
<td><span class="{{ str_fmt(v->q->a, "state s-%s", r->mark.css) }}"><span aria-hidden="true">{{ r->mark.symbol }}</span> {{ r->mark.word }}</span></td>
<td class="num" data-label="Without treatment">{{ r->inherent > 0 ? str_fmt(v->q->a, "%lld", (long long)r->inherent) : S("not scored") }}</td>
<td class="num" data-label="Remains">{{ r->residual > 0 ? str_fmt(v->q->a, "%lld", (long long)r->residual) : S("not scored") }}</td>
<td data-label="Treatment">{{ r->treatment.n ? r->treatment : S("not decided") }}
%     if (r->due.n) {
<span class="{{ r->due_late ? "sub late" : "sub" }}">{{ r->due_late ? "was due " : "due " }}{{ r->due }}</span>
%     }
</td>
%     if (r->accepted.n) {
<td data-label="Accepted until"><span class="{{ r->accepted_late ? "late" : "nowrap" }}">{{ r->accepted }}{{ r->accepted_late ? ", over" : "" }}</span></td>
%     } else {
<td></td>
%     }
<td data-label="Owner">
%     if (r->owner_href.n) {
<a href="{{ r->owner_href }}">{{ r->owner }}</a>
%     } else {
nobody
%     }
</td></tr>
%   }
</tbody></table>
</section>
% }
