%% view record_versions(const shown_version *v, size_t n)
%% include "web/record_show.h"
<ol class="timeline">
% for (size_t i = 0; i < n; i++) {
<li>
<p><strong>{{ v[i].action }}</strong> by <span title="{{ v[i].actor }}">{{ v[i].who }}</span> <span class="who" title="{{ v[i].when }}">{{ v[i].ago }}, {{ v[i].when }}</span></p>
%   if (v[i].reason.n) {
<p>{{ v[i].reason }}</p>
%   }
<ul class="plain-list">
%   for (size_t k = 0; k < v[i].n; k++) {
%     const shown_change *c = &v[i].v[k];
<li><span class="quiet">{{ c->label }}</span>
%     if (c->large) {
<details class="more"><summary>{{ c->added ? "written" : c->removed ? "emptied" : "changed" }}</summary>
%       if (!c->added) {
<p class="quiet">Before</p>
<pre class="wrap lines">{{ c->before }}</pre>
%       }
%       if (!c->removed) {
<p class="quiet">After</p>
<pre class="wrap lines">{{ c->after }}</pre>
%       }
</details>
%     } else if (c->added) {
<ins class="word">{{ c->after }}</ins>
%     } else if (c->removed) {
<del class="word">{{ c->before }}</del>
%     } else {
<del class="word">{{ c->before }}</del> <ins class="word">{{ c->after }}</ins>
%     }
</li>
%   }
</ul>
<p class="who">
%   if (v[i].commit.n) {
<a href="{{ v[i].commit }}">commit {{ v[i].seq }}</a>
%   } else {
commit {{ v[i].seq }}
%   }
%   if (v[i].proof.n) {
 <a href="{{ v[i].proof }}">its proof</a>
%   }
</p>
</li>
% }
</ol>
