/*
 * html/html.h - writing HTML safely.
 *
 * Compiled templates (templates/NAME.html.t, see tools/tplc.py) call html_put()
 * with the place the value stands in; the value's C type picks the printer, so
 * that an unescaped value is not expressible by accident.
 * Depends on: base.  Threads: pure functions.
 */
#ifndef HTML_HTML_H
#define HTML_HTML_H

#include "base/base.h"

/* AT_URL: a whole href or src; anything but http, https, mailto, a local path
 * or a fragment becomes "#".  AT_QUERY: one component, percent-encoded. */
typedef enum { AT_TEXT, AT_ATTR, AT_URL, AT_QUERY } html_place;

void html_put_str(buf *out, html_place at, str v);
void html_put_cstr(buf *out, html_place at, const char *v);
void html_put_int(buf *out, html_place at, int64_t v);
void html_put_size(buf *out, html_place at, size_t v);

#define html_put(out, at, v)                                                   \
    _Generic((v), str: html_put_str, char *: html_put_cstr,                    \
             const char *: html_put_cstr, int: html_put_int,                   \
             int64_t: html_put_int, size_t: html_put_size)((out), (at), (v))

#endif
