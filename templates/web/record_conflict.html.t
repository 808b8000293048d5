%% view record_conflict(const conflict_view *v)
%% include "web/record_edit.h"
<p class="lead">{{ v->by }} changed it {{ v->ago }}, after you had opened it. Nothing of yours is kept yet.</p>
<form action="{{ v->action }}" method="post">
<input type="hidden" name="csrf" value="{{ v->q->session.csrf }}">
<input type="hidden" name="version-read" value="{{ v->version }}">
<input type="hidden" name="commit-reason" value="{{ v->reason }}">
% if (v->n_both) {
<h2>Choose one of each</h2>
%   for (size_t i = 0; i < v->n_both; i++) {
%     const conflict_row *row = &v->both[i];
<fieldset class="field"><legend>{{ row->label }}</legend>
<p class="help">It was: {{ row->base }}</p>
<label class="check"><input type="radio" name="{{ row->name }}" value="{{ row->theirs_text }}"><span class="lines"><strong>As it is now:</strong> {{ row->theirs }}</span></label>
<label class="check"><input type="radio" name="{{ row->name }}" value="{{ row->mine_text }}" checked><span class="lines"><strong>As you wrote it:</strong> {{ row->mine }}</span></label>
</fieldset>
%   }
% }
% if (v->n_mine) {
<h2>Changed by you alone</h2>
<dl class="facts">
%   for (size_t i = 0; i < v->n_mine; i++) {
<dt>{{ v->mine[i].label }}</dt>
<dd class="lines"><del class="word">{{ v->mine[i].base }}</del> <ins class="word">{{ v->mine[i].mine }}</ins><input type="hidden" name="{{ v->mine[i].name }}" value="{{ v->mine[i].mine_text }}"></dd>
%   }
</dl>
% }
% if (v->n_theirs) {
<h2>Changed by {{ v->by }} alone: stays as it is</h2>
<dl class="facts">
%   for (size_t i = 0; i < v->n_theirs; i++) {
<dt>{{ v->theirs[i].label }}</dt>
<dd class="lines"><del class="word">{{ v->theirs[i].base }}</del> <ins class="word">{{ v->theirs[i].theirs }}</ins></dd>
%   }
</dl>
% }
<p class="actions"><button>Save what is chosen</button> <a href="{{ v->back }}">Leave mine out</a></p>
</form>
