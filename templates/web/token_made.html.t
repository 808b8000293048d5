%% view token_made(const tokens_view *v)
%% include "web/account.h"
<pre class="wrap"><code>{{ v->secret }}</code></pre>
<p>A program shows it with each request:</p>
<pre><code>Authorization: Bearer TOKEN</code></pre>
<p><a class="button" href="/account/tokens">I have kept it</a></p>
