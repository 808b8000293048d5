/* web/reports.h - private to the room: what the pages of reports are given. */
#ifndef WEB_REPORTS_H
#define WEB_REPORTS_H

#include "report/report.h"
#include "web/assure.h"

typedef struct {
    const char *name, *title, *says;
    str         href;
    crumb       files[6];
    size_t      n_files;
} report_line;

typedef struct {
    ask         *q;
    report_line *v;
    size_t       n;
} reports_view;
void tpl_reports(buf *out, const reports_view *v);

typedef struct {
    ask            *q;
    const document *d;
    report_line     line;
    str             as_of;
    size_t          rows_shown;          /* of each table at most */
} report_page_view;
void tpl_report_page(buf *out, const report_page_view *v);

#endif
