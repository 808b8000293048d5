%% view ledger(const ledger_view *v)
%% include "web/ledger.h"
% if (!v->signed_yet) {
<div class="empty"><p>Nothing has been signed yet. The first command that writes, as <code>attest collect</code>, publishes the log and signs its checkpoint.</p></div>
% } else {
%   if (v->size == v->commits) {
<p>All {{ v->commits }} commits stand in the checkpoint signed last.</p>
%   } else {
<p class="warning">The store holds {{ v->commits }} commits and the checkpoint signed last {{ v->size }}. What is missing is published by the next command that writes.</p>
%   }
<section class="section" aria-labelledby="checkpoint"><header><h2 id="checkpoint">The checkpoint signed last</h2><p><a href="/ledger/checkpoint">Download</a></p></header>
<pre tabindex="0">{{ v->checkpoint }}</pre>
<p class="quiet">Whose log it is, how many commits it holds, the root over all of them, the signature.</p>
</section>
<section class="section" aria-labelledby="key"><header><h2 id="key">The log's public key</h2><p><a href="/ledger/key">Download</a></p></header>
<pre class="wrap" tabindex="0">{{ v->vkey }}</pre>
</section>
% }
<section class="section" aria-labelledby="verify"><h2 id="verify">Verify</h2>
<p>Every row's commitment, every commit, the tree and its signature are computed again and compared; what was altered, removed or put in behind the program's back is named.</p>
% if (v->small) {
<form method="post" action="/ledger/verify"><input type="hidden" name="csrf" value="{{ v->q->session.csrf }}"><p class="actions"><button>Verify now</button></p></form>
% } else {
<p class="warning">This history is too long to be verified within a request. On this machine: <code>attest verify</code></p>
% }
<p>Do not take this server's word for it. <code>attest verify</code> does the same on this machine; <code>attest-ledger-verify</code> is a small program of its own that an auditor can compile and read; and a proof can be checked with openssl alone.</p>
</section>
<section class="section" aria-labelledby="proof"><h2 id="proof">Prove one commit</h2>
<form class="filters" method="get" action="/ledger/proof"><label>Number of the commit <input name="commit" type="number" min="0" required></label><button class="plain">Download the proof</button></form>
<p class="quiet">The proof of a fact stands on its page, below <a href="/facts">Facts</a>; numbers of commits stand in the <a href="/trail">audit trail</a>.</p>
</section>
<section class="section" aria-labelledby="witnesses"><h2 id="witnesses">Witnesses</h2>
<p>Nobody outside has cosigned this log yet. Until somebody does, whoever holds this machine and its keys could write another history and sign it. What stops that costs a minute: give the checkpoint to somebody who is not you, and again every month.</p>
<ol>
<li>Send it to your auditor by mail, and keep the mail.</li>
<li>Or print it, or put it where you cannot take it back: a repository of somebody else, a time-stamping service.</li>
<li>When it matters, the log must still lead from that checkpoint to the latest one. If it does not, history was written anew.</li>
</ol>
</section>
