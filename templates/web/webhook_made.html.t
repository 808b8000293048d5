%% view webhook_made(const webhook_made_view *v)
%% include "web/settings.h"
<p>Give this secret to the receiver at <strong class="wrap">{{ v->id }}</strong>; every message carries a signature made with it.</p>
<p class="note wrap"><code>{{ v->secret }}</code></p>
<p class="help">It is kept in a file of the workspace that nobody else may read, and never shown again. If it is lost, remove the endpoint and add it anew.</p>
<form action="/settings/messages/test" method="post"><input type="hidden" name="csrf" value="{{ v->q->session.csrf }}"><input type="hidden" name="to" value="{{ v->id }}">
<div class="actions"><button>Send a test</button> <a href="/settings/messages">Back to Messages</a></div></form>
