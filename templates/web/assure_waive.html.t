%% view assure_waive(const waive_view *v)
%% include "web/assure_tests.h"
%% include "web/record.h"
% if (v->q->f.code && !v->q->faults.n) {
<div class="faults" role="alert"><p>{{ v->q->f.text }}</p></div>
% }
% if (v->q->faults.n) {
<ul class="faults" role="alert">
%   for (size_t i = 0; i < v->q->faults.n; i++) {
<li>{{ fault_words(v->q, relation_find(S("waiver")), &v->q->faults.v[i]) }}</li>
%   }
</ul>
% }
<form class="form" method="post">
<input type="hidden" name="csrf" value="{{ v->q->session.csrf }}">
<fieldset><legend>Which exceptions</legend>
% if (!v->n) {
<p class="quiet">Nothing of this test fails without a waiver, as last recorded.</p>
% }
% for (size_t i = 0; i < v->n; i++) {
<div class="check">
%   if (v->v[i].chosen) {
<input type="checkbox" name="item" value="{{ v->v[i].item }}" id="{{ v->v[i].id }}" checked>
%   } else {
<input type="checkbox" name="item" value="{{ v->v[i].item }}" id="{{ v->v[i].id }}">
%   }
<label for="{{ v->v[i].id }}"><span class="wrap">{{ v->v[i].item }}</span> <span class="quiet">{{ v->v[i].reason }}</span></label></div>
% }
% if (v->left) {
<p class="quiet">More fail than are listed here.</p>
% }
<div class="check">
% if (v->every) {
<input type="checkbox" name="every" value="1" id="every" checked>
% } else {
<input type="checkbox" name="every" value="1" id="every">
% }
<label for="every">Every item of this test, also those that fail later</label></div>
</fieldset>
<div class="field"><label for="reason">Why it is accepted, and what protects instead</label><textarea id="reason" name="reason" required>{{ v->reason }}</textarea></div>
<div class="row"><div class="field"><label for="starts_at">From</label><input id="starts_at" name="starts_at" type="date" value="{{ v->starts }}" required></div>
<div class="field"><label for="ends_at">Until</label><input id="ends_at" name="ends_at" type="date" value="{{ v->ends }}" required></div></div>
<div class="actions"><button>Ask for the waiver</button></div>
</form>
