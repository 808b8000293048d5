%% view token_made(const tokens_view *v)
%% include "web/account.h"
<p class="note wrap"><code>{{ v->secret }}</code></p>
<p>A program shows it with each request:</p>
<p><code>Authorization: Bearer TOKEN</code></p>
<p><a class="button" href="/account/tokens">I have kept it</a></p>
