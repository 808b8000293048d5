%% view setup(const start_view *v)
%% include "web/start.h"
% if (v->fault.n) {
<p class="faults" role="alert">{{ v->fault }}</p>
% }
<form class="form" action="/setup" method="post">
<input type="hidden" name="csrf" value="{{ v->q->session.csrf }}">
<p>You answer for the program at first, and hand parts of it on later.</p>
% tpl_start_questions(out, v);
<div class="actions"><button>Set up the program</button></div>
</form>
