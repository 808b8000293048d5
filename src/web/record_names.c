/* The titles of what a page names, looked up together, in one statement. */
#include "web/record.h"

enum { NAMES_MAX = 2000, BRIEF_BYTES = 140, TIGHT_BYTES = 28 };

typedef struct {
    const relation *r;
    map             wanted;              /* id -> str *title, p NULL until it is read */
    DA(str)         ids;
    bool            own;                 /* titles are known of the person's own alone, which they may open */
} named_type;

struct names {
    ask  *q;
    DA(named_type *) types;
    map   by_name;
};

names *names_new(ask *q)
{
    names *n = NEW(q->a, names);
    n->q = q;
    n->by_name = map_new(q->a);
    return n;
}

static named_type *type_named(names *n, str type)
{
    named_type     *t = map_get(&n->by_name, type);
    const relation *r = t ? NULL : relation_find(type);
    if (t || !r || !r->record)
        return t;
    t = NEW(n->q->a, named_type);
    t->r = r;
    t->wanted = map_new(n->q->a);
    *map_put(&n->by_name, str_of(r->name)) = t;
    da_push(n->q->a, &n->types) = t;
    return t;
}

void names_want_record(names *n, str type, str id)
{
    named_type *t = type_named(n, type);
    if (!t || !id.n || t->ids.n >= NAMES_MAX || map_get(&t->wanted, id))
        return;
    *map_put(&t->wanted, id) = NEW(n->q->a, str);
    da_push(n->q->a, &t->ids) = id;
}

/* "risk/RISK-3" of a field that names any record, else the field's own type. */
static bool named_by(const field *fd, const value *v, str *ret_type, str *ret_id)
{
    if (!fd->ref || v->kind != V_TEXT || !v->s.n)
        return false;
    *ret_type = str_of(fd->ref);
    *ret_id = v->s;
    if (strcmp(fd->ref, "*") == 0)
        *ret_type = str_cut(ret_id, '/');
    return ret_id->p != NULL;
}

void names_want(names *n, const field *fd, const value *v)
{
    str type, id;
    if (named_by(fd, v, &type, &id))
        names_want_record(n, type, id);
}

/* Names of people are no secret among those who work together; of other types who may not read all is told of their own alone. */
static bool titles_of(const ask *q, const relation *r, str *ret_whose)
{
    *ret_whose = S("");
    if (names_shown(q, r))
        return true;
    if (!r->record->own || !q->who.person.n)
        return false;
    *ret_whose = str_fmt(q->a, " AND %s = " STR_FMT, r->record->own, STR_ARG(sql_quote(q->a, q->who.person)));
    return true;
}

static str of_type(names *n, const named_type *t, str whose)
{
    ask *q = n->q;
    buf  ids = buf_new(q->a, 1 << 20);
    for (size_t i = 0; i < t->ids.n; i++)
        buf_fmt(&ids, "%s" STR_FMT, i ? ", " : "", STR_ARG(sql_quote(q->a, t->ids.v[i])));
    const sql_hole holes[] = { { "type", sql_quote(q->a, str_of(t->r->name)) }, { "relation", str_of(t->r->name) }, { "title", str_of(t->r->record->title) },
                               { "ids", buf_str(&ids) }, { "whose", whose } };
    return sql_read(q->a, "sql/web/names.sql", holes, COUNT(holes));
}

err_t names_read(names *n)
{
    ask      *q = n->q;
    str       all = S("");
    row_table found = { 0 };
    for (size_t i = 0; i < n->types.n; i++) {
        named_type *t = n->types.v[i];
        str         whose;
        if (!t->ids.n || !titles_of(q, t->r, &whose))
            continue;
        t->own = whose.n != 0;
        str one = of_type(n, t, whose);
        all = all.n ? sql_read(q->a, "sql/web/both.sql", (const sql_hole[]){ { "left", all }, { "right", one } }, 2) : one;
    }
    if (all.n)
        TRY(app_rows(q->ws, q->a, "sql/web/names_all.sql", &(sql_hole){ "all", all }, 1, q->as_of, &q->f, &found));
    for (size_t i = 0; i < found.n_rows; i++) {
        const named_type *t = map_get(&n->by_name, table_cell(&found, i, 0));
        str              *title = t ? map_get(&t->wanted, table_cell(&found, i, 1)) : NULL, text = table_cell(&found, i, 2), line;
        if (title && text.n && str_line(&text, &line))
            *title = line;
    }
    return ERR_OK;
}

/* Controls, criteria and tests are called what the catalogue calls them. */
static str catalogue_title(ask *q, str type, str id)
{
    const content *ct;
    fault          none = { 0 };
    if (app_content(q->ws, &none, &ct) != ERR_OK)
        return S("");
    const control      *c = str_eq(type, S("control")) ? control_find(ct, id) : NULL;
    const criterion    *cr = str_eq(type, S("criterion")) ? criterion_find(ct, id) : NULL;
    const control_test *t = str_eq(type, S("test")) ? test_find(ct, id) : NULL;
    return c ? c->title : cr ? utf8_cut(cr->words, BRIEF_BYTES) : t ? t->title : S("");
}

str names_title(const names *n, str type, str id)
{
    const named_type *t = map_get(&n->by_name, type);
    const str        *title = t ? map_get(&t->wanted, id) : NULL;
    str               known = catalogue_title(n->q, type, id);
    return known.n ? known : title && title->p ? *title : S("");
}

/* ---- cells -------------------------------------------------------------------------------------- */

static str one_line(arena *a, str text)
{
    str line, rest = text;
    if (!str_line(&rest, &line))
        return S("");
    str cut = utf8_cut(line, BRIEF_BYTES);
    return cut.n < str_trim(text).n ? str_fmt(a, STR_FMT " ...", STR_ARG(cut)) : cut;
}

static str href_of(names *n, str type, str id, str title)
{
    const named_type *t = map_get(&n->by_name, type);
    return t && t->own && title.n ? named_link(n->q, type, id) : named_offer(n->q, type, id);
}

static cell link_cell(names *n, const field *fd, const value *v, bool brief)
{
    str type, id;
    if (!named_by(fd, v, &type, &id))
        return (cell){ .kind = CELL_TEXT, .text = v->s };
    str title = names_title(n, type, id);
    bool any = strcmp(fd->ref, "*") == 0;
    return (cell){ .kind = CELL_LINK, .text = title.n ? title : v->s, .href = href_of(n, type, id, title), .tight = brief && title.n <= TIGHT_BYTES,
                   .beside = title.n && strcmp(fd->ref, "person") != 0 ? (any ? v->s : id) : S("") };
}

/* Texts of policies and the like are written as Markdown. */
static bool is_prose(const relation *r, const field *fd)
{
    static const char *const where[] = { "policy_version.body", "procedure.steps", "privacy_notice.body", "continuity_plan.body", "course.body" };
    for (size_t i = 0; i < COUNT(where); i++) {
        str field_name = str_of(where[i]), type = str_cut(&field_name, '.');
        if (str_eq(type, str_of(r->name)) && str_eq(field_name, str_of(fd->name)))
            return true;
    }
    return false;
}

str names_record(const names *n, const relation *r, const value *row)
{
    int k = relation_field(r, str_of(r->record->title));
    str type, id;
    if (k < 0 || !named_by(&r->fields[k], &row[k], &type, &id))
        return record_title(r, row);
    str title = names_title(n, type, id);
    return title.n ? title : record_title(r, row);
}

/* "AC-03 LG-01": ids of the catalogue with blanks between; false when a word is none. */
static bool catalogue_cell(ask *q, const field *fd, const value *v, cell *ret)
{
    static const struct { const char *name, *type; } lists[] = { { "controls", "control" }, { "criteria", "criterion" }, { "tests", "test" } };
    DA(cell) parts = { 0 };
    for (size_t i = 0; i < COUNT(lists); i++) {
        if (strcmp(fd->name, lists[i].name) != 0)
            continue;
        for (str rest = v->s, w = str_word(&rest); w.n; w = str_word(&rest)) {
            str title = catalogue_title(q, str_of(lists[i].type), w);
            if (!title.n)
                return false;
            da_push(q->a, &parts) = (cell){ .kind = CELL_LINK, .text = w, .href = named_offer(q, str_of(lists[i].type), w), .beside = title };
        }
    }
    *ret = (cell){ .kind = CELL_LINKS, .text = v->s, .parts = parts.v, .n_parts = parts.n };
    return parts.n > 0;
}

static cell text_cell(names *n, const relation *r, const field *fd, const value *v, bool brief)
{
    cell links;
    if (catalogue_cell(n->q, fd, v, &links))
        return links;
    if (brief)
        return (cell){ .kind = CELL_TEXT, .text = fd->choices ? choice_words(n->q->a, v->s) : one_line(n->q->a, v->s) };
    if (is_prose(r, fd))
        return (cell){ .kind = CELL_PROSE, .text = v->s };
    bool lines = memchr(v->s.p, '\n', v->s.n) != NULL;
    return (cell){ .kind = lines ? CELL_LONG : CELL_TEXT, .text = fd->choices ? choice_words(n->q->a, v->s) : v->s };
}

cell cell_of(names *n, const relation *r, size_t field_at, const value *row, bool brief)
{
    const field *fd = &r->fields[field_at];
    const value *v = &row[field_at];
    if (v->kind == V_NULL)
        return (cell){ .kind = CELL_UNKNOWN };
    if (fd->ref)
        return link_cell(n, fd, v, brief);
    if (strcmp(fd->name, "state") == 0)
        return (cell){ .kind = CELL_STATE, .mark = record_mark(n->q, v->s) };
    if (fd->kind == F_TEXT)
        return text_cell(n, r, fd, v, brief);
    str text = value_people(n->q->a, fd, v, brief);
    if (fd->kind == F_TIME)
        return (cell){ .kind = CELL_TIME, .text = text, .beside = time_ago(n->q, v->i) };
    return (cell){ .kind = CELL_TEXT, .text = text, .beside = fd->unit ? str_of(fd->unit) : S("") };
}
