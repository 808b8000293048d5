%% view tabs(const tab *v, size_t n, const char *label)
%% include "web/page.h"
<nav class="tabs" aria-label="{{ label }}"><ul>
% for (size_t i = 0; i < n; i++) {
%   if (v[i].here) {
<li><a href="{{ v[i].href }}" aria-current="page">{{ v[i].text }}</a></li>
%   } else {
<li><a href="{{ v[i].href }}">{{ v[i].text }}</a></li>
%   }
% }
</ul></nav>
