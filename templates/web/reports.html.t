%% view reports(const reports_view *v)
%% include "web/reports.h"
<div class="scroll"><table class="stack">
<thead><tr><th scope="col">Report</th><th scope="col">What it shows</th><th scope="col">As a file</th></tr></thead>
<tbody>
% for (size_t i = 0; i < v->n; i++) {
%   const report_line *l = &v->v[i];
<tr><th scope="row"><a href="{{ l->href }}">{{ l->title }}</a></th><td>{{ l->says }}</td><td data-label="As a file"><ul class="inline">
%   for (size_t k = 0; k < l->n_files; k++) {
<li><a href="{{ l->files[k].href }}"><span class="away">{{ l->title }} as </span>{{ l->files[k].text }}</a></li>
%   }
</ul></td></tr>
% }
</tbody></table></div>
<p class="quiet">The html file stands by itself: it opens without this server, and prints.</p>
