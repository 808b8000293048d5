/*
 * web/web.h - the pages: route rows, view structs, templates.
 *
 * A handler asks a use case, fills a view struct and calls a compiled
 * template; nothing here decides who may or what is true. Pages work without
 * JavaScript; small ES modules in assets/ improve them.
 * Depends on: app, gate, html, http and the rooms whose words it shows.
 * Threads: handlers are called from many at once and keep nothing.
 */
#ifndef WEB_WEB_H
#define WEB_WEB_H

#include "gate/gate.h"

extern const front web_front;

/* The address of a one-time link for who sets the workspace up, or signs in anew: good for `lasts`. `person`
 * empty: whoever opens it names themselves first (a workspace without people). */
err_t web_start_link(auth *au, arena *a, str origin, str person, time_us lasts, fault *f, str *ret_url) MUST_USE;

#endif
