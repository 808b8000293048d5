%% view registers(const registers_view *v)
%% include "web/record_files.h"
<ul class="counts">
%   for (int i = 0; i < REGISTERS_SHOWN_COUNT; i++) {
%     if (v->shows == i) {
<li><a href="{{ v->links[i] }}" aria-current="true"><strong>{{ v->counts[i] }}</strong> {{ v->words[i] }}</a></li>
%     } else {
<li><a href="{{ v->links[i] }}"><strong>{{ v->counts[i] }}</strong> {{ v->words[i] }}</a></li>
%     }
%   }
</ul>
% for (size_t g = 0; g < v->n_groups; g++) {
%   const register_group *group = &v->groups[g];
<section class="section" aria-labelledby="g-{{ group->group }}"><h2 id="g-{{ group->group }}">{{ group->group }}</h2>
<div class="scroll" tabindex="0" role="region" aria-label="Registers of {{ group->group }}">
<table class="stack registers">
<thead><tr><th scope="col">Register</th><th scope="col" class="num">Records</th><th scope="col">What it holds</th><th scope="col">Said to be complete</th></tr></thead>
<tbody>
%   for (size_t i = 0; i < group->n; i++) {
%     const register_row *row = &group->v[i];
<tr><th scope="row"><a href="{{ row->href }}">{{ row->label }}</a></th>
<td class="num" data-label="Records">
%     if (row->n >= 0) {
<a href="{{ row->href }}">{{ row->n }}<span class="away"> {{ row->label }}</span></a>
%     }
</td>
<td data-label="Holds">{{ row->r->doc }}</td>
<td data-label="Complete">
%     if (row->said.n) {
{{ row->said }} <span class="sub">{{ row->said_when }}</span>
%     } else if (row->n == 0) {
<span class="quiet">nobody has said</span>
%     }
%     if (v->may_declare && strcmp(row->r->name, "register") != 0) {
<a class="nowrap" href="{{ row->none }}">{{ row->said.n ? "Say it again" : row->n ? "Say it is complete" : "There is none" }}<span class="away">: {{ row->label }}</span></a>
%     }
</td></tr>
%   }
</tbody>
</table>
</div>
</section>
% }
