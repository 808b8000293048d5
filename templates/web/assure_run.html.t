%% view assure_run(const run_view *v)
%% include "web/assure_tests.h"
<p class="quiet">As of {{ v->as_of }}; it took {{ v->took }}. <a href="{{ v->back }}">Back to the test</a></p>
% if (v->r->reason.n) {
<p class="warning">{{ v->r->reason }}</p>
% }
<ul class="counts">
<li><strong>{{ v->r->population }}</strong> items looked at</li><li><a href="#items"><strong>{{ v->r->exceptions }}</strong> fail</a></li><li><a href="#items"><strong>{{ v->r->unknowns }}</strong> unknown</a></li><li><a href="#items"><strong>{{ v->r->waived }}</strong> of those that fail waived</a></li>
</ul>
<section class="section" aria-labelledby="items"><h2 id="items">Items, those that fail first</h2>
% if (!v->items.n) {
<p class="quiet">The population is empty.</p>
% } else {
%   tpl_assure_items(out, &v->items);
% }
% if (v->left > 0) {
<p class="quiet">{{ v->left }} more are not listed here. <code>attest assess {{ v->t->id }} --format csv</code> lists all of them.</p>
% }
</section>
<section class="section" aria-labelledby="needs"><h2 id="needs">What it read, and how fresh that was</h2>
% tpl_assure_needs(out, &v->needs);
</section>
