%% view review(const review_view *v)
%% include "web/review.h"
% if (v->n_faults) {
<div class="faults" role="alert"><p><strong>Nothing was kept.</strong> One or more of the decisions were refused:</p>
<ul>
%   for (size_t i = 0; i < v->n_faults; i++) {
<li>{{ v->faults[i] }}</li>
%   }
</ul></div>
% }
<ul class="counts">
<li><strong>{{ v->pending }}</strong> to decide</li>
<li>{{ v->kept }} kept</li>
<li>{{ v->revoked }} revoked</li>
<li>{{ v->changed }} to be changed</li>
<li>{{ v->carry }} to carry out</li>
<li><a class="state" href="{{ link_to(v->q, "/access_decision?review=" STR_FMT, STR_ARG(v->id)) }}">{{ v->accounts }} accounts in all</a></li>
</ul>
<p class="quiet">{{ v->reviewer }} decides.
% if (v->due.n) {
<span title="{{ v->due }}" class="{{ v->late ? "late" : "nowrap" }}">Due {{ v->due_ago }}.</span>
% }
% if (v->before_href.n) {
The review before it: <a href="{{ v->before_href }}">{{ v->before }}</a>.
% } else {
It is the first review of this system.
% }
</p>
% if (v->running && !v->mine && !v->q->as_of) {
<p class="note">You see what {{ v->reviewer }} decides on; the decisions are not yours to take.</p>
% }
% if (v->steps.n && !v->any_open) {
<section class="section" aria-labelledby="steps"><h2 id="steps">The review itself</h2>
%   tpl_special_steps(out, &v->steps);
</section>
% }
% if (!v->accounts) {
<div class="empty"><p>No accounts are frozen yet. Start the review: the accounts of the system as they are then are what it decides on.</p></div>
% }
% if (v->any_open) {
<form id="work" action="{{ v->action }}" method="post">
<input type="hidden" name="csrf" value="{{ v->q->session.csrf }}">
<p class="note" id="keys">Keys: <kbd>j</kbd> next, <kbd>k</kbd> previous, <kbd>y</kbd> keep, <kbd>n</kbd> revoke, <kbd>c</kbd> change, <kbd>u</kbd> undo, <kbd>s</kbd> to the button that saves. Without them: Tab and the arrows. <span id="chosen" role="status"></span></p>
% for (size_t k = 0; k < v->n_groups; k++) {
%   if (v->groups[k].open) {
%     tpl_review_group(out, v, &v->groups[k]);
%   }
% }
<p class="actions"><button id="save">Save the decisions</button> <span class="quiet">All of them or none, as one entry of the history.</span></p>
</form>
% }
% for (size_t k = 0; k < v->n_groups; k++) {
%   if (!v->groups[k].open) {
%     tpl_review_group(out, v, &v->groups[k]);
%   }
% }
% tpl_assure_pager(out, &v->pages);
% if (v->steps.n && v->any_open) {
<section class="section" aria-labelledby="steps"><h2 id="steps">The review itself</h2>
%   tpl_special_steps(out, &v->steps);
</section>
% }
