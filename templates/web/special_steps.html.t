%% view special_steps(const step_buttons *v)
%% include "web/special.h"
% if (v->n) {
<ul class="work">
%   for (size_t i = 0; i < v->n; i++) {
<li><span>{{ v->v[i].doc }}
%     for (size_t k = 0; k < v->v[i].n_needs; k++) {
<span class="ids"><a href="{{ v->v[i].needs[k].href }}">{{ v->v[i].needs[k].text }}</a></span>
%     }
</span>
%     if (v->v[i].asks) {
<a class="button plain small" href="{{ v->v[i].to }}">{{ v->v[i].label }}</a>
%     } else {
<form action="{{ v->v[i].to }}" method="post"><input type="hidden" name="csrf" value="{{ v->q->session.csrf }}"><input type="hidden" name="version-read" value="{{ v->version }}"><input type="hidden" name="back" value="{{ v->back }}"><button class="plain small">{{ v->v[i].label }}</button></form>
%     }
</li>
%   }
</ul>
% }
