%% view portal_incident(const asking_view *v)
%% include "web/portal.h"
% if (v->fault.n) {
<p class="faults" role="alert">{{ v->fault }}</p>
% }
<form class="form" action="/my/incident" method="post">
<input type="hidden" name="csrf" value="{{ v->q->session.csrf }}">
<div class="field"><label for="title">What happened?</label>
<p class="help" id="title-help">One line: what you saw.</p>
<input id="title" name="title" autocomplete="off" maxlength="200" required aria-describedby="title-help" value="{{ asked_field(v, "title") }}"></div>
%   static const char *const kind_rows[][2] = { { "security", "Somebody may have got in, or tries to: a strange message, a stolen password" }, { "confidentiality", "Data went, or could be seen, where it should not" }, { "privacy", "Data of people is affected" }, { "availability", "Something does not work" }, { "integrity", "Data is wrong or was changed" }, { "physical", "A device, a badge or papers are lost or stolen; somebody is where they should not be" } };
<div class="field"><label for="kind">What is it about?</label>
<select id="kind" name="kind" required>
%   for (size_t i = 0; i < COUNT(kind_rows); i++) {
%     if (str_eq(asked_field(v, "kind"), str_of(kind_rows[i][0]))) {
<option value="{{ kind_rows[i][0] }}" selected>{{ kind_rows[i][1] }}</option>
%     } else {
<option value="{{ kind_rows[i][0] }}">{{ kind_rows[i][1] }}</option>
%     }
%   }
</select></div>
%   static const char *const severity_rows[][2] = { { "medium", "I am not sure" }, { "low", "A small thing" }, { "high", "Bad: customers or their data may be affected" }, { "critical", "Very bad: it happens right now" } };
<div class="field"><label for="severity">How bad may it be?</label>
<p class="help" id="severity-help">Guess; it is judged again by those who handle it.</p>
<select id="severity" name="severity" required aria-describedby="severity-help">
%   for (size_t i = 0; i < COUNT(severity_rows); i++) {
%     if (str_eq(asked_field(v, "severity"), str_of(severity_rows[i][0]))) {
<option value="{{ severity_rows[i][0] }}" selected>{{ severity_rows[i][1] }}</option>
%     } else {
<option value="{{ severity_rows[i][0] }}">{{ severity_rows[i][1] }}</option>
%     }
%   }
</select></div>
<div class="field"><label for="description">What exactly did you see? <span class="optional">(optional)</span></label>
<p class="help" id="description-help">When, where, who else knows. Do not try to clean up.</p>
<textarea id="description" name="description" maxlength="8000" aria-describedby="description-help">
{{ asked_field(v, "description") }}</textarea></div>
<div class="field"><label for="system">Which system or device? <span class="optional">(optional)</span></label>
<input id="system" name="system" autocomplete="off" maxlength="200" value="{{ asked_field(v, "system") }}"></div>
<div class="actions"><button>Report it</button> <a class="button plain" href="/my">Cancel</a></div>
</form>
