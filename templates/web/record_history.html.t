%% view record_history(const history_view *v)
%% include "web/record_show.h"
<p><a href="{{ v->back }}">Back to {{ v->id }}</a>. Each version is a leaf of the ledger: its proof can be checked without us.</p>
%   tpl_record_versions(out, v->v, v->n);
