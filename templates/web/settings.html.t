%% view settings(const settings_view *v)
%% include "web/settings.h"
<ul class="work">
<li><span><a href="/settings/people">People and access</a> <span class="sub">Who can sign in, with what; one-time links; roles.</span></span></li>
<li><span><a href="/settings/sessions">Sessions and tokens</a> <span class="sub">{{ v->n_sessions }} sessions, {{ v->n_tokens }} tokens</span></span></li>
<li><span><a href="/settings/messages">Messages</a> <span class="sub">Mail and webhooks: where they go, what became of the last, trying one out.</span></span></li>
<li><span><a href="/sources">Sources</a> <span class="sub">Where facts come from, and what was denied.</span></span></li>
<li><span><a href="/trail">Trail</a> <span class="sub">Who changed what, and who came by network.</span></span></li>
</ul>

<section class="section" aria-labelledby="config">
<h2 id="config">Set in the configuration</h2>
<p>These stand in the file <code>config</code> of the workspace's directory, and but for webhooks nobody changes them from a browser. Add or change the line, then restart <code>attest serve</code>. What is a secret stands in a file that the line names.</p>
<div class="scroll"><table class="stack"><thead><tr><th scope="col">What</th><th scope="col">Now</th><th scope="col">The line</th></tr></thead>
% for (size_t i = 0; i < n_setting_rows; i++) {
%   const setting_row *r = &setting_rows[i];
%   str now = setting_of(v, r->key);
%   if (r->group) {
<tbody><tr><th scope="rowgroup" colspan="3"><strong>{{ r->group }}</strong></th></tr>
%   }
<tr><th scope="row">{{ r->label }}<span class="sub">{{ r->says }}</span></th>
%   if (now.n) {
<td data-label="Now" class="wrap">{{ now }}</td>
%   } else {
<td data-label="Now" class="quiet">{{ r->otherwise }}</td>
%   }
<td data-label="The line"><code>{{ r->line }}</code></td></tr>
%   if (i + 1 == n_setting_rows || setting_rows[i + 1].group) {
</tbody>
%   }
% }
</table></div>
</section>

<section class="section" aria-labelledby="oidc">
<h2 id="oidc">Signing in through an identity provider (OpenID Connect)</h2>
% if (setting_of(v, "oidc_issuer").n) {
<p>People can sign in through <strong>{{ setting_of(v, "oidc_issuer") }}</strong>.
%   if (setting_of(v, "oidc_trust_mfa").n) {
Its second factor is trusted.
%   }
</p>
% } else {
<p class="quiet">Not connected.</p>
% }
<details class="more"><summary>How to connect one</summary>
<p>Register a web application there with the redirect address <code>{{ v->origin }}/sign-in/oidc</code>, then add these lines:</p>
<pre><code>oidc_issuer: https://id.example.org
oidc_client_id: CLIENT
oidc_client_secret_file: FILE
oidc_name: Example ID</code></pre></details>
</section>

<section class="section" aria-labelledby="scim">
<h2 id="scim">Joiners and leavers from an identity provider (SCIM)</h2>
% if (v->n_scim) {
<p>{{ v->n_scim }} tokens for SCIM exist. <a href="/settings/sessions">Show</a></p>
% } else {
<p class="quiet">Not connected.</p>
% }
<details class="more"><summary>How to connect one</summary>
<ol><li><a href="/account/tokens?scope=scim">Make a token</a> with the scope scim. It ends when you leave; then another manager makes one.</li>
<li>Give the provider the address <code>{{ v->scim_url }}</code> and the token as its bearer token.</li>
<li>Assign the people. Who is set inactive there leaves here, and every session ends.</li></ol></details>
</section>

<section class="section" aria-labelledby="agents">
<h2 id="agents">Agents and programs that send facts</h2>
% if (v->n_agents) {
<p>{{ v->n_agents }} tokens exist. <a href="/settings/sessions">Show</a></p>
% } else {
<p class="quiet">None yet.</p>
% }
<p><a class="button plain" href="/account/tokens?scope=agent">Make a token for an agent</a></p>
</section>
