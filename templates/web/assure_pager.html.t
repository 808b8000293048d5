%% view assure_pager(const pager *v)
%% include "web/assure.h"
% if (v->pages > 1) {
<nav class="pages" aria-label="Pages">
%   if (v->newer.n) {
<a href="{{ v->newer }}" rel="prev">Previous</a>
%   }
<span>Page {{ v->at }} of {{ v->pages }}</span>
%   if (v->older.n) {
<a href="{{ v->older }}" rel="next">Next</a>
%   }
</nav>
% }
