%% view design_forms(const design_view *v)
%% include "web/design.h"
% (void)v;
<section class="section"><h2>Forms</h2>
<form class="form" action="/design" method="get">
<div class="field"><label for="d-title">Title</label><input id="d-title" name="title" aria-describedby="d-title-help"><p class="help" id="d-title-help">.help: what belongs here, in a few words.</p></div>
<div class="field"><label for="d-owner">Owner <span class="optional">if it is known</span></label><input id="d-owner" name="owner" aria-invalid="true" aria-describedby="d-owner-fault" value="nobody"><p class="fault" id="d-owner-fault">There is no person "nobody".</p></div>
<div class="row"><div class="field"><label for="d-due">By when</label><input id="d-due" name="due" type="date"></div><div class="field"><label for="d-kind">Kind</label><select id="d-kind" name="kind"><option>employee</option><option>contractor</option></select></div></div>
<fieldset class="field"><legend>Treatment</legend><label class="check"><input type="radio" name="treatment" value="mitigate" checked> mitigate</label><label class="check"><input type="radio" name="treatment" value="accept"> accept</label></fieldset>
<div class="field"><label for="d-text">Why</label><textarea id="d-text" name="text" rows="3"></textarea></div>
<div class="actions"><button>Save</button> <button class="plain" name="what" value="preview">Preview</button> <button class="danger" name="what" value="remove">Remove</button> <button disabled>Not now</button> <button class="plain small" name="what" value="small">Small</button></div>
</form>
<p class="quiet">One button without a class: what the page is for. .plain for the rest, .danger for what cannot be taken back.</p></section>
