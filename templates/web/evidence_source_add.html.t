%% view evidence_source_add(const source_add_view *v)
%% include "web/evidence_sources.h"
% if (v->fault.n) {
<p class="faults" role="alert">{{ v->fault }}</p>
% }
<form class="form" action="/sources/add" method="post">
<input type="hidden" name="csrf" value="{{ v->q->session.csrf }}">
<input type="hidden" name="back" value="/sources/add">
<fieldset><legend>What is to be looked at?</legend>
% for (size_t i = 0; i < v->n; i++) {
%   const source_offer *o = &v->v[i];
%   if (o->there) {
<label class="check"><input type="radio" name="kind" value="{{ o->kind }}" disabled> <span><strong>{{ o->kind }}</strong> {{ o->doc }} <span class="quiet">is there already</span></span></label>
%   } else if (str_eq(v->kind, o->kind)) {
<label class="check"><input type="radio" name="kind" value="{{ o->kind }}" required checked> <span><strong>{{ o->kind }}</strong> {{ o->doc }}</span></label>
%   } else {
<label class="check"><input type="radio" name="kind" value="{{ o->kind }}" required> <span><strong>{{ o->kind }}</strong> {{ o->doc }}</span></label>
%   }
% }
</fieldset>
<div class="field"><label for="argument">Where the repository is <span class="optional">(for git)</span></label>
<p class="help" id="argument-help">Its whole path on that machine, for example /srv/app. It is checked before it is kept.</p>
<input id="argument" name="argument" class="mono" autocomplete="off" spellcheck="false" maxlength="4000" aria-describedby="argument-help" value="{{ v->argument }}"></div>
<div class="actions"><button>Add the source</button> <a href="/sources">Back</a></div>
</form>
<section class="section" aria-labelledby="elsewhere">
<h2 id="elsewhere">What is added elsewhere</h2>
<dl class="facts">
<dt>A program of yours</dt><dd>A source of the kind exec runs a program on that machine. Whoever may add one may run anything there, so it is added on its command line alone: <code>attest source add exec PROGRAM</code></dd>
<dt>Another machine, a cloud, a script</dt><dd>It sends what it sees by itself: <a href="/account/tokens?scope=ingest">make a token</a> with the scope ingest or agent. Its source appears with its first rows.</dd>
</dl>
</section>
