%% view assure_stamp(const assessed *v)
%% include "web/assure.h"
% if (!v->any) {
<div class="empty">
<p>No assessment has been recorded{{ v->q->as_of ? " by then" : "" }}, so no state is known. An assessment runs every test over the facts and records, and keeps the outcome.</p>
%   if (v->may_start) {
<form action="/jobs/assess" method="post"><input type="hidden" name="csrf" value="{{ v->q->session.csrf }}"><button>Assess now</button></form>
%   }
</div>
% } else {
<p class="quiet">As recorded {{ time_ago(v->q, v->at) }}, on <a href="{{ v->commit_link }}">{{ time_text(v->q, v->at) }}</a>.
%   if (v->collections + v->changes == 0) {
Nothing has been written since.
%   } else {
Since then: <a href="{{ v->since_link }}">{{ v->collections }} {{ v->collections == 1 ? "collection" : "collections" }} and {{ v->changes }} {{ v->changes == 1 ? "change" : "changes" }}</a>, which the next assessment takes in.
%   }
</p>
% }
