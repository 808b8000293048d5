%% view enrol_more(const enrol_view *v)
%% include "web/sign_in.h"
% if (v->step == ENROL_CODES) {
<p>Your phone can be lost. Ten recovery codes let you in without it, each once. Print them, or keep them where you keep what matters.</p>
<form action="/account/enrol/codes" method="post"><input type="hidden" name="csrf" value="{{ v->q->session.csrf }}"><p><button>Show my recovery codes</button></p></form>
% } else {
<p>You sign in with what you set up from now on.</p>
<form action="/account/enrol/done" method="post"><input type="hidden" name="csrf" value="{{ v->q->session.csrf }}"><p><button>Continue</button></p></form>
<form action="/account/enrol/codes" method="post"><input type="hidden" name="csrf" value="{{ v->q->session.csrf }}"><p class="help">Did you not keep the recovery codes? <button class="link">Make new ones</button></p></form>
% }
