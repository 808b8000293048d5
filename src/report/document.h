/* report/document.h - private to the room: what templates/document.html.t is given. */
#ifndef REPORT_DOCUMENT_H
#define REPORT_DOCUMENT_H

#include "report/text.h"

typedef struct {
    const document *d;
    str             as_of, css;
    const str      *anchors;             /* one a table */
} document_view;

void tpl_document(buf *out, const document_view *v);

#endif
