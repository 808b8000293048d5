%% view record_import(const import_view *v)
%% include "web/record_files.h"
% if (v->report) {
%   if (v->kept) {
<div class="flash" role="status"><p>{{ v->report->done.seq < 0 ? "Nothing changed: it is so already." : "Kept." }} <a href="{{ v->back }}">See them</a></p></div>
%   } else if (v->ready) {
<div class="note" role="status"><p>{{ v->name }} was checked and nothing is wrong with it. Nothing is kept yet.</p></div>
%   } else {
<div class="faults" role="alert"><p><strong>{{ v->why }}</strong></p></div>
%   }
<ul class="counts">
<li><strong>{{ v->report->rows }}</strong> {{ v->report->rows == 1 ? "row" : "rows" }}</li>
<li><strong>{{ v->report->added }}</strong> {{ v->kept ? "added" : "to be added" }}</li>
<li><strong>{{ v->report->changed }}</strong> {{ v->kept ? "changed" : "to be changed" }}</li>
<li><strong>{{ v->report->same }}</strong> as they were</li>
%   if (v->report->n_faults) {
<li class="s-fail"><strong>{{ v->report->n_faults }}</strong> wrong</li>
%   }
</ul>
%   if (v->sync) {
<p>Headcount: opening {{ v->sync->opening }} + joiners {{ v->sync->joiners }} - leavers {{ v->sync->leavers }} = closing {{ v->sync->closing }}; the file counts {{ v->sync->in_file }}.</p>
%     if (v->sync->lines.n) {
<div class="scroll" tabindex="0" role="region" aria-label="What changes">
<table><thead><tr><th scope="col">Person</th><th scope="col">What</th><th scope="col">Why</th></tr></thead><tbody>
%       for (size_t i = 0; i < v->sync->lines.n && i < 500; i++) {
<tr><th scope="row">{{ v->sync->lines.v[i].id }}</th><td>{{ sync_name(v->sync->lines.v[i].kind) }}</td><td>{{ v->sync->lines.v[i].why }}</td></tr>
%       }
</tbody></table></div>
%     }
%   }
%   if (v->report->faults.n) {
<div class="scroll" tabindex="0" role="region" aria-label="What is wrong">
<table><thead><tr><th scope="col" class="num">Line</th><th scope="col">Field</th><th scope="col">What is wrong</th></tr></thead><tbody>
%     for (size_t i = 0; i < v->report->faults.n && i < 200; i++) {
<tr><td class="num">
%       if (v->report->faults.v[i].line) {
{{ v->report->faults.v[i].line }}
%       } else {
the file
%       }
</td><td>{{ v->report->faults.v[i].field }}</td><td>{{ v->report->faults.v[i].why }}</td></tr>
%     }
</tbody></table></div>
%     if (v->report->n_faults > 200) {
<p>and {{ v->report->n_faults - 200 }} more.</p>
%     }
%   }
% }
% if (v->ready && !v->large) {
<form class="form" action="{{ v->action }}" method="post" enctype="multipart/form-data">
<input type="hidden" name="csrf" value="{{ v->q->session.csrf }}">
<input type="hidden" name="what" value="keep">
<input type="hidden" name="carried-name" value="{{ v->name }}">
<input type="hidden" name="carried" value="{{ v->content }}">
%   for (size_t i = 0; i < v->fm->v.n; i++) {
%     const input *in = &v->fm->v.v[i];
%     if (in->kind == INPUT_CHECK && in->checked) {
<input type="hidden" name="{{ in->name }}" value="yes">
%     } else if (in->kind == INPUT_LONG) {
<textarea name="{{ in->name }}" hidden aria-label="{{ in->label }}">
{{ in->text }}</textarea>
%     } else if (in->kind != INPUT_CHECK && in->kind != INPUT_FILE) {
<input type="hidden" name="{{ in->name }}" value="{{ in->text }}">
%     }
%   }
<p class="actions"><button>Keep it</button> <a href="{{ v->back }}">Leave it</a></p>
</form>
<details class="more"><summary>Another file</summary>
% }
<form class="form" action="{{ v->action }}" method="post" enctype="multipart/form-data">
<input type="hidden" name="csrf" value="{{ v->q->session.csrf }}">
%   form_put(out, v->fm);
<p class="actions"><button name="what" value="check">Check it first</button>
% if (v->ready && v->large) {
<button class="plain" name="what" value="keep">Keep it: choose the same file again</button>
% }
 <a href="{{ v->back }}">Leave it</a></p>
% if (v->example.n) {
<details class="more"><summary>Its columns</summary><p>The first line of a CSV names fields; these may stand in it:</p><pre class="wrap lines">{{ v->example }}</pre></details>
% }
</form>
% if (v->ready && !v->large) {
</details>
% }
