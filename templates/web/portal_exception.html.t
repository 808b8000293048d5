%% view portal_exception(const asking_view *v)
%% include "web/portal.h"
% if (v->fault.n) {
<p class="faults" role="alert">{{ v->fault }}</p>
% }
<form class="form" action="/my/exception" method="post">
<input type="hidden" name="csrf" value="{{ v->q->session.csrf }}">
<div class="field"><label for="title">What do you need to do differently?</label>
<p class="help" id="title-help">One line.</p>
<input id="title" name="title" autocomplete="off" maxlength="200" required aria-describedby="title-help" value="{{ asked_field(v, "title") }}"></div>
<div class="field"><label for="policy">Which policy?</label>
<select id="policy" name="policy" required>
<option value="">Choose one</option>
%   for (size_t i = 0; i < v->choices.n_rows; i++) {
%     if (!str_eq(table_cell(&v->choices, i, 0), S("policy"))) {
%       continue;
%     }
%     if (str_eq(table_cell(&v->choices, i, 1), asked_field(v, "policy"))) {
<option value="{{ table_cell(&v->choices, i, 1) }}" selected>{{ table_cell(&v->choices, i, 2) }}</option>
%     } else {
<option value="{{ table_cell(&v->choices, i, 1) }}">{{ table_cell(&v->choices, i, 2) }}</option>
%     }
%   }
</select></div>
<div class="field"><label for="reason">Why can the policy not be kept?</label>
<textarea id="reason" name="reason" required maxlength="8000">
{{ asked_field(v, "reason") }}</textarea></div>
<div class="field"><label for="exposure">What could happen because of it? <span class="optional">(optional)</span></label>
<textarea id="exposure" name="exposure" maxlength="8000">
{{ asked_field(v, "exposure") }}</textarea></div>
<div class="field"><label for="compensation">What protects instead? <span class="optional">(optional)</span></label>
<textarea id="compensation" name="compensation" maxlength="8000">
{{ asked_field(v, "compensation") }}</textarea></div>
<div class="row">
<div class="field"><label for="starts_at">From</label>
<input id="starts_at" name="starts_at" type="date" required value="{{ asked_field(v, "starts_at") }}"></div>
<div class="field"><label for="ends_at">Until</label>
<p class="help" id="ends_at-help">At most a year.</p>
<input id="ends_at" name="ends_at" type="date" required aria-describedby="ends_at-help" value="{{ asked_field(v, "ends_at") }}"></div>
</div>
<div class="actions"><button>Ask for it</button> <a class="button plain" href="/my">Cancel</a></div>
</form>
