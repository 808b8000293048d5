%% view board(const board_view *v)
%% include "web/board.h"
% if (!v->n) {
<div class="empty"><p>Nobody is starting or leaving. When a person starts or leaves, the steps of their list stand here until they are done.</p>
<p><a href="{{ link_to(v->q, "/person") }}">People</a></p></div>
% }
% if (v->cut) {
<p class="warning">The lists that are due first are shown; there are more.</p>
% }
% for (size_t k = 0; k < v->n; k++) {
%   const board_person *p = &v->v[k];
<section class="section"><h2><a href="{{ p->href }}">{{ p->name }}</a>: {{ p->list }}</h2>
<p class="inline"><span class="{{ str_fmt(v->q->a, "state s-%s", p->mark.css) }}"><span aria-hidden="true">{{ p->mark.symbol }}</span> {{ p->mark.word }}</span> <span>{{ p->when }}</span>
%   if (p->n) {
 <a href="{{ p->items_href }}">{{ p->done }} of {{ (int64_t)p->n }} done</a>
%     if (p->late) {
 <span class="late">{{ p->late }} overdue</span>
%     }
%   }
</p>
%   if (!p->n) {
<p class="quiet">No list was opened. It opens with the step of the person's record that says they started or left.</p>
%   } else {
<ul class="work wraps">
%     for (size_t i = 0; i < p->n; i++) {
%       const board_item *m = &p->v[i];
<li><span><a href="{{ m->href }}">{{ m->title }}</a>
%       if (m->open) {
<span class="{{ m->late ? "sub late" : "sub" }}">{{ m->late ? "was due " : "due " }}{{ m->due }}</span>
%         if (m->owner_href.n) {
<span class="sub"><a href="{{ m->owner_href }}">{{ m->owner }}</a></span>
%         } else {
<span class="sub">nobody is to do it</span>
%         }
%       }
</span>
<span class="actions"><span class="{{ str_fmt(v->q->a, "state s-%s", m->mark.css) }}"><span aria-hidden="true">{{ m->mark.symbol }}</span> {{ m->mark.word }}</span></span>
%       if (m->steps.n) {
<div class="actions">
%         for (size_t s = 0; s < m->steps.n; s++) {
%           const step_button *b = &m->steps.v[s];
%           if (b->asks) {
<a class="button plain small" href="{{ b->to }}">{{ b->label }}<span class="away"> {{ m->title }}</span></a>
%           } else {
<form action="{{ b->to }}" method="post"><input type="hidden" name="csrf" value="{{ v->q->session.csrf }}"><input type="hidden" name="back" value="/onboarding"><button class="plain small">{{ b->label }}<span class="away"> {{ m->title }}</span></button></form>
%           }
%         }
</div>
%       }
</li>
%     }
</ul>
%   }
</section>
% }
