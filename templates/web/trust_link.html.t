%% view trust_link(const trust_link_view *v)
%% include "web/trust.h"
<p>Send this link to who asked. It works for 14 days, as often as they need it, until the request is ended. It is shown once.</p>
<pre class="wrap"><code>{{ v->url }}</code></pre>
<p><a href="/trust_request/{{ query v->id }}">Back to the request</a></p>
