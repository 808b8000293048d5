/*
 * demo/demo.h - a fictional organisation with its real-looking mess: months of
 * hourly collections and of records, to look at, to measure and to test with.
 *
 * Deterministic: the same options give the same facts and records, moment by
 * moment; only salts and keys differ. Records are written by the program's own
 * engine, so that every state was reached by the transitions there are.
 * People, companies and hosts are made up from word lists; addresses end in
 * example.com or example.org.
 * Depends on: base, model, store, program, calendar, library.  Threads: as store.
 */
#ifndef DEMO_DEMO_H
#define DEMO_DEMO_H

#include "library/library.h"
#include "program/program.h"

enum {
    DEMO_PEOPLE_MIN = 20, DEMO_PEOPLE_MAX = 5000,
    DEMO_HOSTS_MIN = 4, DEMO_HOSTS_MAX = 2000,
    DEMO_MONTHS_MIN = 1, DEMO_MONTHS_MAX = 36,
};

typedef struct {
    int64_t  people, hosts, months;
    uint64_t seed;
    time_us  until;                      /* when the story ends */
    int64_t  every_hours;                /* between two collections; 0: one. For those who look at the records alone */
    const library   *texts;              /* policies, courses, risks, checklists */
    const calendars *calendars;
    /* Whether ids of the type stand in a catalogue; as work_hooks.catalogue. */
    bool (*catalogue)(void *arg, str type, str id, bool *ret_known);
    void *catalogue_arg;
    const str *manual;  size_t n_manual; /* controls that people carry out: they are stated, with evidence */
    /* What the company's own assessing does: everything is judged as it stands at the clock's moment, and recorded.
     * demo/demo.c has when. Never while commits are grouped. NULL: nobody assesses. */
    err_t (*assess)(void *arg, time_us at, fault *f, commit_done *ret);
    void *assess_arg;
    void (*progress)(void *arg, str text);                 /* may be NULL */
    void *progress_arg;
} demo_options;

typedef struct {
    int64_t collections, assessments, commits, versions;
} demo_counts;

extern const char demo_organisation[];

/* ERR_INVALID when an option is out of its range. */
err_t demo_check(const demo_options *o, fault *f) MUST_USE;

/* Writes the story into an empty store that was opened with store_options.at = clock;
 * *clock is moved from the beginning of the story to its end. */
err_t demo_write(store *st, time_us *clock, const demo_options *o, fault *f, demo_counts *ret) MUST_USE;

#endif
