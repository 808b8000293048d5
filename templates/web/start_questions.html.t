%% view start_questions(const start_view *v)
%% include "web/start.h"
<div class="field"><label for="service">What is the service called that the report is to be about?</label>
<p class="help" id="service-help">As customers know it, for example Example Cloud.</p>
<input id="service" name="service" autocomplete="off" required maxlength="200" aria-describedby="service-help" value="{{ v->service }}"></div>
<fieldset><legend>What is the report to cover?</legend>
<p class="help">Security is always covered. Add what customers ask for; a first report often covers security alone.</p>
% for (size_t i = 0; i < START_CATEGORIES; i++) {
%   const start_category *c = &start_categories[i];
%   if (v->categories & c->bit) {
<label class="check"><input type="checkbox" name="category_{{ (int)c->bit }}" value="yes" checked> <span><strong>{{ c->name }}</strong>. {{ c->says }}</span></label>
%   } else {
<label class="check"><input type="checkbox" name="category_{{ (int)c->bit }}" value="yes"> <span><strong>{{ c->name }}</strong>. {{ c->says }}</span></label>
%   }
% }
</fieldset>
<div class="field"><label for="contact">Where do people report a security problem? <span class="optional">(optional)</span></label>
<p class="help" id="contact-help">An address or a telephone number for the policies. Empty: your address.</p>
<input id="contact" name="contact" autocomplete="off" maxlength="200" aria-describedby="contact-help" value="{{ v->contact }}"></div>
