%% view trust(const trust_view *v)
%% include "web/trust.h"
%% include "web/markdown.h"
% if (v->status_note.n) {
<section class="warning" aria-label="Status">
<h2>Just now</h2>
<p>{{ v->status_note }}</p>
</section>
% }
<section class="prose">
%   markdown_put(out, v->overview);
</section>
% if (v->n_categories) {
<section>
<h2>What is examined</h2>
<ul class="plain-list">
%   for (size_t i = 0; i < v->n_categories; i++) {
<li>{{ v->categories[i] }}</li>
%   }
</ul>
</section>
% }
% if (v->n_controls) {
<section>
<h2>Controls</h2>
% if (v->show_states && v->assessed.n) {
<p class="quiet">As the assessment of {{ v->assessed }} found them.</p>
% }
<div class="scroll" tabindex="0" role="region" aria-label="Controls"><table>
<thead><tr><th scope="col">Control</th>
% if (v->show_states) {
<th scope="col">State</th>
% }
</tr></thead>
<tbody>
%   for (size_t i = 0; i < v->n_controls; i++) {
<tr><th scope="row">{{ v->controls[i].words }}
%     if (v->controls[i].detail.n) {
<span class="quiet">{{ v->controls[i].detail }}</span>
%     }
</th>
%     if (v->show_states && v->controls[i].told) {
<td><span class="state s-{{ v->controls[i].mark.css }}"><span aria-hidden="true">{{ v->controls[i].mark.symbol }}</span> {{ v->controls[i].mark.word }}</span></td>
%     } else if (v->show_states) {
<td>not assessed yet</td>
%     }
</tr>
%   }
</tbody></table></div>
</section>
% }
% if (v->n_vendors) {
<section>
<h2>Subprocessors</h2>
<dl class="facts">
%   for (size_t i = 0; i < v->n_vendors; i++) {
<dt>{{ v->vendors[i].words }}</dt><dd>{{ v->vendors[i].detail }}</dd>
%   }
</dl>
</section>
% }
% if (v->n_docs) {
<section>
<h2>Documents</h2>
<ul class="plain-list">
%   for (size_t i = 0; i < v->n_docs; i++) {
%     if (v->docs[i].open) {
<li><a href="{{ v->docs[i].href }}">{{ v->docs[i].title }}</a> <span class="quiet">{{ v->docs[i].description }}</span></li>
%     } else {
<li>{{ v->docs[i].title }} <span class="tag">on request</span> <span class="quiet">{{ v->docs[i].description }}</span></li>
%     }
%   }
</ul>
%   if (v->n_on_request) {
<p><a class="button" href="/trust/request">Ask for the documents on request</a></p>
%   }
</section>
% }
<section>
<h2>Security contact</h2>
<p>Found a weakness? Write to {{ v->security_contact }}.</p>
</section>
