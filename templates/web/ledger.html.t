%% view ledger(const ledger_view *v)
%% include "web/ledger.h"
% if (v->q->who.until) {
<p class="note">The log stands here as it is now, beyond the end of your engagement, since every proof leads to the checkpoint signed last. It gives a number of commits and hashes; what the later commits say is not shown.</p>
% }
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
% if (v->running) {
<p>It is being verified now. <a href="/ledger">Look again</a></p>
% } else if (!v->last.ended_at) {
<p>It has not been verified here yet; the server does it once a day.</p>
% } else if (v->last.why.n) {
<p class="fault">Tried last <time title="{{ time_text(v->q, v->last.ended_at) }}">{{ time_ago(v->q, v->last.ended_at) }}</time>, and it could not be done. <a href="/ledger/verified">Why</a></p>
% } else if (v->last.r.faults) {
<p class="fault">Verified last <time title="{{ time_text(v->q, v->last.ended_at) }}">{{ time_ago(v->q, v->last.ended_at) }}</time>: the history was changed. <a href="/ledger/verified">What is wrong: {{ v->last.r.faults }}</a></p>
% } else {
<p>Verified last <time title="{{ time_text(v->q, v->last.ended_at) }}">{{ time_ago(v->q, v->last.ended_at) }}</time>: the <a href="/ledger/verified">{{ v->last.r.commits }} commits there were</a> are whole.</p>
% }
% if (!v->running) {
<form method="post" action="/ledger/verify"><input type="hidden" name="csrf" value="{{ v->q->session.csrf }}"><p class="actions"><button>Verify now</button></p></form>
% }
<p>Do not take this server's word for it. <code>attest verify</code> does the same on this machine; <code>attest-ledger-verify</code> is a small program of its own that an auditor can compile and read; and a proof can be checked with openssl alone.</p>
</section>
<section class="section" aria-labelledby="proof"><h2 id="proof">Prove one commit</h2>
<form class="filters" method="get" action="/ledger/proof"><label>Number of the commit <input name="commit" type="number" min="0" required></label><button class="plain">Download the proof</button></form>
<p class="quiet">The proof of a fact stands on its page, below <a href="/facts">Facts</a>; numbers of commits stand in the <a href="/trail">audit trail</a>.</p>
</section>
<section class="section" aria-labelledby="witnesses"><h2 id="witnesses">Witnesses</h2>
% if (v->n_witnesses) {
<p>Others who sign what they saw of this log, and only what holds all they saw before. Whoever holds this machine and its keys cannot write another history past them.</p>
<div class="scroll"><table class="stack">
<thead><tr><th scope="col">Witness</th><th scope="col">Who</th><th scope="col" class="num">Entries</th><th scope="col">Signed last</th>
%   if (v->may_witness) {
<th scope="col">To send</th><th scope="col">Change</th>
%   }
</tr></thead><tbody>
%   for (size_t i = 0; i < v->n_witnesses; i++) {
%     const log_witness *w = &v->witnesses[i];
<tr><th scope="row" class="wrap">{{ w->name }}</th><td data-label="Who">{{ w->who }}</td>
%     if (w->cosigned) {
<td class="num" data-label="Entries">{{ (int64_t)w->size }}</td><td data-label="Signed last"><time title="{{ time_text(v->q, w->at) }}">{{ time_ago(v->q, w->at) }}</time></td>
%     } else {
<td></td><td data-label="Signed last">not yet</td>
%     }
%     if (v->may_witness) {
<td data-label="To send"><a href="/ledger/request?witness={{ query w->name }}">Request</a></td>
<td><form method="post" action="/ledger/witness/remove"><input type="hidden" name="csrf" value="{{ v->q->session.csrf }}"><input type="hidden" name="witness" value="{{ w->name }}"><button class="link">Remove</button></form></td>
%     }
</tr>
%   }
</tbody></table></div>
% } else {
<p>Nobody outside has cosigned this log yet. Until somebody does, whoever holds this machine and its keys could write another history and sign it. A witness stops that: somebody who is not you, the audit firm first of all.</p>
% }
% if (v->may_witness) {
<ol>
<li>They make a key on a machine of their own, with <code>attest ledger witness new</code>, and send you the public one. You add it here.</li>
<li>From time to time, each month say, you send them the request. They sign it with <code>attest ledger cosign</code> and send it back.</li>
<li>You bring back what they signed. If they refuse, they have seen another history than the one that stands here.</li>
</ol>
<form class="form" method="post" action="/ledger/witness"><input type="hidden" name="csrf" value="{{ v->q->session.csrf }}">
<div class="field"><label for="vkey">Public key of the witness</label><input id="vkey" name="vkey" required autocomplete="off" spellcheck="false" aria-describedby="vkey-help"><p class="help" id="vkey-help">As <code>audit.example/kim+5e6f7a8b+BMd...</code></p></div>
<div class="field"><label for="who">Who that is</label><input id="who" name="who" required maxlength="200"></div>
<div class="actions"><button class="plain">Add the witness</button></div></form>
%   if (v->n_witnesses) {
<form class="form" method="post" action="/ledger/cosigned" enctype="multipart/form-data"><input type="hidden" name="csrf" value="{{ v->q->session.csrf }}">
<div class="field"><label for="cosigned">What a witness sent back</label><input id="cosigned" name="cosigned" type="file" required></div>
<div class="actions"><button class="plain">Keep it</button></div></form>
%   }
% } else {
<p class="quiet">Managers and owners say who is a witness. An auditor is a good one: <code>attest ledger witness new</code> makes the key on your own machine.</p>
% }
</section>
