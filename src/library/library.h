/*
 * library/library.h - the program's texts for people: policies, playbooks,
 * courses, risks, questionnaires, checklists, requests, populations.
 *
 * Text in content/ (embedded), overlaid file by file by the workspace's own
 * content/ directory; docs/content.md has the formats.  A mistake is told with
 * file and line, and nothing is silently skipped.
 * Depends on: base, model.  Threads: a library is constant once loaded.
 */
#ifndef LIBRARY_LIBRARY_H
#define LIBRARY_LIBRARY_H

#include "model/model.h"

/* Words with blanks or commas between, as ids of controls. */
typedef struct {
    str   *v;
    size_t n;
} str_list;

/* ---- policies, playbooks, courses: content/{policies,playbooks,courses}/NAME.md --------- */

/* Categories of the report, as bits: which one in scope makes a policy needed. */
enum {
    FOR_SECURITY = 1 << 0, FOR_AVAILABILITY = 1 << 1, FOR_CONFIDENTIALITY = 1 << 2,
    FOR_PROCESSING_INTEGRITY = 1 << 3, FOR_PRIVACY = 1 << 4,
};

typedef struct {
    str      id, path;                 /* "access-control"; path for messages */
    str      title;
    str      owner;                    /* a role of role_assignment.role: "security_officer" */
    int64_t  review_months;
    str_list controls;
    unsigned categories;               /* FOR_..., at least one */
    bool     acceptance;               /* everyone of the audience accepts it */
    str      audience;                 /* in words */
    str      text;                     /* Markdown with variables; see library_fill */
} library_policy;

typedef struct {
    str      id, path, title;
    str      kind;                     /* "incident": a-z 0-9 - */
    str_list controls;
    str      text;
} library_playbook;

typedef struct {
    str      question;
    str_list answers;
    size_t   right;                    /* index of the one right answer */
    str      why;                      /* told after the answer */
} library_question;

typedef struct {
    str      id, path, title, audience;
    int64_t  minutes, pass;            /* pass: percent of right answers, 1..100 */
    str_list controls;
    str      text;                     /* without the quiz */
    library_question *questions;  size_t n_questions;      /* at least one */
} library_course;

/* ---- risks: content/library/risks.tsv ------------------------------------------------------ */

typedef struct {
    str      id, title, description;
    str      category;                 /* "people": a-z 0-9 - */
    int64_t  likelihood, impact;       /* 1..5, before controls */
    str_list controls, criteria;
    bool     fraud, change;            /* to be weighed as fraud (CC3.3); comes with change (CC3.4) */
} library_risk;

/* ---- questionnaires: content/questionnaires/NAME.txt ------------------------------------------ */

typedef struct {
    str      id;                       /* "VQ-01" */
    str      section, question, why;
    str      good;                     /* what a good answer is */
    str      evidence;                 /* what to ask for; may be empty */
    str_list tiers;                    /* for whom: vendors' tiers; "all" */
} library_item;

typedef struct {
    str           id, path;            /* "vendor" */
    library_item *items;  size_t n_items;
} library_questionnaire;

/* ---- checklists: content/checklists/NAME.txt ---------------------------------------------------- */

typedef enum { ANCHOR_START, ANCHOR_END } checklist_anchor;    /* person.starts_at, person.ends_at */

typedef struct {
    str              id;               /* "accounts-closed": unique in its list, kept for good */
    str              title, details;   /* details may be empty */
    str              owner;            /* a role of role_assignment.role, or "manager": the person's own */
    str_list         kinds;            /* of person.kind; "all" */
    checklist_anchor anchor;
    time_us          due;              /* from the anchor; negative: before it */
    str_list         controls;
} checklist_item;

typedef struct {
    str             id, path;          /* "onboarding", "offboarding" */
    checklist_item *items;  size_t n_items;
} library_checklist;

/* Whether the item is for a person of this kind; of an unknown kind (empty): always. */
bool checklist_for(const checklist_item *i, str kind);

/* ---- requests: content/requests/pbc.tsv ---------------------------------------------------------- */

typedef enum { ANSWER_POPULATION, ANSWER_REPORT, ANSWER_POLICY, ANSWER_RECORD, ANSWER_FACT, ANSWER_EVIDENCE } answer_kind;

typedef struct {
    answer_kind kind;
    str         name;                  /* of the population, report, policy or relation; EVIDENCE: empty */
} request_answer;

typedef struct {
    str      id, asks;                 /* "GOV-1" */
    str      sampling;                 /* "once", "population", "sample" ... */
    str_list criteria;                 /* criteria, or what else asks for it ("DC", "AT-C") */
    request_answer *answers;  size_t n_answers;
    size_t   line;                     /* of the file, for messages */
} library_request;

const char *answer_kind_name(answer_kind k);          /* "population" */

/* ---- populations: content/populations/NAME.sql ----------------------------------------------------- */

typedef struct {
    const relation *relation;
    time_us         max_age;           /* 0: any */
    bool            may_be_empty;
} population_need;

typedef struct {
    str              id, path, title;
    str              made_of;          /* what the rows are, and are not */
    str_list         criteria;
    str              period;           /* which field falls in the period, in words */
    bool             at_end;           /* as it stood when the period ended; else all that is known by now */
    str_list         times;            /* columns that are times */
    population_need *needs;  size_t n_needs;
    str              sql;              /* columns of the population; :from and :to stand in it */
    size_t           sql_line;
    str              completeness;     /* what shows that nothing is missing, in words */
    str              checks_sql;       /* rows (check_name, ok, observed, expected) */
    size_t           checks_line;
} library_population;

/* The query with :from and :to (microseconds; from <= x < to) in place. */
str population_sql(arena *a, str sql, time_us from, time_us to) MUST_USE;

/* ---- all of it ------------------------------------------------------------------------------------------ */

/* Each list sorted by id, except what stands in an order of its own (items, risks, requests). */
typedef struct {
    const library_policy        *policies;        size_t n_policies;
    const library_playbook      *playbooks;       size_t n_playbooks;
    const library_course        *courses;         size_t n_courses;
    const library_risk          *risks;           size_t n_risks;
    const library_questionnaire *questionnaires;  size_t n_questionnaires;
    const library_checklist     *checklists;      size_t n_checklists;
    const library_request       *requests;        size_t n_requests;
    const library_population    *populations;     size_t n_populations;
} library;

/* What this room cannot know by itself; a function that is NULL is not asked. */
typedef struct {
    const char *overlay;               /* directory, or NULL; one that does not exist is as good as empty */
    bool (*control_known)(void *arg, str id);
    bool (*criterion_known)(void *arg, str id);
    /* Whether a query may run; else fails with line and column. `sql` begins with as many LFs as its
     * file has lines before it. The relations it reads, in `a`. */
    err_t (*query_check)(void *arg, arena *a, str sql, fault *f, str **ret_tables, size_t *ret_n);
    void *arg;
} library_options;

/* Every fault of every file is told, each with file and line. */
err_t library_load(arena *a, const library_options *o, fault *f, const library **ret) MUST_USE;
/* For those who write content: each fault is told to `on_fault`, all of them, and
 * what is at fault is left out. */
void  library_load_each(arena *a, const library_options *o, void (*on_fault)(void *arg, str what), void *arg,
                        const library **ret);

/* By id; NULL when there is none. */
const library_policy        *library_policy_find(const library *l, str id);
const library_playbook      *library_playbook_find(const library *l, str id);
const library_course        *library_course_find(const library *l, str id);
const library_risk          *library_risk_find(const library *l, str id);
const library_questionnaire *library_questionnaire_find(const library *l, str id);
const library_checklist     *library_checklist_find(const library *l, str id);
const library_request       *library_request_find(const library *l, str id);
const library_population    *library_population_find(const library *l, str id);

/* ---- variables ------------------------------------------------------------------------------------------- */

/* {{organisation}} {{owner}} {{review}} {{contact}}: one whose value is empty is
 * left as it stands, so that nobody publishes a text with a hole in it. */
typedef struct {
    str organisation, owner, review, contact;
} library_words;

str library_fill(arena *a, const library_words *w, str text) MUST_USE;
/* "security officer" of security_officer. */
str library_role(arena *a, str name) MUST_USE;

/* ---- as pages ----------------------------------------------------------------------------------------------- */

typedef struct {
    const char *kind;                  /* "policies" */
    str         id, title;
} library_entry;

/* Everything there is, or all of one kind ("policies", also "policy"); in `a`. */
size_t library_entries(arena *a, const library *l, str kind, library_entry **ret);
/* One text as a Markdown page with its variables filled; review, and the owner where
 * `w` names none, are the policy's own. False when there is no such text. */
bool   library_page(arena *a, const library *l, const library_words *w, str kind, str id, str *ret) MUST_USE;

#endif
