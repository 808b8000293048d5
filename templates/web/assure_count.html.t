%% view assure_count(int64_t n, str href)
%% include "web/assure.h"
% if (n && href.n) {
<a href="{{ href }}">{{ n }}</a>
% } else {
{{ n }}
% }
