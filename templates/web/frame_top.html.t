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
<a class="brand" href="/">{{ v->workspace }}</a>
%   if (v->reader) {
<form class="find" action="/search" method="get" role="search"><label class="away" for="find">Search everything</label><input id="find" name="q" type="search" placeholder="Search" autocomplete="off"></form>
%   }
<form class="out" action="/sign-out" method="post"><input type="hidden" name="csrf" value="{{ v->q->session.csrf }}"><a href="/account">{{ v->q->name }}</a> <button class="plain">Sign out</button></form>
</header>
<nav class="rail" aria-label="Main">
<details class="rail-menu" open><summary>Menu</summary>
%   const char *group = NULL;
%   for (size_t i = 0; i < n_nav; i++) {
%     if (!v->shown[i]) {
%       continue;
%     }
%     if (!group || strcmp(group, nav[i].group) != 0) {
%       if (group) {
</ul>
%       }
<h2>{{ nav[i].group }}</h2>
<ul>
%       group = nav[i].group;
%     }
%     if (v->p->place && strcmp(v->p->place, nav[i].path) == 0) {
<li><a href="{{ v->links[i] }}" aria-current="page">{{ nav[i].label }}</a></li>
%     } else {
<li><a href="{{ v->links[i] }}">{{ nav[i].label }}</a></li>
%     }
%   }
%   if (group) {
</ul>
%   }
</details>
</nav>
% }
<main id="main">
% if (v->q->as_of) {
<p class="past" role="status">This is how it stood on <strong>{{ v->as_of_text }}</strong>. <a href="{{ v->here }}">Back to now</a></p>
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
% if (!v->p->bare && !v->p->no_as_of && v->reader) {
<form class="as-of" action="{{ v->here }}" method="get"><label for="as-of">As of</label> <input id="as-of" name="as-of" type="date" value="{{ v->as_of_value }}"> <button class="plain">Show</button></form>
% }
</div>
% if (v->p->lead.n) {
<p class="lead">{{ v->p->lead }}</p>
% }
