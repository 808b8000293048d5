%% view review_group(const review_view *v, const review_group *g)
%% include "web/review.h"
<section class="section" aria-labelledby="{{ str_fmt(v->q->a, "g-%s", g->key) }}"><h2 id="{{ str_fmt(v->q->a, "g-%s", g->key) }}">{{ g->title }} <span class="quiet">{{ (int64_t)g->n }}</span></h2>
%   if (*g->says) {
<p class="quiet">{{ g->says }}</p>
%   }
<table class="stack review">
<thead><tr><th scope="col">Account</th><th scope="col">What is known</th><th scope="col">Decision</th></tr></thead>
<tbody>
%   for (size_t i = 0; i < g->n; i++) {
%     const review_row *w = &g->v[i];
<tr data-account="{{ w->id }}" data-own="{{ w->own ? "own" : "" }}"><th scope="row">
<a href="{{ w->href }}">{{ w->login }}</a>
%     if (w->privileged) {
 <span class="tag">administers</span>
%     }
%     if (w->holder.n) {
<span class="sub"><a href="{{ w->holder_href }}">{{ w->holder }}</a> {{ w->holder_says }}</span>
%     } else {
<span class="sub">no holder is known</span>
%     }
</th><td>
%     tpl_review_row(out, w);
</td><td>
%     if (w->open) {
<input type="hidden" name="{{ str_fmt(v->q->a, "v." STR_FMT, STR_ARG(w->id)) }}" value="{{ w->version }}"><input type="hidden" name="{{ str_fmt(v->q->a, "g." STR_FMT, STR_ARG(w->id)) }}" value="{{ g->key }}">
<fieldset class="choices"><legend class="away">Decision on {{ w->login }}</legend>
<label class="check"><input type="radio" name="{{ str_fmt(v->q->a, "d." STR_FMT, STR_ARG(w->id)) }}" value="keep"
%       if (str_eq(w->choice, S("keep"))) {
 checked
%       }
>Keep</label>
<label class="check"><input type="radio" name="{{ str_fmt(v->q->a, "d." STR_FMT, STR_ARG(w->id)) }}" value="revoke"
%       if (str_eq(w->choice, S("revoke"))) {
 checked
%       }
>Revoke</label>
%       if (!w->own) {
<label class="check"><input type="radio" name="{{ str_fmt(v->q->a, "d." STR_FMT, STR_ARG(w->id)) }}" value="change"
%         if (str_eq(w->choice, S("change"))) {
 checked
%         }
>Change</label>
%       }
</fieldset>
<input type="text" name="{{ str_fmt(v->q->a, "r." STR_FMT, STR_ARG(w->id)) }}" value="{{ w->reason }}" autocomplete="off" aria-label="{{ str_fmt(v->q->a, "Reason for " STR_FMT, STR_ARG(w->login)) }}" placeholder="{{ w->own ? "why nobody else decides" : "why; needed for a change" }}">
%     } else {
<span class="{{ str_fmt(v->q->a, "state s-%s", w->mark.css) }}"><span aria-hidden="true">{{ w->mark.symbol }}</span> {{ w->mark.word }}</span>
%       if (w->decided.n) {
<span class="sub"><a href="{{ named_link(v->q, S("access_decision"), w->id) }}">{{ w->decided }}</a></span>
%       }
%       if (w->why.n) {
<span class="sub">{{ w->why }}</span>
%       }
%       if (w->verify.n) {
<form action="{{ w->verify }}" method="post"><input type="hidden" name="csrf" value="{{ v->q->session.csrf }}"><input type="hidden" name="version-read" value="{{ w->version }}"><input type="hidden" name="back" value="{{ v->action }}"><button class="plain small" title="{{ str_fmt(v->q->a, "What was decided on " STR_FMT " was carried out", STR_ARG(w->login)) }}">Verify<span class="away"> {{ w->login }}</span></button></form>
%       }
%     }
</td></tr>
%   }
</tbody></table>
%   if (g->open && g->n > 1 && strcmp(g->key, "own") != 0) {
<fieldset class="choices alike"><legend>All {{ (int64_t)g->n }} above that have no choice of their own</legend>
<label class="check"><input type="radio" name="{{ str_fmt(v->q->a, "all.%s", g->key) }}" value=""
%     if (!g->all.n) {
 checked
%     }
>Leave</label>
<label class="check"><input type="radio" name="{{ str_fmt(v->q->a, "all.%s", g->key) }}" value="keep"
%     if (str_eq(g->all, S("keep"))) {
 checked
%     }
>Keep</label>
<label class="check"><input type="radio" name="{{ str_fmt(v->q->a, "all.%s", g->key) }}" value="revoke"
%     if (str_eq(g->all, S("revoke"))) {
 checked
%     }
>Revoke</label>
<label class="check"><input type="radio" name="{{ str_fmt(v->q->a, "all.%s", g->key) }}" value="change"
%     if (str_eq(g->all, S("change"))) {
 checked
%     }
>Change</label>
<input type="text" name="{{ str_fmt(v->q->a, "allr.%s", g->key) }}" value="{{ g->all_reason }}" autocomplete="off" aria-label="{{ str_fmt(v->q->a, "Reason for all: %s", g->title) }}" placeholder="why">
</fieldset>
%   }
</section>
