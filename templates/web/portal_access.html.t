%% view portal_access(const asking_view *v)
%% include "web/portal.h"
% if (v->fault.n) {
<p class="faults" role="alert">{{ v->fault }}</p>
% }
<form class="form" action="/my/access" method="post">
<input type="hidden" name="csrf" value="{{ v->q->session.csrf }}">
<datalist id="systems">
%   for (size_t i = 0; i < v->choices.n_rows; i++) {
%     if (str_eq(table_cell(&v->choices, i, 0), S("system"))) {
<option value="{{ table_cell(&v->choices, i, 1) }}"></option>
%     }
%   }
</datalist>
<div class="field"><label for="system">To which system?</label>
<input id="system" name="system" autocomplete="off" list="systems" maxlength="200" required value="{{ asked_field(v, "system") }}"></div>
<div class="field"><label for="entitlement">What do you need there?</label>
<p class="help" id="entitlement-help">The role or right, as the system calls it; for example reader.</p>
<input id="entitlement" name="entitlement" autocomplete="off" maxlength="200" required aria-describedby="entitlement-help" value="{{ asked_field(v, "entitlement") }}"></div>
<fieldset><legend>Does it let you administer the system?</legend>
% if (str_eq(asked_field(v, "privileged"), S("true"))) {
<label class="check"><input type="radio" name="privileged" value="false"> <span>No</span></label>
<label class="check"><input type="radio" name="privileged" value="true" checked> <span>Yes</span></label>
% } else {
<label class="check"><input type="radio" name="privileged" value="false" checked> <span>No</span></label>
<label class="check"><input type="radio" name="privileged" value="true"> <span>Yes</span></label>
% }
</fieldset>
<div class="field"><label for="reason">What do you need it for?</label>
<textarea id="reason" name="reason" required maxlength="8000">
{{ asked_field(v, "reason") }}</textarea></div>
<div class="field"><label for="expires_at">Until when? <span class="optional">(optional)</span></label>
<p class="help" id="expires_at-help">Empty: as long as your work needs it.</p>
<input id="expires_at" name="expires_at" type="date" aria-describedby="expires_at-help" value="{{ asked_field(v, "expires_at") }}"></div>
<div class="actions"><button>Ask for it</button> <a class="button plain" href="/my">Cancel</a></div>
</form>
