%% view review_row(const review_row *w)
%% include "web/review.h"
<ul class="plain-list">
% if (w->last_seen.n) {
<li>{{ w->last_seen }}</li>
% }
% if (w->rights.n) {
<li>{{ w->rights }}</li>
% }
% if (w->matrix.n) {
<li class="quiet">{{ w->matrix }}</li>
% }
<li class="quiet">{{ w->before.n ? w->before : S("No decision before this one.") }}</li>
</ul>
