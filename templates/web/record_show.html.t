%% view record_show(const show_view *v)
%% include "web/record_show.h"
<p class="kicker">{{ type_label(v->q->a, v->rec.r) }} {{ v->id }}</p>
<p class="quiet">{{ v->about }}</p>
% if (v->file.n) {
<p><a class="button" href="{{ v->file }}">Download the file</a></p>
% }
% if (v->owed) {
<p class="note">{{ v->owed->why }} A duty asks for it: it closes by itself when the records show the work, and comes back when it is finished by hand.
%   if (v->n_looks) {
It looks at:
%     for (size_t i = 0; i < v->n_looks; i++) {
 <a href="{{ v->looks[i].href }}">{{ v->looks[i].text }}</a>
%     }
%   }
</p>
% }
<div class="columns side">
<div>
% if (v->n_mine) {
<section class="section" aria-labelledby="next"><h2 id="next">What may be done next</h2>
<ul class="work">
%   for (size_t i = 0; i < v->n_steps; i++) {
%     const shown_step *st = &v->steps[i];
%     if (st->mine) {
<li><span>{{ st->doc }}
%       if (st->rules.n) {
<span class="sub">{{ st->rules }}</span>
%       }
%       for (size_t k = 0; k < st->n_needs; k++) {
<span class="ids"><a href="{{ st->needs[k].href }}">{{ st->needs[k].text }}</a></span>
%       }
</span>
%       if (st->asks) {
<a class="button plain small" href="{{ st->to }}">{{ st->label }}</a>
%       } else {
<form action="{{ st->to }}" method="post"><input type="hidden" name="csrf" value="{{ v->q->session.csrf }}"><input type="hidden" name="version-read" value="{{ v->rec.version }}"><button class="plain small">{{ st->label }}</button></form>
%       }
</li>
%     }
%   }
</ul>
</section>
% }
% if (v->n_steps > v->n_mine) {
<details class="more"><summary>Steps for others</summary>
<ul>
%   for (size_t i = 0; i < v->n_steps; i++) {
%     if (!v->steps[i].mine) {
<li>{{ v->steps[i].label }}: {{ v->steps[i].rules }}</li>
%     }
%   }
</ul>
</details>
% }
<section class="section" aria-labelledby="fields"><h2 id="fields">Fields</h2>
<dl class="facts">
% for (size_t i = 0; i < v->n_fields; i++) {
<dt title="{{ v->fields[i].doc }}">{{ v->fields[i].label }}</dt>
<dd>
%   tpl_record_cell(out, &v->fields[i].value);
%   if (v->fields[i].value.kind == CELL_TIME) {
 <span class="quiet">{{ v->fields[i].value.beside }}</span>
%   }
</dd>
% }
% if (v->unknown.n) {
<dt>Not filled in</dt>
<dd class="unknown">{{ v->unknown }}</dd>
% }
</dl>
</section>
% for (size_t i = 0; i < v->n_texts; i++) {
<section class="section"><h2>{{ v->texts[i].label }}</h2>
%   tpl_record_cell(out, &v->texts[i].value);
</section>
% }
<section class="section" aria-labelledby="comments"><h2 id="comments">Comments</h2>
% if (v->n_comments) {
<ul class="work">
%   for (size_t i = 0; i < v->n_comments; i++) {
<li><div><div class="lines">{{ v->comments[i].text }}</div><span class="sub" title="{{ v->comments[i].when }}">{{ v->comments[i].who }}, {{ v->comments[i].ago }}</span></div></li>
%   }
</ul>
% } else if (!v->comment.n) {
<p class="quiet">None.</p>
% }
% if (v->comment.n) {
<form class="form" action="{{ v->comment }}" method="post"><input type="hidden" name="csrf" value="{{ v->q->session.csrf }}">
<div class="field"><label for="f-body">Say something about it</label><textarea id="f-body" name="body" rows="3"></textarea></div>
<button class="plain">Comment</button></form>
% }
</section>
</div>
<div>
% if (strcmp(v->rec.r->name, "evidence") != 0) {
<section class="section" aria-labelledby="evidence"><header><h2 id="evidence">Evidence</h2>
% if (v->attach.n) {
<a class="button plain small" href="{{ v->attach }}">Attach</a>
% }
</header>
% if (v->n_evidence) {
<ul class="work">
%   for (size_t i = 0; i < v->n_evidence; i++) {
<li><span>
%     tpl_record_thing(out, &v->evidence[i]);
<span class="sub" title="{{ v->evidence[i].when }}">{{ v->evidence[i].id }}, {{ v->evidence[i].who }}, {{ v->evidence[i].ago }}</span></span></li>
%   }
</ul>
% } else {
<p class="quiet">No file or statement supports it yet.</p>
% }
</section>
% }
<section class="section" aria-labelledby="tasks"><header><h2 id="tasks">Open tasks</h2>
% if (v->add_task.n) {
<a class="button plain small" href="{{ v->add_task }}">Add a task</a>
% }
</header>
% if (v->n_tasks) {
<ul class="work">
%   for (size_t i = 0; i < v->n_tasks; i++) {
<li><span>
%     tpl_record_thing(out, &v->tasks[i]);
<span class="sub" title="{{ v->tasks[i].when }}">{{ v->tasks[i].who }}
%     if (v->tasks[i].ago.n) {
, due {{ v->tasks[i].ago }}
%     }
</span></span></li>
%   }
</ul>
% } else {
<p class="quiet">None.</p>
% }
</section>
% if (v->n_children) {
<section class="section" aria-labelledby="named"><h2 id="named">Records that name it</h2>
<ul class="work">
%   for (size_t i = 0; i < v->n_children; i++) {
<li><span>{{ v->children[i].label }}</span><a href="{{ v->children[i].href }}">{{ v->children[i].n }}</a></li>
%   }
</ul>
</section>
% }
<section class="section" aria-labelledby="links"><h2 id="links">Linked</h2>
% if (v->n_links) {
<ul class="work">
%   for (size_t i = 0; i < v->n_links; i++) {
<li><span>{{ v->links[i].before }}
%     tpl_record_thing(out, &v->links[i]);
{{ v->links[i].after }}</span>
%     if (v->link.n) {
<form action="/link/{{ query v->links[i].id }}/do/remove" method="post"><input type="hidden" name="csrf" value="{{ v->q->session.csrf }}"><input type="hidden" name="back" value="{{ v->q->rq->raw_path }}"><button class="link small">Unlink<span class="away"> {{ v->links[i].id }}</span></button></form>
%     }
</li>
%   }
</ul>
% } else {
<p class="quiet">Nothing.</p>
% }
% if (v->link.n) {
<details class="more"><summary>Link it to another record</summary>
<form class="form" action="{{ v->link }}" method="post"><input type="hidden" name="csrf" value="{{ v->q->session.csrf }}">
<div class="field"><label for="f-meaning">How they belong together</label><input id="f-meaning" name="meaning" type="text" autocomplete="off" placeholder="mitigates"></div>
<div class="field"><label for="f-object">The other record</label><input id="f-object" name="object" type="text" autocomplete="off" placeholder="risk/RISK-3" aria-describedby="h-object"><p class="help" id="h-object">As TYPE/ID.</p></div>
<button class="plain">Link</button></form></details>
% }
</section>
<section class="section" aria-labelledby="history"><header><h2 id="history">History</h2><a href="{{ v->history }}">All of it</a></header>
<ol class="timeline">
% for (size_t i = 0; i < v->n_versions; i++) {
<li><p><strong>{{ v->versions[i].action }}</strong> by {{ v->versions[i].who }} <span class="who" title="{{ v->versions[i].when }}">{{ v->versions[i].ago }}</span></p>
%   if (v->versions[i].reason.n) {
<p>{{ v->versions[i].reason }}</p>
%   }
<p class="who">{{ v->versions[i].summary }}</p></li>
% }
</ol>
<p class="quiet">Version {{ v->rec.version }}, since <span title="{{ v->since }}">{{ v->since_ago }}</span>, by {{ v->by }}.
% if (v->proof.n) {
<a href="{{ v->proof }}">Proof that it is in the log</a>
% }
</p>
</section>
</div>
</div>
