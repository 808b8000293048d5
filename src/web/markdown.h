/* web/markdown.h - private to the room: texts that people write, as HTML. */
#ifndef WEB_MARKDOWN_H
#define WEB_MARKDOWN_H

#include "html/html.h"

/* Markdown into the page: raw HTML is left out, links are http, https and mailto alone, headings begin at h3.
 * Where the library that reads it (libcmark-gfm) is not here, the text stands as it is written. */
void markdown_put(buf *out, str text);

#endif
