%% view record_thing(const shown_thing *th)
%% include "web/record_show.h"
% if (th->href.n) {
<a href="{{ th->href }}">{{ th->text }}</a>
% } else {
{{ th->text }}
% }
