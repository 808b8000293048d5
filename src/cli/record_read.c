/* Records: list, show, history. */
#include "cli/record.h"

#include "csv/csv.h"

enum { ANSWER_MAX = 512 << 20, COLUMNS_MAX = RELATION_FIELDS_MAX, GAP = 2, NARROWEST = 8 };

/* ---- list: what is asked for ------------------------------------------------------------ */

typedef struct {
    size_t v[COLUMNS_MAX];
    bool   descending[COLUMNS_MAX];
    size_t n;
} field_list;

static err_t field_named(cli *c, str name, size_t *ret)
{
    int i = relation_field(c->type, str_trim(name));
    if (i < 0)
        return fail(&c->f, ERR_USAGE, "%s has no field \"" STR_FMT "\"; see: attest %s --help", c->type->name, STR_ARG(utf8_cut(name, 60)),
                    c->type->name);
    *ret = (size_t)i;
    return ERR_OK;
}

/* "owner,-due_at" */
static err_t fields_named(cli *c, const char *option_name, field_list *ret)
{
    const char *text = option_value(c, option_name);
    for (str rest = str_of(text); text && rest.p;) {
        str name = str_trim(str_cut(&rest, ','));
        if (ret->n == COLUMNS_MAX)
            return fail(&c->f, ERR_USAGE, "--%s names more than %d fields", option_name, COLUMNS_MAX);
        ret->descending[ret->n] = str_starts(name, S("-"));
        TRY(field_named(c, ret->descending[ret->n] ? str_sub(name, 1, name.n) : name, &ret->v[ret->n]));
        ret->n++;
    }
    return ERR_OK;
}

static err_t columns_wanted(cli *c, field_list *ret)
{
    ret->v[ret->n++] = 0;                 /* the id leads, whatever is asked for */
    field_list asked = { 0 };
    TRY(fields_named(c, "columns", &asked));
    for (size_t i = 0; i < asked.n; i++)
        if (asked.v[i] != 0 && ret->n < COLUMNS_MAX)
            ret->v[ret->n++] = asked.v[i];
    for (size_t i = 1; i < c->type->n_fields && !option_set(c, "columns"); i++)
        if (c->type->fields[i].flags & FIELD_COLUMN)
            ret->v[ret->n++] = i;
    return ERR_OK;
}

static err_t filters_wanted(cli *c, record_query *q)
{
    texts          where = option_list(c, "where");
    record_filter *filters = NEW_ARRAY(c->a, record_filter, where.n + 1);
    for (size_t i = 0; i < where.n; i++)
        TRY(filter_parse(c->a, c->type, where.v[i], &c->f, &filters[i]));
    q->filters = filters;
    q->n_filters = where.n;
    return ERR_OK;
}

static err_t limit_wanted(cli *c, record_query *q)
{
    const char *text = option_value(c, "limit");
    if (option_set(c, "all") && text)
        return fail(&c->f, ERR_USAGE, "--all and --limit exclude each other");
    if (option_set(c, "all"))
        q->limit = INT64_MAX;
    else if (text && !parse_int(str_of(text), 1, INT64_MAX, &q->limit))
        return fail(&c->f, ERR_USAGE, "--limit is a number from 1 on");
    return ERR_OK;
}

/* ---- list: as a table --------------------------------------------------------------------- */

/* Columns as wide as what they hold, the widest cut until the line fits. */
static void widths_fit(int *width, size_t n, int room)
{
    for (;;) {
        int    total = 0;
        size_t widest = n > 1 ? 1 : 0;    /* ids stay whole */
        for (size_t k = 0; k < n; k++) {
            total += width[k] + (k ? GAP : 0);
            if (k && width[k] > width[widest])
                widest = k;
        }
        if (total <= room || width[widest] <= NARROWEST)
            return;
        width[widest]--;
    }
}

static void table_line(buf *out, const str *cells, const int *width, size_t n)
{
    for (size_t k = 0; k < n; k++) {
        if (k + 1 == n && text_columns(cells[k]) <= (size_t)width[k]) {
            put_plain(out, cells[k]);     /* no blanks at the end of a line */
            break;
        }
        put_cell(out, cells[k], width[k]);
        buf_putz(out, k + 1 < n ? "  " : "");
    }
    buf_putc(out, '\n');
}

static void put_table(cli *c, const field_list *cols, const record_list *list, buf *out)
{
    str *cells = NEW_ARRAY(c->a, str, (list->n + 1) * cols->n);
    int *width = NEW_ARRAY(c->a, int, cols->n);
    for (size_t i = 0; i < (list->n + 1) * cols->n; i++) {
        size_t       k = i % cols->n, row = i / cols->n;
        const field *fd = &c->type->fields[cols->v[k]];
        cells[i] = row ? value_people(c->a, fd, &list->rows[row - 1][cols->v[k]], true) : str_of(fd->name);
        if (row && !cells[i].n)
            cells[i] = S("-");
        size_t columns = text_columns(cells[i]);
        if (columns > (size_t)width[k])
            width[k] = columns > 100 ? 100 : (int)columns;
    }
    widths_fit(width, cols->n, c->style.width);
    for (size_t row = 0; row <= list->n; row++) {
        buf_putz(out, !row && c->style.colour ? "\033[1m" : "");
        table_line(out, &cells[row * cols->n], width, cols->n);
        buf_putz(out, !row && c->style.colour ? "\033[0m" : "");
    }
}

/* What belongs here, and the first step. */
static void put_empty(cli *c, bool filtered, buf *out)
{
    if (filtered) {
        buf_fmt(out, "No %s fits.\n", c->type->name);
        return;
    }
    buf b = buf_new(c->a, 64 << 10);
    buf_fmt(&b, "No %s is kept yet. %s", c->type->name, c->type->doc);
    put_wrapped(out, buf_str(&b), 0, c->style.width);
    buf_clear(&b);
    buf_fmt(&b, "\nAdd one: attest %s add%s", c->type->name, c->type->record->prefix ? "" : " ID");
    for (size_t i = 1; i < c->type->n_fields; i++) {
        const field *fd = &c->type->fields[i];
        if ((fd->flags & FIELD_REQUIRED) && !(fd->flags & FIELD_STAMPED) && !fd->initial)
            buf_fmt(&b, " %s=...", fd->name);
    }
    put_wrapped(out, buf_str(&b), 4, c->style.width);
    put_wrapped(out, str_fmt(c->a, "Or, when there is none to keep: attest register add %s basis=...", c->type->name), 4, c->style.width);
}

static void list_table(cli *c, const field_list *cols, const record_list *list, bool filtered, buf *out)
{
    if (!list->total) {
        put_empty(c, filtered, out);
        return;
    }
    put_table(c, cols, list, out);
    if ((int64_t)list->n < list->total)
        buf_fmt(out, "(%zu of %lld rows; --all shows all)\n", list->n, (long long)list->total);
    else
        buf_fmt(out, "(%zu row%s)\n", list->n, list->n == 1 ? "" : "s");
}

/* ---- list: for machines ---------------------------------------------------------------------- */

static void list_csv(cli *c, const field_list *cols, const record_list *list, bool filtered, buf *out)
{
    (void)filtered;
    for (size_t k = 0; k < cols->n; k++)
        csv_put(out, k == 0, str_of(c->type->fields[cols->v[k]].name), false);
    csv_end(out);
    for (size_t i = 0; i < list->n; i++) {
        for (size_t k = 0; k < cols->n; k++) {
            const field *fd = &c->type->fields[cols->v[k]];
            const value *v = &list->rows[i][cols->v[k]];
            csv_put(out, k == 0, v->kind == V_NULL ? S("") : value_show(fd, v, c->a), fd->kind == F_INT);
        }
        csv_end(out);
    }
    if ((int64_t)list->n < list->total)
        cli_note(c, "%zu of %lld; --all gives all", list->n, (long long)list->total);
}

static void list_json(cli *c, const field_list *cols, const record_list *list, bool filtered, buf *out)
{
    json_writer w = { .b = out };
    (void)filtered;
    jw_obj(&w);
    jw_kstr(&w, "type", str_of(c->type->name));
    jw_kint(&w, "total", list->total);
    jw_key(&w, "records");
    jw_arr(&w);
    for (size_t i = 0; i < list->n; i++) {
        jw_obj(&w);
        for (size_t k = 0; k < cols->n; k++) {
            jw_key(&w, c->type->fields[cols->v[k]].name);
            jw_value(&w, c->a, &c->type->fields[cols->v[k]], &list->rows[i][cols->v[k]]);
        }
        jw_end_obj(&w);
    }
    jw_end_arr(&w);
    jw_end_obj(&w);
    buf_putc(out, '\n');
}

typedef void (*list_writer)(cli *c, const field_list *cols, const record_list *list, bool filtered, buf *out);

static err_t writer_wanted(cli *c, list_writer *ret)
{
    static const struct { const char *name; list_writer write; } formats[] = {
        { "table", list_table }, { "csv", list_csv }, { "json", list_json },
    };
    const char *name = option_value(c, "format");
    if (!name)
        name = c->json ? "json" : "table";
    for (size_t i = 0; i < COUNT(formats); i++)
        if (strcmp(formats[i].name, name) == 0) {
            *ret = formats[i].write;
            return ERR_OK;
        }
    return fail(&c->f, ERR_USAGE, "there is no format \"%s\"; it is table, csv or json", name);
}

static err_t list(cli *c)
{
    auto_ws workspace *ws = NULL;
    principal          who;
    record_query       q = { .r = c->type };
    record_list        found;
    field_list         cols = { 0 }, sort = { 0 };
    list_writer        write = NULL;
    time_us            as_of;
    buf                out = buf_new(c->a, ANSWER_MAX);
    TRY(writer_wanted(c, &write));
    assert(write);
    TRY(option_time(c, "as-of", &as_of));
    TRY(columns_wanted(c, &cols));
    TRY(fields_named(c, "sort", &sort));
    TRY(filters_wanted(c, &q));
    TRY(limit_wanted(c, &q));
    q.sort = sort.v;
    q.descending = sort.descending;
    q.n_sort = sort.n;
    TRY(record_open(c, OPEN_READ, &ws, &who));
    TRY(app_find(ws, c->a, &who, &q, as_of, &c->f, &found));
    write(c, &cols, &found, q.n_filters > 0 || as_of, &out);
    if (out.overflow)
        return fail(&c->f, ERR_TOO_LARGE, "the list is larger than %d MiB; use: attest %s export", ANSWER_MAX >> 20, c->type->name);
    cli_print(buf_str(&out));
    return ERR_OK;
}

int cmd_record_list(cli *c)
{
    err_t e = list(c);
    return e == ERR_OK ? 0 : cli_fail(c, e);
}

/* ---- show ---------------------------------------------------------------------------------------- */

typedef struct {
    record_view view;
    related    *about;  size_t n_about;
    principal   who;
    time_us     as_of;
    const char *state;       /* NULL: the type has none */
} shown;

static bool may_do(const shown *s, const transition *t)
{
    return s->who.role >= t->by && s->who.role != ROLE_AUDITOR;
}

static bool fits(const shown *s, const transition *t)
{
    return !t->from || (s->state && list_has(t->from, str_of(s->state)));
}

static void show_steps(cli *c, const shown *s, buf *out)
{
    const record_type *rt = s->view.r->record;
    bool               any = false;
    for (size_t i = 0; i < rt->n_transitions && !s->as_of; i++) {
        const transition *t = &rt->transitions[i];
        if (!fits(s, t))
            continue;
        if (!any)
            heading(c, out, "What may be done next");
        any = true;
        buf_putz(out, "  ");
        put_cell(out, str_of(t->name), 16);
        put_wrapped(out, str_of(t->doc), 18, c->style.width);
        str rules = guard_words(c->a, t);
        buf_fmt(out, "%18s", "");
        put_wrapped(out, str_fmt(c->a, "%s%s" STR_FMT "%s", role_or_above(t->by), rules.n ? "; " : "", STR_ARG(rules),
                                 may_do(s, t) ? "" : " (not you)"), 18, c->style.width);
    }
}

static void put_field(cli *c, const field *fd, const value *v, buf *out)
{
    str text = value_people(c->a, fd, v, false), line;
    buf_putz(out, "  ");
    put_cell(out, str_of(fd->name), 20);
    buf_putz(out, " ");
    if (!memchr(text.p ? text.p : "", '\n', text.n)) {
        put_wrapped(out, text, 23, c->style.width);
        return;
    }
    for (bool first = true; str_line(&text, &line); first = false) {
        if (!first && line.n)
            buf_fmt(out, "%23s", "");
        put_wrapped(out, line, 23, c->style.width);
    }
}

static void show_fields(cli *c, const shown *s, buf *out)
{
    const relation *r = s->view.r;
    buf             unknown = buf_new(c->a, 64 << 10);
    heading(c, out, "Fields");
    for (size_t i = 1; i < r->n_fields; i++) {
        if (s->view.row[i].kind != V_NULL)
            put_field(c, &r->fields[i], &s->view.row[i], out);
        else
            buf_fmt(&unknown, "%s%s", unknown.n ? ", " : "", r->fields[i].name);
    }
    if (unknown.n) {
        buf_putz(out, "  not filled in        ");
        put_wrapped(out, buf_str(&unknown), 23, c->style.width);
    }
}

static void show_about(cli *c, const shown *s, buf *out)
{
    static const struct { const char *type, *title; } parts[] = {
        { "evidence", "Evidence" }, { "task", "Tasks" }, { "link", "Links" }, { "comment", "Comments" },
    };
    for (size_t p = 0; p < COUNT(parts); p++) {
        bool any = false;
        for (size_t i = 0; i < s->n_about; i++) {
            const related *a = &s->about[i];
            if (!str_eq(a->type, str_of(parts[p].type)))
                continue;
            if (!any)
                heading(c, out, parts[p].title);
            any = true;
            buf_putz(out, "  ");
            put_cell(out, a->id, 10);
            buf_putc(out, ' ');
            str when = a->at_time ? str_fmt(c->a, ", " STR_FMT, STR_ARG(time_people(c->a, a->at_time))) : S("");
            put_wrapped(out, str_fmt(c->a, STR_FMT "%s" STR_FMT STR_FMT "%s", STR_ARG(a->what), a->who.n || when.n ? " (" : "",
                                     STR_ARG(a->who), STR_ARG(a->who.n ? when : str_sub(when, 2, when.n)), a->who.n || when.n ? ")" : ""),
                        13, c->style.width);
        }
    }
}

static void show_text(cli *c, const shown *s, buf *out)
{
    const char *bold = c->style.colour ? "\033[1m" : "", *plain = c->style.colour ? "\033[0m" : "";
    str         title = record_title(s->view.r, s->view.row), id = s->view.row[0].s;
    if (s->as_of) {
        buf_putz(out, "As it was ");
        put_plain(out, time_people(c->a, s->as_of));
        buf_putz(out, "\n");
    }
    buf_putz(out, bold);
    put_plain(out, id);
    buf_fmt(out, "%s%s%s\n", plain, s->state ? "  " : "", s->state ? s->state : "");
    if (!str_eq(title, id))
        put_wrapped(out, title, 0, c->style.width);
    buf_putc(out, '\n');
    put_wrapped(out, str_of(s->view.r->doc), 0, c->style.width);
    show_steps(c, s, out);
    show_fields(c, s, out);
    show_about(c, s, out);
    buf_putc(out, '\n');
    put_wrapped(out, str_fmt(c->a, "Version %lld, since " STR_FMT ", by " STR_FMT, (long long)s->view.version,
                             STR_ARG(time_people(c->a, s->view.since)), STR_ARG(s->view.by)), 0, c->style.width);
}

static void show_json(cli *c, const shown *s, buf *out)
{
    const relation *r = s->view.r;
    json_writer     w = { .b = out };
    jw_obj(&w);
    jw_kstr(&w, "type", str_of(r->name));
    jw_kstr(&w, "id", s->view.row[0].s);
    jw_kint(&w, "version", s->view.version);
    jw_kstr(&w, "since", time_rfc3339(c->a, s->view.since));
    jw_kstr(&w, "by", s->view.by);
    jw_key(&w, "fields");
    jw_obj(&w);
    for (size_t i = 0; i < r->n_fields; i++) {
        jw_key(&w, r->fields[i].name);
        jw_value(&w, c->a, &r->fields[i], &s->view.row[i]);
    }
    jw_end_obj(&w);
    jw_key(&w, "next");
    jw_arr(&w);
    for (size_t i = 0; i < r->record->n_transitions && !s->as_of; i++) {
        const transition *t = &r->record->transitions[i];
        if (!fits(s, t))
            continue;
        jw_obj(&w);
        jw_kstr(&w, "step", str_of(t->name));
        jw_kstr(&w, "by", str_of(role_name(t->by)));
        jw_kbool(&w, "role_suffices", may_do(s, t));
        jw_kstr(&w, "rules", guard_words(c->a, t));
        jw_end_obj(&w);
    }
    jw_end_arr(&w);
    jw_key(&w, "about");
    jw_arr(&w);
    for (size_t i = 0; i < s->n_about; i++) {
        jw_obj(&w);
        jw_kstr(&w, "type", s->about[i].type);
        jw_kstr(&w, "id", s->about[i].id);
        jw_kstr(&w, "what", s->about[i].what);
        jw_kstr(&w, "who", s->about[i].who);
        if (s->about[i].at_time)
            jw_kstr(&w, "at", time_rfc3339(c->a, s->about[i].at_time));
        jw_end_obj(&w);
    }
    jw_end_arr(&w);
    jw_end_obj(&w);
    buf_putc(out, '\n');
}

static err_t show(cli *c)
{
    auto_ws workspace *ws = NULL;
    shown              s = { 0 };
    buf                out = buf_new(c->a, ANSWER_MAX);
    TRY(option_time(c, "as-of", &s.as_of));
    TRY(record_open(c, OPEN_READ, &ws, &s.who));
    TRY(app_get(ws, c->a, &s.who, c->type, c->args[0], s.as_of, &c->f, &s.view, &s.about, &s.n_about));
    int k = relation_field(c->type, S("state"));
    s.state = k >= 0 ? str_z(c->a, s.view.row[k].s) : NULL;
    if (c->json)
        show_json(c, &s, &out);
    else
        show_text(c, &s, &out);
    cli_print(buf_str(&out));
    return ERR_OK;
}

int cmd_record_show(cli *c)
{
    err_t e = show(c);
    return e == ERR_OK ? 0 : cli_fail(c, e);
}

/* ---- history ---------------------------------------------------------------------------------------- */

static void history_text(cli *c, const record_change *v, size_t n, buf *out)
{
    for (size_t i = 0; i < n; i++) {
        if (!i || v[i].version != v[i - 1].version) {
            str why = v[i].reason.n ? str_fmt(c->a, ": " STR_FMT, STR_ARG(v[i].reason)) : S("");
            put_wrapped(out, str_fmt(c->a, STR_FMT "  " STR_FMT " by " STR_FMT " (commit %lld)" STR_FMT, STR_ARG(time_people(c->a, v[i].at_time)),
                                     STR_ARG(v[i].action), STR_ARG(v[i].by), (long long)v[i].seq, STR_ARG(why)), 2, c->style.width);
        }
        buf_putz(out, "  ");
        put_cell(out, v[i].field.n ? v[i].field : S("(erased)"), 20);
        buf_putc(out, ' ');
        put_wrapped(out, str_eq(v[i].before, S("?")) ? v[i].after
                         : str_fmt(c->a, STR_FMT " -> " STR_FMT, STR_ARG(v[i].before), STR_ARG(v[i].after)), 23, c->style.width);
    }
}

static void history_json(cli *c, const record_change *v, size_t n, buf *out)
{
    json_writer w = { .b = out };
    jw_arr(&w);
    for (size_t i = 0; i < n; i++) {
        jw_obj(&w);
        jw_kstr(&w, "at", time_rfc3339(c->a, v[i].at_time));
        jw_kstr(&w, "by", v[i].by);
        jw_kstr(&w, "action", v[i].action);
        jw_kstr(&w, "reason", v[i].reason);
        jw_kint(&w, "commit", v[i].seq);
        jw_kint(&w, "version", v[i].version);
        jw_kstr(&w, "field", v[i].field);
        jw_kstr(&w, "before", v[i].before);
        jw_kstr(&w, "after", v[i].after);
        jw_end_obj(&w);
    }
    jw_end_arr(&w);
    buf_putc(out, '\n');
}

static err_t history(cli *c)
{
    auto_ws workspace *ws = NULL;
    principal          who;
    record_change     *v;
    size_t             n;
    buf                out = buf_new(c->a, ANSWER_MAX);
    TRY(record_open(c, OPEN_READ, &ws, &who));
    TRY(app_history(ws, c->a, &who, c->type, c->args[0], &c->f, &v, &n));
    if (c->json)
        history_json(c, v, n, &out);
    else
        history_text(c, v, n, &out);
    cli_print(buf_str(&out));
    return ERR_OK;
}

int cmd_record_history(cli *c)
{
    err_t e = history(c);
    return e == ERR_OK ? 0 : cli_fail(c, e);
}
