%% view start(const start_view *v)
%% include "web/start.h"
<form action="/start/{{ query v->secret }}" method="post">
<p>This link works once. It signs you in and lets you choose how you sign in from now on.</p>
<button>Continue</button>
</form>
