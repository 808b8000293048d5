%% view access_link(const access_person_view *v)
%% include "web/settings.h"
<p class="note wrap"><code>{{ v->link }}</code></p>
<p>Give it to {{ v->p.name }} in person, or by a channel that reaches them alone. Whoever opens it first chooses the password. It is void after {{ v->until }}, and older links of theirs are void now.</p>
<p><a class="button" href="{{ access_path(v->q->a, v->p.id, "") }}">Done</a></p>
