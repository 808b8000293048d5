/* Forms: inputs from the rows of a relation, what was typed, what is wrong with it. */
#include "web/record.h"

#include <stdio.h>

enum { OPTIONS_MAX = 500, SMALL_RANGE = 12 };

form *form_new(ask *q)
{
    form *fm = NEW(q->a, form);
    fm->q = q;
    return fm;
}

input *form_add(form *fm, input_kind k, const char *name, const char *label, const char *help)
{
    input *in = &da_push(fm->q->a, &fm->v);
    *in = (input){ .name = str_of(name), .label = str_of(label), .help = str_of(help), .kind = k };
    return in;
}

/* ---- from a field ------------------------------------------------------------------------- */

static input_kind kind_of(const field *fd)
{
    bool few = fd->kind == F_INT && (fd->min || fd->max) && fd->max - fd->min <= SMALL_RANGE;
    if (fd->choices || fd->kind == F_BOOL || few)
        return INPUT_CHOICE;
    return fd->kind == F_TIME ? INPUT_TIME : fd->kind == F_INT ? INPUT_NUMBER : fd->flags & FIELD_LONG ? INPUT_LONG : INPUT_TEXT;
}

static str spaced(arena *a, const char *wire)
{
    char *p = str_z(a, str_of(wire));
    for (char *c = p; *c; c++)
        *c = *c == '_' ? ' ' : *c;
    return str_of(p);
}

typedef DA(option) option_list;

static void options_of(arena *a, const field *fd, bool known, option_list *to)
{
    bool must = (fd->flags & FIELD_REQUIRED) && known;
    if (!must)
        da_push(a, to) = (option){ S(""), fd->flags & FIELD_REQUIRED ? S("Choose one") : S("Not known") };
    for (size_t i = 0; fd->choices && fd->choices[i]; i++)
        da_push(a, to) = (option){ str_of(fd->choices[i]), spaced(a, fd->choices[i]) };
    if (fd->kind == F_BOOL) {
        da_push(a, to) = (option){ S("true"), S("yes") };
        da_push(a, to) = (option){ S("false"), S("no") };
    }
    for (int64_t i = fd->min; fd->kind == F_INT && i <= fd->max; i++) {
        str number = str_fmt(a, "%lld", (long long)i);
        da_push(a, to) = (option){ number, number };
    }
}

/* "Documents" of the field's sentence, and what a number must be. */
static str help_of(arena *a, const field *fd, input_kind k)
{
    buf b = buf_new(a, 4096);
    buf_putz(&b, fd->doc);
    if (k == INPUT_NUMBER && (fd->min || fd->max))
        buf_fmt(&b, " From %lld to %lld.", (long long)fd->min, (long long)fd->max);
    if (fd->unit && k != INPUT_NUMBER)
        buf_fmt(&b, " In %s.", fd->unit);
    if (fd->ref && strcmp(fd->ref, "*") != 0)
        buf_putz(&b, " By name or id.");
    if (fd->flags & FIELD_FIXED)
        buf_putz(&b, " Stays as it is first given.");
    return buf_str(&b);
}

/* A moment has a day and a part of it; whole days have none. Seconds stay out of sight, and stay. */
static void time_split(arena *a, time_us t, input *in)
{
    str full = time_rfc3339(a, t);
    in->text = str_sub(full, 0, 10);
    in->clock = t % DAYS(1) ? str_sub(full, 11, 16) : S("");
}

str input_text(arena *a, const input *in)
{
    str day = str_trim(in->text), clock = str_trim(in->clock);
    if (in->kind != INPUT_TIME || !clock.n)
        return in->kind == INPUT_TIME ? day : in->text;
    return str_fmt(a, STR_FMT "T" STR_FMT "%sZ", STR_ARG(day), STR_ARG(clock), clock.n == 5 ? ":00" : "");
}

static str text_of_value(const field *fd, const value *v, arena *a)
{
    return v->kind == V_NULL ? S("") : value_show(fd, v, a);
}

input *form_add_field(form *fm, const field *fd, const value *now)
{
    arena      *a = fm->q->a;
    const value none = V_UNKNOWN, *v = now ? now : &none;
    option_list options = { 0 };
    input      *in = &da_push(a, &fm->v);
    *in = (input){ .name = str_of(fd->name), .label = field_label(a, fd), .kind = kind_of(fd), .text = text_of_value(fd, v, a),
                   .required = (fd->flags & FIELD_REQUIRED) != 0, .unit = fd->unit, .of = fd };
    in->help = help_of(a, fd, in->kind);
    if (in->kind == INPUT_TIME && v->kind == V_INT)
        time_split(a, v->i, in);
    if (in->kind == INPUT_CHOICE)
        options_of(a, fd, v->kind != V_NULL || fd->initial, &options);
    in->options = options.v;
    in->n_options = options.n;
    in->before = input_text(a, in);
    return in;
}

/* ---- proposals ------------------------------------------------------------------------------ */

static const form_list *list_named(const form *fm, str id)
{
    for (size_t i = 0; i < fm->lists.n; i++)
        if (str_eq(fm->lists.v[i].id, id))
            return &fm->lists.v[i];
    return NULL;
}

static err_t catalogue_list(ask *q, const char *type, option_list *to)
{
    const content *ct;
    TRY(app_content(q->ws, &q->f, &ct));
    for (size_t i = 0; strcmp(type, "control") == 0 && i < ct->n_controls; i++)
        da_push(q->a, to) = (option){ ct->controls[i].id, ct->controls[i].title };
    for (size_t i = 0; strcmp(type, "criterion") == 0 && i < ct->n_criteria; i++)
        da_push(q->a, to) = (option){ ct->criteria[i].id, utf8_cut(ct->criteria[i].words, 80) };
    for (size_t i = 0; strcmp(type, "test") == 0 && i < ct->n_tests; i++)
        da_push(q->a, to) = (option){ ct->tests[i].id, ct->tests[i].title };
    for (size_t i = 0; strcmp(type, "register") == 0 && i < n_relations; i++)
        if (relations[i]->record)
            da_push(q->a, to) = (option){ str_of(relations[i]->name), type_plural(q->a, relations[i]) };
    return ERR_OK;
}

static err_t record_list_of(ask *q, const relation *r, option_list *to)
{
    bool           people = strcmp(r->name, "person") == 0;
    row_table      found;
    const sql_hole holes[] = { { "limit", str_fmt(q->a, "%d", OPTIONS_MAX) }, { "relation", str_of(r->name) }, { "title", str_of(r->record->title) } };
    TRY(app_rows(q->ws, q->a, people ? "sql/web/people.sql" : "sql/web/options.sql", holes, COUNT(holes), 0, &q->f, &found));
    for (size_t i = 0; i < found.n_rows; i++)
        da_push(q->a, to) = (option){ table_cell(&found, i, 0), utf8_cut(table_cell(&found, i, 1), 80) };
    return ERR_OK;
}

static err_t list_for(form *fm, const char *type, str id)
{
    ask            *q = fm->q;
    const relation *r = relation_find(str_of(type));
    option_list     options = { 0 };
    bool            catalogue = list_has("control criterion test register", str_of(type));
    if (catalogue)
        TRY(catalogue_list(q, type, &options));
    else if (r && r->record && names_shown(q, r))
        TRY(record_list_of(q, r, &options));
    da_push(q->a, &fm->lists) = (form_list){ id, options.v, options.n };
    return ERR_OK;
}

err_t form_lists(form *fm)
{
    for (size_t i = 0; i < fm->v.n; i++) {
        input *in = &fm->v.v[i];
        if (!in->of || !in->of->ref || strcmp(in->of->ref, "*") == 0)
            continue;
        str id = str_fmt(fm->q->a, "list-%s", in->of->ref);
        if (!list_named(fm, id))
            TRY(list_for(fm, in->of->ref, id));
        in->list = list_named(fm, id)->n ? id : S("");
    }
    return ERR_OK;
}

/* ---- what was typed ------------------------------------------------------------------------------ */

/* Browsers send every line end as CR LF. */
static str lines_of(arena *a, str text)
{
    if (!text.n || !memchr(text.p, '\r', text.n))
        return text;
    buf b = buf_new(a, text.n + 1);
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] != '\r' || i + 1 == text.n || text.p[i + 1] != '\n')
            buf_putc(&b, text.p[i]);
    return buf_str(&b);
}

static bool sent(const http_pair *v, size_t n, str name, str *ret)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(v[i].name, name)) {
            *ret = v[i].value;
            return true;
        }
    return false;
}

/* A whole moment may stand in the one parameter, as links and scripts write it. */
static void take_time(arena *a, input *in, str text)
{
    time_us t;
    in->text = text;
    in->clock = S("");
    if (text.n > 10 && time_parse(text, &t))
        time_split(a, t, in);
}

/* No id has a blank: what has one and is the title of one record alone names that record. */
static err_t take_name(form *fm, input *in)
{
    ask            *q = fm->q;
    str             typed = str_trim(in->text);
    const relation *r = in->of && in->of->ref ? relation_find(str_of(in->of->ref)) : NULL;
    row_table       found = { 0 };
    if (!r || !r->record || !typed.n || !memchr(typed.p, ' ', typed.n) || !names_shown(q, r))
        return ERR_OK;
    const sql_hole holes[] = { { "relation", str_of(r->name) }, { "title", str_of(r->record->title) }, { "name", sql_quote(q->a, typed) },
                               { "still", strcmp(r->name, "person") == 0 ? S(" AND state <> 'left'") : S("") } };
    TRY(app_rows(q->ws, q->a, "sql/web/named.sql", holes, COUNT(holes), 0, &q->f, &found));
    if (found.n_rows == 1)
        in->text = table_cell(&found, 0, 0);
    return ERR_OK;
}

err_t form_read(form *fm)
{
    arena     *a = fm->q->a;
    http_pair *v = fm->q->rq->query;
    size_t     n = fm->q->rq->n_query;
    bool       post = fm->q->rq->method == HTTP_POST;
    str        text;
    if (post)
        TRY(ask_form(fm->q, &v, &n, NULL, NULL));
    for (size_t i = 0; i < fm->v.n; i++) {
        input *in = &fm->v.v[i];
        if (in->kind == INPUT_CHECK && post)
            in->checked = sent(v, n, in->name, &text);
        if (in->kind == INPUT_CHECK || in->kind == INPUT_FILE || !sent(v, n, in->name, &text))
            continue;
        text = lines_of(a, text);
        if (in->kind == INPUT_TIME)
            take_time(a, in, text);
        else
            in->text = text;
        if (in->kind == INPUT_TIME && sent(v, n, str_fmt(a, STR_FMT ".time", STR_ARG(in->name)), &text) && !in->clock.n)
            in->clock = text;
        TRY(post ? take_name(fm, in) : ERR_OK);
    }
    return ERR_OK;
}

assignment *form_assignments(form *fm, bool changed_only, size_t *ret_n)
{
    arena      *a = fm->q->a;
    assignment *set = NEW_ARRAY(a, assignment, fm->v.n + 1);
    *ret_n = 0;
    for (size_t i = 0; i < fm->v.n; i++) {
        const input *in = &fm->v.v[i];
        str          text = input_text(a, in);
        bool         same = str_eq(text, lines_of(a, in->before));
        if (in->of && (changed_only ? !same : str_trim(text).n || !same))
            set[(*ret_n)++] = (assignment){ in->name, text };
    }
    return set;
}

/* ---- faults ---------------------------------------------------------------------------------------- */

void form_fault_whole(form *fm, str why)
{
    da_push(fm->q->a, &fm->whys) = why;
    fm->n_faults++;
}

void form_fault(form *fm, const char *name, str why)
{
    for (size_t i = 0; i < fm->v.n; i++) {
        input *in = &fm->v.v[i];
        if (!str_eq(in->name, str_of(name)))
            continue;
        if (str_contains(in->why, why))   /* two rules may say the same */
            return;
        in->why = in->why.n ? str_fmt(fm->q->a, STR_FMT "; " STR_FMT, STR_ARG(in->why), STR_ARG(why)) : why;
        fm->n_faults++;
        return;
    }
    form_fault_whole(fm, *name ? str_fmt(fm->q->a, "%s: " STR_FMT, name, STR_ARG(why)) : why);
}

/* ---- one input on the page ------------------------------------------------------------------------------------------ */

static bool is_day(str text)
{
    time_us at;
    return !text.n || (text.n == 10 && time_parse(text, &at));
}

/* What a browser shows no longer when it is no day or number is kept as text. */
static const char *type_of(const input *in)
{
    if (in->kind == INPUT_FILE || in->kind == INPUT_SECRET)
        return in->kind == INPUT_FILE ? "file" : "password";
    return in->kind == INPUT_TIME && is_day(in->text) ? "date" : "text";
}

static int rows_of(str text)
{
    size_t n = 4;
    for (size_t i = 0; i < text.n; i++)
        n += text.p[i] == '\n' || (i && i % 90 == 0);
    return n > 28 ? 28 : (int)n;
}

input_says input_says_of(const input *in)
{
    input_says said = { .type = type_of(in), .clock_type = in->clock.n != 0 && in->clock.n != 5 && in->clock.n != 8 ? "text" : "time", .rows = rows_of(in->text),
                        .listed = false };
    for (size_t i = 0; i < in->n_options; i++)
        said.listed |= str_eq(in->options[i].value, in->text);
    said.required = in->required && (in->kind != INPUT_CHOICE || !said.listed || !in->options[0].value.n);
    const struct { bool there; const char *prefix; } parts[] = { { in->kind == INPUT_NUMBER && in->unit, "u" }, { in->help.n != 0, "h" }, { in->why.n != 0, "e" } };
    int n = 0, room = (int)sizeof said.described;
    for (size_t i = 0; i < COUNT(parts) && n < room; i++)
        if (parts[i].there)
            n += snprintf(said.described + n, (size_t)(room - n), "%s%s-" STR_FMT, n ? " " : "", parts[i].prefix, STR_ARG(in->name));
    return said;
}

void form_put(buf *out, const form *fm)
{
    form_view view = { .fm = fm };
    for (size_t i = 0; i < fm->v.n; i++) {
        const input *in = &fm->v.v[i];
        view.n_folded += in->folded;
        view.open |= in->folded && in->why.n;
    }
    tpl_form(out, &view);
}
