%% view assure_mark(state_mark m)
%% include "web/assure.h"
<span class="state s-{{ m.css }}"><span aria-hidden="true">{{ m.symbol }}</span> {{ m.word }}</span>
