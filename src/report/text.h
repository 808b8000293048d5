/* report/text.h - private to the room: colours and order. */
#ifndef REPORT_TEXT_H
#define REPORT_TEXT_H

#include "report/report.h"

#define BOLD  "\033[1m"
#define FAINT "\033[90m"
#define RESET "\033[0m"

void put_style(buf *out, const report_style *st, const char *code);

/* Tests of the assessment, worst first: by state, severity, number of exceptions, id. */
const test_result **tests_by_urgency(arena *a, const assessment *as);
/* "3 of 12 fail, 1 unknown", or "12 items". */
str counts_text(arena *a, const test_result *r);

void write_sarif(arena *a, const report_input *in, const report_style *st, buf *out);

#endif
