%% view assure_run(const run_view *v)
%% include "web/assure_tests.h"
<p class="quiet">As of {{ v->as_of }}; it took {{ v->took }}. <a href="{{ v->back }}">Back to the test</a></p>
% if (v->r->reason.n) {
<p class="warning">{{ v->r->reason }}</p>
% }
<dl class="figures"><div><dt>items looked at</dt><dd>{{ v->r->population }}</dd></div><div><dt>fail</dt><dd>{{ v->r->exceptions }}</dd></div><div><dt>unknown</dt><dd>{{ v->r->unknowns }}</dd></div><div><dt>of those that fail, waived</dt><dd>{{ v->r->waived }}</dd></div></dl>
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
