%% view frame_top(const frame_view *v)
%% include "web/page.h"
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{{ v->p->title }} - {{ v->workspace }}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="{{ v->css }}">
% if (v->js.n) {
<script type="module" src="{{ v->js }}"></script>
% }
% if (v->script.n) {
<script type="module" src="{{ v->script }}"></script>
% }
</head>
<body class="{{ v->p->bare ? "bare" : "framed" }}">
<a class="skip" href="#main">Skip to the content</a>
% if (!v->p->bare) {
<header class="top">
<a class="brand" href="{{ v->home }}">{{ v->workspace }}</a>
%   if (v->reader) {
<form class="find" action="/search" method="get" role="search"><label class="away" for="find">Search everything</label><input id="find" name="q" type="search" placeholder="Search everything" autocomplete="off"></form>
%   }
%   if (v->reader && !v->p->no_as_of) {
<form class="as-of" action="{{ v->here }}" method="get">
%     for (size_t i = 0; i < v->n_kept; i++) {
<input type="hidden" name="{{ v->kept[i].name }}" value="{{ v->kept[i].value }}">
%     }
<label for="as-of">As of</label><input id="as-of" name="as-of" type="date" value="{{ v->as_of_value }}" max="{{ v->as_of_max }}"><button class="plain small">Show</button></form>
%   }
<details class="menu"><summary>{{ v->q->name }}</summary>
<div class="menu-list">
<p>You are {{ role_name(v->q->who.role) }}</p>
<a href="/account">My account</a>
<form action="/sign-out" method="post"><input type="hidden" name="csrf" value="{{ v->q->session.csrf }}"><button class="link">Sign out</button></form>
</div></details>
</header>
<details class="rail-toggle"><summary>Menu</summary></details>
<nav class="rail" id="rail" aria-label="Main">
%   const char *group = NULL;
%   for (size_t i = 0; i < n_nav; i++) {
%     if (!v->shown[i]) {
%       continue;
%     }
%     if (!group || strcmp(group, nav[i].group) != 0) {
%       if (group) {
</ul></div>
%       }
<div class="rail-group"><p>{{ nav[i].group }}</p>
<ul aria-label="{{ nav[i].group }}">
%       group = nav[i].group;
%     }
%     if (v->p->place && strcmp(v->p->place, nav[i].path) == 0) {
<li><a href="{{ v->links[i] }}" aria-current="page">{{ nav[i].label }}</a></li>
%     } else {
<li><a href="{{ v->links[i] }}">{{ nav[i].label }}</a></li>
%     }
%   }
%   if (group) {
</ul></div>
%   }
</nav>
% }
<main id="main" tabindex="-1">
% if (v->ended) {
<p class="past" role="status">The period of your engagement ended on <strong>{{ v->as_of_text }}</strong>: this is how it stood then. {{ v->left_out }}</p>
% } else if (v->q->as_of) {
<p class="past" role="status">This is how it stood on <strong>{{ v->as_of_text }}</strong>. <a href="{{ v->now_link }}">Back to now</a></p>
% }
% if (v->left_out.n && !v->ended) {
<p class="past">{{ v->left_out }}</p>
% }
% if (v->flash.n) {
<p class="flash" role="status">{{ v->flash }}</p>
% }
% if (v->p->n_crumbs) {
<nav class="crumbs" aria-label="Where this is"><ol>
%   for (size_t i = 0; i < v->p->n_crumbs; i++) {
<li><a href="{{ v->p->crumbs[i].href }}">{{ v->p->crumbs[i].text }}</a></li>
%   }
</ol></nav>
% }
<div class="head">
<h1>{{ v->p->title }}</h1>
% if (v->p->standing.css) {
<span class="state s-{{ v->p->standing.css }}"><span aria-hidden="true">{{ v->p->standing.symbol }}</span> {{ v->p->standing.word }}</span>
% }
% if (v->p->n_actions) {
<div class="actions">
%   for (size_t i = 0; i < v->p->n_actions; i++) {
%     const page_action *act = &v->p->actions[i];
%     if (act->post) {
<form action="{{ act->to }}" method="post"><input type="hidden" name="csrf" value="{{ v->q->session.csrf }}"><button class="{{ act->look }}">{{ act->label }}</button></form>
%     } else {
<a class="button {{ act->look }}" href="{{ act->to }}">{{ act->label }}</a>
%     }
%   }
</div>
% }
</div>
% if (v->p->lead.n) {
<p class="lead">{{ v->p->lead }}</p>
% }
