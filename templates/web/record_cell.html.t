%% view record_cell(const cell *c)
%% include "web/record.h"
% switch (c->kind) {
% case CELL_UNKNOWN:
<span class="quiet" title="not known">-</span>
%   break;
% case CELL_LINK:
%   if (c->href.n) {
<a class="{{ c->tight ? "nowrap" : "named" }}" href="{{ c->href }}">{{ c->text }}</a>
%   } else {
<span class="{{ c->tight ? "nowrap" : "named" }}">{{ c->text }}</span>
%   }
%   if (c->beside.n) {
 <span class="quiet">{{ c->beside }}</span>
%   }
%   break;
% case CELL_STATE:
<span class="state s-{{ c->mark.css }}">
%   if (c->mark.symbol[0]) {
<span aria-hidden="true">{{ c->mark.symbol }}</span>
%   }
{{ c->mark.word }}</span>
%   break;
% case CELL_LINKS:
<span class="ids">
%   for (size_t i = 0; i < c->n_parts; i++) {
%     if (c->parts[i].href.n) {
<a href="{{ c->parts[i].href }}" title="{{ c->parts[i].beside }}">{{ c->parts[i].text }}</a>
%     } else {
<span title="{{ c->parts[i].beside }}">{{ c->parts[i].text }}</span>
%     }
%   }
</span>
%   break;
% case CELL_TIME:
<span class="nowrap" title="{{ c->beside }}">{{ c->text }}</span>
%   break;
% case CELL_LONG:
<div class="wrap lines">{{ c->text }}</div>
%   break;
% case CELL_PROSE:
<div class="prose">
%   markdown_put(out, c->text);
</div>
%   break;
% case CELL_TEXT:
{{ c->text }}
%   if (c->beside.n) {
 <span class="quiet">{{ c->beside }}</span>
%   }
%   break;
% }
