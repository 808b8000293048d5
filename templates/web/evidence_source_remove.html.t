%% view evidence_source_remove(const source_remove_view *v)
%% include "web/evidence_sources.h"
<p>Remove <strong class="wrap">{{ v->id }}</strong>?</p>
<ul>
<li>Its facts are no longer current: their rows are closed in one commit. The history keeps them, and what stood before can be seen with a date.</li>
<li>Tests that read only what it told have no data from now on. A pass is not kept on old facts.</li>
% if (!v->configured) {
<li>It is not configured here. If it goes on sending rows, it appears again; end its token first.</li>
% }
% if (v->program) {
<li>It is a program, which cannot be added here again, but on the command line alone.</li>
% }
</ul>
<form class="form" action="/sources/remove" method="post">
<input type="hidden" name="csrf" value="{{ v->q->session.csrf }}">
<input type="hidden" name="back" value="{{ v->back }}">
<input type="hidden" name="id" value="{{ v->id }}">
<div class="actions"><button class="danger">Remove the source</button> <a href="{{ v->back }}">Back</a></div>
</form>
