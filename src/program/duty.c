/* Duties: reading them from content/duties. */
#include "base/content.h"
#include "program/private.h"

typedef struct { str id, title, why, role, priority, lead, escalate; } duty_keys;

static const key_row rows[] = {
    { .key = "duty", .offset = offsetof(duty_keys, id) },
    { .key = "title", .offset = offsetof(duty_keys, title) },
    { .key = "why", .offset = offsetof(duty_keys, why) },
    { .key = "owner", .offset = offsetof(duty_keys, role) },
    { .key = "lead", .offset = offsetof(duty_keys, lead) },
    { .key = "escalate", .offset = offsetof(duty_keys, escalate) },
    { .key = "priority", .offset = offsetof(duty_keys, priority), .optional = true },
};

typedef struct {
    arena      *a;
    faults     *fs;
    const content_file *file;
    duty       *d;
    bool        sound;
} duty_reader;

static void tell(duty_reader *r, size_t line, const char *what)
{
    fault_at(r->fs, r->file->file.path, line, "%s", what);
    r->sound = false;
}

/* Comment lines at the top are the head; the rest is the query. */
static str head_split(duty_reader *r, block *head, size_t *ret_line)
{
    str    rest = r->file->file.text, before = rest, line;
    size_t number = 1;
    for (; str_line(&rest, &line) && str_starts(line, S("--")); before = rest, number++) {
        entry e;
        str   text = str_sub(line, 2, line.n);
        if (str_starts(text, S("  ")) && head->entries.n)
            entry_continue(r->a, &head->entries.v[head->entries.n - 1], text);
        else if (entry_cut(text, number, &e))
            da_push(r->a, &head->entries) = e;
        else
            tell(r, number, "expected \"-- key: value\", or \"--\" and two blanks to continue the line above");
    }
    *ret_line = number;
    return str_trim(before);
}

static void period_take(duty_reader *r, const block *head, const char *key, str text, period *ret)
{
    *ret = (period){ PERIOD_DAYS, 0 };
    if (!str_eq(text, S("0 days")) && !str_eq(text, S("never")) && !period_parse(text, ret))
        tell(r, key_line(head, key), "is a span: \"14 days\", \"1 month\"; lead may be \"0 days\", escalate \"never\"");
}

static void query_check(duty_reader *r, str sql, size_t line)
{
    fault  why = { 0 };
    str   *tables;
    size_t n;
    buf    padded = buf_new(r->a, CONTENT_FILE_MAX * 2);
    for (size_t i = 1; i < line; i++)
        buf_putc(&padded, '\n');
    buf_puts(&padded, sql);
    if (sandbox_check(r->a, buf_str(&padded), false, &why, &tables, &n) != ERR_OK)
        tell(r, 0, str_dup(r->a, str_of(why.text)).p);
}

static bool is_choice(const char *type, const char *name, str word)
{
    const relation *rel = relation_find(str_of(type));
    int             i = rel ? relation_field(rel, str_of(name)) : -1;
    for (size_t k = 0; i >= 0 && rel->fields[i].choices[k]; k++)
        if (str_eq(word, str_of(rel->fields[i].choices[k])))
            return true;
    return false;
}

static bool duty_read(duty_reader *r)
{
    block     head = { .line = 1 };
    duty_keys k = { .priority = S("medium") };
    size_t    line;
    str       sql = head_split(r, &head, &line), rel = r->file->rel;
    if (!keys_read(r->fs, r->file->file.path, &head, rows, COUNT(rows), &k))
        return false;
    *r->d = (duty){ .id = k.id, .path = r->file->file.path, .title = k.title, .why = k.why, .role = k.role,
                    .priority = k.priority, .sql = sql };
    if (!str_eq(str_fmt(r->a, "duties/" STR_FMT ".sql", STR_ARG(k.id)), rel))
        tell(r, key_line(&head, "duty"), "does not call itself as its file");
    if (!is_choice("role_assignment", "role", k.role))
        tell(r, key_line(&head, "owner"), "is no role of role_assignment");
    if (!is_choice("task", "priority", k.priority))
        tell(r, key_line(&head, "priority"), "is low, medium, high or critical");
    period_take(r, &head, "lead", k.lead, &r->d->lead);
    period_take(r, &head, "escalate", k.escalate, &r->d->escalate);
    query_check(r, sql, line);
    return r->sound;
}

err_t duties_load(arena *a, const char *overlay, fault *f, const duties **ret)
{
    static const content_dir dir = { .name = "duties", .endings = { ".sql" } };
    faults        fs = { .a = a };
    content_files files = { 0 };
    DA(duty)      list = { 0 };
    duties       *d = NEW(a, duties);
    files_gather(a, &fs, overlay, &dir, 1, &files);
    for (size_t i = 0; i < files.n; i++) {
        duty        one;
        duty_reader r = { a, &fs, &files.v[i], &one, true };
        if (text_sound(&fs, &files.v[i].file) && duty_read(&r))
            da_push(a, &list) = one;
    }
    TRY(faults_report(&fs, f));
    *d = (duties){ list.v, list.n };
    for (size_t i = 1; i < list.n; i++)       /* few, and nearly in order already */
        for (size_t k = i; k && str_cmp(list.v[k - 1].id, list.v[k].id) > 0; k--) {
            duty swap = list.v[k];
            list.v[k] = list.v[k - 1];
            list.v[k - 1] = swap;
        }
    *ret = d;
    return ERR_OK;
}

const duty *duty_find(const duties *d, str id)
{
    for (size_t i = 0; i < d->n; i++)
        if (str_eq(d->v[i].id, id))
            return &d->v[i];
    return NULL;
}
