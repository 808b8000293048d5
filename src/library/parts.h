/* library/parts.h - private to the room: what its files share. */
#ifndef LIBRARY_PARTS_H
#define LIBRARY_PARTS_H

#include "base/content.h"
#include "library/library.h"

/* What a reader of one file works with. */
typedef struct {
    arena                 *a;
    faults                *fs;
    const library_options *o;
    const source_file     *file;
    str                    name;      /* of the file, without directory and ending */
} reader;

typedef DA(library_policy)        policy_list;
typedef DA(library_playbook)      playbook_list;
typedef DA(library_course)        course_list;
typedef DA(library_risk)          risk_list;
typedef DA(library_questionnaire) questionnaire_list;
typedef DA(library_checklist)     checklist_list;
typedef DA(library_request)       request_list;
typedef DA(library_population)    population_list;

/* Each reads one file and appends what is sound; faults are told. */
void policy_read(const reader *r, policy_list *list);
void playbook_read(const reader *r, playbook_list *list);
void course_read(const reader *r, course_list *list);
void risks_read(const reader *r, risk_list *list);
void questionnaire_read(const reader *r, questionnaire_list *list);
void checklist_read(const reader *r, checklist_list *list);
void requests_read(const reader *r, request_list *list);
void population_read(const reader *r, population_list *list);

/* ---- values; each tells its fault at `line` and is false then ---------------------- */

void fault_on(const reader *r, size_t line, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

str_list words_read(arena *a, str s);                  /* blanks or commas between */
bool list_holds(const str_list *list, str word);
bool number_read(const reader *r, const block *b, const char *key, str text, int64_t min, int64_t max, int64_t *ret);
bool yes_read(const reader *r, const block *b, const char *key, str text, bool *ret);
bool controls_named(const reader *r, size_t line, str text, str_list *ret);       /* "-": none */
bool criteria_named(const reader *r, size_t line, str text, str_list *ret);
bool role_read(const reader *r, const block *b, str text, const char *also);     /* also: more words, blanks between */
/* Words that are choices of a relation's field, or "all" alone. */
bool choices_read(const reader *r, const block *b, const char *key, str text, const char *relation_name,
                  const char *field_name, str_list *ret);
/* Whether `word` is a choice of the field; true when the relation has no such list. */
bool choice_known(const char *relation_name, const char *field_name, str word);

/* ---- Markdown with a head -------------------------------------------------------------- */

/* Between two "---" lines; the rest is the body, whose first line is number ret_line. */
bool front_read(const reader *r, const char *kind, block *ret_head, str *ret_body, size_t *ret_line);
/* Variables that nobody knows. */
bool variables_check(const reader *r, str body, size_t line);
/* After "## Quiz"; the questions of a course. */
bool quiz_read(const reader *r, str text, size_t line, library_course *c);

#endif
