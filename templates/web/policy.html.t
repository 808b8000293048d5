%% view policy(const policy_view *v)
%% include "web/policy.h"
% if (v->conflict.n) {
<div class="warning" role="alert"><p><strong>Somebody else changed it after you had opened it.</strong> Nothing of yours is kept yet. Below stands what you wrote, and how it differs from what they wrote. Take over what you need of theirs; saving then replaces it.</p></div>
% }
% if (v->n_faults) {
<div class="faults" role="alert"><p><strong>Nothing was kept.</strong></p><ul>
%   for (size_t i = 0; i < v->n_faults; i++) {
<li>{{ fault_words(v->q, v->q->type, &v->faults[i]) }}</li>
%   }
</ul></div>
% }
% if (v->accepted || v->asked) {
<ul class="counts"><li><a class="state" href="{{ v->accepted_href }}">{{ v->accepted }} accepted</a></li><li><a class="state" href="{{ v->asked_href }}">{{ v->asked }} asked</a></li></ul>
% }
% if (v->steps.n) {
<section class="section" aria-labelledby="steps"><h2 id="steps">What may be done next</h2>
%   tpl_special_steps(out, &v->steps);
</section>
% }
<div class="columns">
% if (v->writes) {
<section class="section" aria-labelledby="source"><h2 id="source">Text</h2>
<form id="write" action="{{ v->action }}" method="post"><input type="hidden" name="csrf" value="{{ v->q->session.csrf }}"><input type="hidden" name="version-read" value="{{ v->version }}">
<div class="field"><label for="f-body">The text, in Markdown</label><textarea id="f-body" name="body" class="mono" rows="28" required>
{{ v->body }}</textarea></div>
<div class="field"><label for="f-changes">What changed since the version before, and why</label><textarea id="f-changes" name="changes" rows="3">
{{ v->changes }}</textarea></div>
<p class="actions"><button name="do" value="save">Save</button> <button class="plain" name="do" value="preview">Look at it first</button></p>
</form>
</section>
% }
<section class="section" aria-labelledby="looks"><h2 id="looks">How it looks</h2>
<div id="preview">
% for (size_t i = 0; i < v->n_warnings; i++) {
<p class="warning">{{ v->warnings[i] }}</p>
% }
<div class="prose">
% markdown_put(out, v->body);
</div></div>
</section>
</div>
<section class="section" aria-labelledby="differs"><h2 id="differs">
% if (v->conflict.n) {
From theirs to yours
% } else {
What differs from the version that holds
% }
</h2>
<div id="diff">
% if (!v->base) {
<p class="quiet">It is the first version: there is none to compare it with.</p>
% } else if (!v->diff.added && !v->diff.removed) {
<p class="quiet">Nothing differs.</p>
% } else {
<p class="quiet">{{ (int64_t)v->diff.added }} lines added, {{ (int64_t)v->diff.removed }} removed.
%   if (v->base_href.n) {
Compared with <a href="{{ v->base_href }}">{{ v->base_title }}</a>.
%   }
</p>
%   tpl_policy_diff(out, &v->diff);
% }
</div>
</section>
