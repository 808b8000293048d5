%% view assure_tallies(const tallies *v)
%% include "web/assure.h"
<ul class="counts">
% for (size_t i = 0; i < v->n; i++) {
<li><a class="state s-{{ v->v[i].mark.css }}" href="{{ v->v[i].href }}"><span aria-hidden="true">{{ v->v[i].mark.symbol }}</span> {{ v->v[i].n }} {{ v->v[i].mark.word }}</a></li>
% }
</ul>
