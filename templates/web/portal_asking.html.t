%% view portal_asking(const asking_view *v)
%% include "web/portal.h"
<form class="form" action="{{ str_of(v->path) }}" method="post" novalidate>
<input type="hidden" name="csrf" value="{{ v->q->session.csrf }}">
%   form_put(out, v->fm);
<div class="actions"><button>{{ v->button }}</button> <a class="button plain" href="/my">Cancel</a></div>
</form>
