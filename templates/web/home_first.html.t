%% view home_first(const home_view *v)
%% include "web/home.h"
<p class="lead">Nothing was assessed yet, so nothing can be said about where you stand. Three steps lead there.</p>
<ol class="steps">
<li class="{{ v->policies ? "done" : "" }}"><p><strong>Set up the program</strong></p>
% if (v->policies) {
<p class="quiet"><a href="{{ link_to(v->q, "/policy") }}">{{ v->policies }} {{ v->policies == 1 ? "policy" : "policies" }}</a> and <a href="{{ link_to(v->q, "/person") }}">{{ v->people }} {{ v->people == 1 ? "person" : "people" }}</a> are there.</p>
% } else {
<p>A few answers make the first policies, controls with owners and the tasks that follow.</p>
%   if (shown_to(v->q, PERMIT_OWNER) && !v->q->as_of) {
<p><a class="button" href="/setup">Answer them</a></p>
%   } else {
<p class="quiet">An owner is asked them here.</p>
%   }
% }
</li>
<li class="{{ v->n_read ? "done" : "" }}"><p><strong>Read a source</strong></p>
% if (v->n_read) {
<p class="quiet"><a href="{{ link_to(v->q, "/sources") }}">{{ v->n_read }} {{ v->n_read == 1 ? "was" : "were" }} read.</a></p>
% }
% if (v->n_unread) {
%   tpl_home_unread(out, v);
% } else if (!v->n_read) {
<p>A source reads facts from a real system: a host, a repository, a directory. <a href="/sources">Sources</a></p>
% }
</li>
<li><p><strong>Assess</strong></p>
<p>Every test is run over the facts and the records; each criterion gets its state.</p>
% if (v->may_run) {
<form action="/jobs/assess" method="post"><input type="hidden" name="csrf" value="{{ v->q->session.csrf }}"><button>Assess now</button></form>
% } else {
<p class="quiet">A manager or an owner can start it here; it also runs by itself.</p>
% }
</li>
</ol>
