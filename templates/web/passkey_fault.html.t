%% view passkey_fault(const passkey_fault_view *v)
%% include "web/passkey.h"
<p class="faults" role="alert">{{ v->fault }}</p>
<p><a class="button" href="{{ v->back }}">Try again</a></p>
