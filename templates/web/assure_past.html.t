%% view assure_past(const past_states *v)
%% include "web/assure.h"
% if (!v->n) {
<p class="quiet">No state has been recorded yet.</p>
% } else {
<ol class="timeline">
%   for (size_t i = 0; i < v->n; i++) {
<li>
%     tpl_assure_mark(out, v->v[i].mark);
<a href="{{ v->v[i].href }}">since {{ v->v[i].from }}</a> <span class="who">{{ v->v[i].lasted.n ? "for" : "" }} {{ v->v[i].lasted.n ? v->v[i].lasted : v->v[i].ago }}</span>
%     if (v->v[i].note.n) {
<p>{{ v->v[i].note }}</p>
%     }
</li>
%   }
</ol>
% }
