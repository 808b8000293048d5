/* Policies, playbooks and courses: a head of keys, then Markdown. */
#include "library/parts.h"

enum { REVIEW_MONTHS_MAX = 60, MINUTES_MAX = 480 };

static const struct { const char *name; unsigned bit; } categories[] = {
    { "security", FOR_SECURITY }, { "availability", FOR_AVAILABILITY }, { "confidentiality", FOR_CONFIDENTIALITY },
    { "processing-integrity", FOR_PROCESSING_INTEGRITY }, { "privacy", FOR_PRIVACY },
};

/* ---- the head ------------------------------------------------------------------------ */

static bool head_line(const reader *r, block *head, str line, size_t number, bool *may_continue)
{
    entry e;
    if (str_trim(line).n == 0) {
        fault_on(r, number, "an empty line inside the head; close it with \"---\" first");
    } else if (line.p[0] == ' ' || line.p[0] == '\t') {
        if (*may_continue) {
            entry_continue(r->a, &head->entries.v[head->entries.n - 1], line);
            return true;
        }
        fault_on(r, number, "begins with blanks and has no line above to continue");
    } else {
        *may_continue = entry_cut(line, number, &e);
        if (*may_continue) {
            da_push(r->a, &head->entries) = e;
            return true;
        }
        fault_on(r, number, "expected \"key: value\" or the \"---\" that ends the head");
    }
    return false;
}

bool front_read(const reader *r, const char *kind, block *ret_head, str *ret_body, size_t *ret_line)
{
    block  head = { .id = r->name, .line = 1 };
    bool   ended = false, sound = true, may_continue = false;
    size_t number = 1;
    str    rest = r->file->text, line;
    if (!text_sound(r->fs, r->file))
        return false;
    if (!str_line(&rest, &line) || !str_eq(line, S("---"))) {
        fault_on(r, 1, "a %s begins with its head: \"---\", keys, \"---\"", kind);
        return false;
    }
    while (!ended && str_line(&rest, &line)) {
        number++;
        ended = str_eq(line, S("---"));
        if (!ended)
            sound &= head_line(r, &head, line, number, &may_continue);
        if (!sound)
            return false;                              /* the rest would be told wrongly */
    }
    if (!ended)
        fault_on(r, 1, "the head has no end: a line \"---\" is missing");
    else if (str_trim(rest).n == 0)
        fault_on(r, number, "nothing follows the head");
    else {
        *ret_head = head;
        *ret_body = rest;
        *ret_line = number + 1;
        return true;
    }
    return false;
}

/* The id stands in the file too, so that a copy under another name is noticed. */
static bool id_check(const reader *r, const block *head, const char *key, str id)
{
    if (!name_sound(r->name))
        fault_on(r, 0, "is not a name of a-z, 0-9 and -");
    else if (!str_eq(id, r->name))
        fault_on(r, key_line(head, key), "calls itself \"" STR_FMT "\"; by its file it is \"" STR_FMT "\"",
                 STR_ARG(utf8_cut(id, 80)), STR_ARG(r->name));
    else
        return true;
    return false;
}

static bool word_check(const reader *r, const block *head, const char *key, str word)
{
    if (name_sound(word))
        return true;
    fault_on(r, key_line(head, key), STR_FMT ": \"%s\" is one word of a-z, 0-9 and -", STR_ARG(head->id), key);
    return false;
}

/* ---- policies -------------------------------------------------------------------------- */

typedef struct {
    str id, title, owner, review, controls, categories, acceptance, audience;
} policy_keys;

static const key_row policy_rows[] = {
    { .key = "policy", .offset = offsetof(policy_keys, id) },
    { .key = "title", .offset = offsetof(policy_keys, title) },
    { .key = "owner", .offset = offsetof(policy_keys, owner) },
    { .key = "review", .offset = offsetof(policy_keys, review) },
    { .key = "controls", .offset = offsetof(policy_keys, controls) },
    { .key = "categories", .offset = offsetof(policy_keys, categories) },
    { .key = "acceptance", .offset = offsetof(policy_keys, acceptance) },
    { .key = "audience", .offset = offsetof(policy_keys, audience) },
};

static bool category_add(str word, unsigned *bits)
{
    for (size_t i = 0; i < COUNT(categories); i++)
        if (str_eq(word, str_of(categories[i].name))) {
            *bits |= categories[i].bit;
            return true;
        }
    return false;
}

static bool categories_read(const reader *r, const block *head, str text, unsigned *ret)
{
    str_list list = words_read(r->a, text);
    bool     sound = true;
    *ret = 0;
    for (size_t i = 0; i < list.n; i++)
        if (!category_add(list.v[i], ret)) {
            fault_on(r, key_line(head, "categories"), STR_FMT ": \"" STR_FMT "\" is no category; they are security, availability, "
                     "confidentiality, processing-integrity and privacy", STR_ARG(head->id), STR_ARG(utf8_cut(list.v[i], 80)));
            sound = false;
        }
    return sound;
}

void policy_read(const reader *r, policy_list *list)
{
    block          head;
    policy_keys    k = { 0 };
    library_policy p = { .path = r->file->path };
    size_t         line;
    if (!front_read(r, "policy", &head, &p.text, &line) ||
        !keys_read(r->fs, r->file->path, &head, policy_rows, COUNT(policy_rows), &k))
        return;
    p.id = k.id;
    p.title = k.title;
    p.owner = k.owner;
    p.audience = k.audience;
    bool sound = id_check(r, &head, "policy", k.id);
    sound &= role_read(r, &head, k.owner, NULL);
    sound &= number_read(r, &head, "review", k.review, 1, REVIEW_MONTHS_MAX, &p.review_months);
    sound &= controls_named(r, key_line(&head, "controls"), k.controls, &p.controls);
    sound &= categories_read(r, &head, k.categories, &p.categories);
    sound &= yes_read(r, &head, "acceptance", k.acceptance, &p.acceptance);
    sound &= variables_check(r, p.text, line);
    if (sound)
        da_push(r->a, list) = p;
}

/* ---- playbooks ---------------------------------------------------------------------------- */

typedef struct {
    str id, title, kind, controls;
} playbook_keys;

static const key_row playbook_rows[] = {
    { .key = "playbook", .offset = offsetof(playbook_keys, id) },
    { .key = "title", .offset = offsetof(playbook_keys, title) },
    { .key = "kind", .offset = offsetof(playbook_keys, kind) },
    { .key = "controls", .offset = offsetof(playbook_keys, controls) },
};

void playbook_read(const reader *r, playbook_list *list)
{
    block            head;
    playbook_keys    k = { 0 };
    library_playbook p = { .path = r->file->path };
    size_t           line;
    if (!front_read(r, "playbook", &head, &p.text, &line) ||
        !keys_read(r->fs, r->file->path, &head, playbook_rows, COUNT(playbook_rows), &k))
        return;
    p.id = k.id;
    p.title = k.title;
    p.kind = k.kind;
    bool sound = id_check(r, &head, "playbook", k.id);
    sound &= word_check(r, &head, "kind", k.kind);
    sound &= controls_named(r, key_line(&head, "controls"), k.controls, &p.controls);
    sound &= variables_check(r, p.text, line);
    if (sound)
        da_push(r->a, list) = p;
}

/* ---- courses -------------------------------------------------------------------------------- */

typedef struct {
    str id, title, minutes, pass, audience, controls;
} course_keys;

static const key_row course_rows[] = {
    { .key = "course", .offset = offsetof(course_keys, id) },
    { .key = "title", .offset = offsetof(course_keys, title) },
    { .key = "minutes", .offset = offsetof(course_keys, minutes) },
    { .key = "pass", .offset = offsetof(course_keys, pass) },
    { .key = "audience", .offset = offsetof(course_keys, audience) },
    { .key = "controls", .offset = offsetof(course_keys, controls) },
};

/* Cuts the body before the line "## Quiz"; ret_line: of the line after it. */
static bool quiz_find(str *body, size_t line, str *ret_quiz, size_t *ret_line)
{
    str rest = *body, one;
    for (const char *from = rest.p; str_line(&rest, &one); from = rest.p) {
        line++;
        if (!str_eq(str_trim(one), S("## Quiz")))
            continue;
        *ret_quiz = rest;
        *ret_line = line;
        body->n = (size_t)(from - body->p);
        return true;
    }
    return false;
}

void course_read(const reader *r, course_list *list)
{
    block          head;
    course_keys    k = { 0 };
    library_course c = { .path = r->file->path };
    size_t         line, quiz_line;
    str            quiz;
    if (!front_read(r, "course", &head, &c.text, &line) ||
        !keys_read(r->fs, r->file->path, &head, course_rows, COUNT(course_rows), &k))
        return;
    c.id = k.id;
    c.title = k.title;
    c.audience = k.audience;
    bool sound = id_check(r, &head, "course", k.id);
    sound &= number_read(r, &head, "minutes", k.minutes, 1, MINUTES_MAX, &c.minutes);
    sound &= number_read(r, &head, "pass", k.pass, 1, 100, &c.pass);
    sound &= controls_named(r, key_line(&head, "controls"), k.controls, &c.controls);
    sound &= variables_check(r, c.text, line);
    if (!quiz_find(&c.text, line, &quiz, &quiz_line)) {
        fault_on(r, 0, "has no quiz: a line \"## Quiz\" and questions are missing");
        return;
    }
    if (str_trim(c.text).n == 0) {
        fault_on(r, line, "has a quiz and nothing to learn before it");
        return;
    }
    if (quiz_read(r, quiz, quiz_line, &c) && sound)
        da_push(r->a, list) = c;
}
