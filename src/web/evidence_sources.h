/* web/evidence_sources.h - private to the room: what the pages of sources are given. */
#ifndef WEB_EVIDENCE_SOURCES_H
#define WEB_EVIDENCE_SOURCES_H

#include "assess/assess.h"
#include "web/assure.h"

typedef struct {
    str        id, href, seen, ago, reason, tool;
    state_mark mark;                     /* of its latest run, or that it is stale */
    bool       configured, ran;
    int64_t    relations, failing, stale, tests;       /* stale: relations too old for some test; tests: those */
} source_line;

typedef struct {
    ask         *q;
    source_line *v;
    size_t       n, n_configured;
    bool         may_collect, may_change;
    str          rounds;                 /* when they are collected by the clock, and what runs now */
} sources_view;
void tpl_evidence_sources(buf *out, const sources_view *v);

typedef struct {
    str        relation, href, reason, since, tests_link;
    state_mark mark;
    int64_t    tests, stale;             /* that read it; for which it is too old */
    str        limit;                    /* the least age that some test allows; empty: no test reads it */
} source_relation;

typedef struct {
    state_mark mark;
    str        started, took, reason, href;
} source_run;

typedef struct {
    ask             *q;
    source_line      line;
    source_relation *v;     size_t n;
    source_run      *runs;  size_t n_runs;
    bool             more_runs, running, may_run, may_remove;
    str              rounds, remove_link;
} source_view;
void tpl_evidence_source(buf *out, const source_view *v);

/* A source that can be added here. */
typedef struct {
    str  kind, doc;
    bool there;                          /* it is configured already, and takes no argument that could differ */
} source_offer;

typedef struct {
    ask          *q;
    source_offer *v;  size_t n;
    str           kind, argument, fault; /* as typed */
} source_add_view;
void tpl_evidence_source_add(buf *out, const source_add_view *v);

typedef struct {
    ask *q;
    str  id, back;
    bool configured, program;            /* program: could not be added here again */
} source_remove_view;
void tpl_evidence_source_remove(buf *out, const source_remove_view *v);

/* "Collected every 6 h, next in 40 min. Collecting host now." */
str source_rounds(ask *q);
str source_path(ask *q, const char *path, str id);

#endif
