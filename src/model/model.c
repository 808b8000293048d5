#include "model/record.h"

const relation *relation_find(str name)
{
    size_t lo = 0, hi = n_relations;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        int    c = str_cmp(name, str_of(relations[mid]->name));
        if (c == 0)
            return relations[mid];
        if (c < 0)
            hi = mid;
        else
            lo = mid + 1;
    }
    return NULL;
}

const relation *state_relation(str name)
{
    for (size_t i = 0; i < n_state_relations; i++)
        if (str_eq(name, str_of(state_relations[i]->name)))
            return state_relations[i];
    return NULL;
}

int relation_field(const relation *r, str name)
{
    for (size_t i = 0; i < r->n_fields; i++)
        if (strncmp(r->fields[i].name, name.p ? name.p : "", name.n) == 0 && r->fields[i].name[name.n] == '\0')
            return (int)i;
    return -1;
}

size_t relation_keys(const relation *r)
{
    size_t n = 0;
    while (n < r->n_fields && (r->fields[n].flags & FIELD_KEY))
        n++;
    return n;
}

bool value_eq(const value *a, const value *b)
{
    if (a->kind != b->kind)
        return false;
    return a->kind == V_NULL || (a->kind == V_INT ? a->i == b->i : str_eq(a->s, b->s));
}

static bool is_choice(const field *fd, str s)
{
    for (const char *const *c = fd->choices; *c; c++)
        if (str_eq(str_of(*c), s))
            return true;
    return false;
}

/* NULL when `v` may stand in the field, else what is wrong with it. */
static const char *value_fault(const field *fd, const value *v)
{
    if (v->kind == V_NULL)
        return fd->flags & FIELD_REQUIRED ? "is missing" : NULL;
    if (v->kind != (fd->kind == F_TEXT ? V_TEXT : V_INT))
        return fd->kind == F_TEXT ? "must be text" : "must be a number";
    if (fd->kind == F_BOOL && v->i != 0 && v->i != 1)
        return "must be true or false";
    if (fd->kind == F_INT && (fd->min || fd->max) && (v->i < fd->min || v->i > fd->max))
        return "is outside its range";
    if (fd->kind != F_TEXT)
        return NULL;
    if (v->s.n > FIELD_TEXT_MAX)
        return "is longer than 64 KiB";
    if (!utf8_valid(v->s) || (v->s.n && memchr(v->s.p, 0, v->s.n)))
        return "is not UTF-8 text";
    if (fd->choices && !is_choice(fd, v->s))
        return "is not one of its choices";
    return NULL;
}

str value_why(const field *fd, const value *v, arena *a)
{
    const char *why = value_fault(fd, v);
    if (!why)
        return S("");
    if (v->kind == V_INT && fd->kind == F_INT)
        return str_fmt(a, "is %lld, and must lie between %lld and %lld", (long long)v->i, (long long)fd->min, (long long)fd->max);
    if (v->kind != V_TEXT || !fd->choices || is_choice(fd, v->s))
        return str_of(why);
    buf b = buf_new(a, FIELD_TEXT_MAX);
    buf_putz(&b, "is none of ");
    for (const char *const *c = fd->choices; *c; c++) {
        buf_putz(&b, c == fd->choices ? "" : c[1] ? ", " : " or ");
        buf_putz(&b, *c);
    }
    return buf_str(&b);
}

err_t row_check(const relation *r, const value *row, fault *f)
{
    char   text[512];
    size_t n = 0;
    for (size_t i = 0; i < r->n_fields; i++) {
        const char *why = value_fault(&r->fields[i], &row[i]);
        if (why && n < sizeof text)
            n += (size_t)snprintf(text + n, sizeof text - n, "%s%s %s", n ? "; " : "", r->fields[i].name, why);
    }
    return n ? fail(f, ERR_INVALID, "%s: %s", r->name, text) : ERR_OK;
}

/* Field numbers in the order of their names, as RFC 8785 wants keys. */
void field_order_of(const relation *r, field_order *ret)
{
    uint8_t *order = ret->at;
    for (size_t i = 0; i < r->n_fields; i++) {
        size_t at = i;
        while (at > 0 && strcmp(r->fields[order[at - 1]].name, r->fields[i].name) > 0) {
            order[at] = order[at - 1];
            at--;
        }
        order[at] = (uint8_t)i;
    }
}

static void put_plain(const field *fd, const value *v, buf *out)
{
    if (fd->kind == F_TEXT)
        json_str(out, v->s);
    else if (fd->kind == F_BOOL)
        buf_putz(out, v->i ? "true" : "false");
    else
        buf_int(out, v->i);
}

void row_canonical(const relation *r, str source, const value *row, buf *out)
{
    field_order order;
    field_order_of(r, &order);
    row_canonical_in(r, &order, source, row, out);
}

void row_canonical_in(const relation *r, const field_order *order, str source, const value *row, buf *out)
{
    bool comma = false;
    buf_puts(out, S("{\"fields\":{"));
    for (size_t i = 0; i < r->n_fields; i++) {
        const field *fd = &r->fields[order->at[i]];
        const value *v = &row[order->at[i]];
        if (v->kind == V_NULL)
            continue;
        if (comma)
            buf_putc(out, ',');
        comma = true;
        buf_putc(out, '"');
        buf_putz(out, fd->name);
        buf_puts(out, S("\":"));
        put_plain(fd, v, out);
    }
    buf_puts(out, S("},\"relation\":\""));
    buf_putz(out, r->name);
    buf_puts(out, S("\",\"source\":"));
    json_str(out, source);
    buf_putc(out, '}');
}

void row_json(const relation *r, const value *row, bool for_people, arena *a, buf *out)
{
    bool comma = false;
    buf_putc(out, '{');
    for (size_t i = 0; i < r->n_fields; i++) {
        const field *fd = &r->fields[i];
        if (row[i].kind == V_NULL)
            continue;
        if (comma)
            buf_putc(out, ',');
        comma = true;
        buf_putc(out, '"');
        buf_putz(out, fd->name);
        buf_puts(out, S("\":"));
        if (fd->kind == F_TIME && for_people)
            json_str(out, time_rfc3339(a, row[i].i));
        else
            put_plain(fd, &row[i], out);
    }
    buf_putc(out, '}');
}

static bool value_of_token(const field *fd, json_token t, const json_reader *jr, value *ret)
{
    switch (t) {
    case JSON_NULL:  *ret = V_UNKNOWN; return true;
    case JSON_STR:
        if (fd->kind == F_TIME)
            return ret->kind = V_INT, time_parse(jr->s, &ret->i);
        *ret = v_text(jr->s);
        return fd->kind == F_TEXT;
    case JSON_INT:   *ret = v_int(jr->i); return fd->kind == F_INT || fd->kind == F_TIME;
    case JSON_TRUE:  *ret = v_bool(true); return fd->kind == F_BOOL;
    case JSON_FALSE: *ret = v_bool(false); return fd->kind == F_BOOL;
    case JSON_ERROR: case JSON_END: case JSON_OBJ: case JSON_OBJ_END:
    case JSON_ARR: case JSON_ARR_END: case JSON_KEY:
        break;
    }
    return false;
}

err_t row_parse(const relation *r, str json, arena *a, fault *f, value *ret_row)
{
    json_reader jr = json_open(a, json);
    uint64_t    seen = 0;
    for (size_t i = 0; i < r->n_fields; i++)
        ret_row[i] = V_UNKNOWN;
    if (json_next(&jr) != JSON_OBJ)
        return fail(f, ERR_INVALID, "%s: a row is a JSON object; %s", r->name, jr.error ? jr.error : "this is none");
    for (;;) {
        json_token t = json_next(&jr);
        if (t == JSON_OBJ_END)
            break;
        if (t != JSON_KEY)
            return fail(f, ERR_INVALID, "%s: at byte %zu: %s", r->name, jr.at, jr.error);
        int i = relation_field(r, jr.s);
        if (i < 0)
            return fail(f, ERR_INVALID, "%s has no field \"" STR_FMT "\"", r->name, STR_ARG(jr.s));
        if (seen >> i & 1)
            return fail(f, ERR_INVALID, "%s: \"%s\" stands twice", r->name, r->fields[i].name);
        seen |= UINT64_C(1) << i;
        t = json_next(&jr);
        if (t == JSON_ERROR)
            return fail(f, ERR_INVALID, "%s: at byte %zu: %s", r->name, jr.at, jr.error);
        if (!value_of_token(&r->fields[i], t, &jr, &ret_row[i]))
            return fail(f, ERR_INVALID, "%s: \"%s\" has a value of the wrong kind", r->name, r->fields[i].name);
    }
    if (json_next(&jr) != JSON_END)
        return fail(f, ERR_INVALID, "%s: something follows the row", r->name);
    return row_check(r, ret_row, f);
}

str value_show(const field *fd, const value *v, arena *a)
{
    if (v->kind == V_NULL)
        return S("?");
    if (fd->kind == F_TEXT)
        return v->s;
    if (fd->kind == F_BOOL)
        return v->i ? S("true") : S("false");
    if (fd->kind == F_TIME)
        return time_rfc3339(a, v->i);
    return str_fmt(a, "%lld", (long long)v->i);
}

err_t value_parse(const field *fd, str text, fault *f, value *ret)
{
    int64_t i = 0;
    bool    good = true;
    if (str_eq(text, S("?"))) {
        *ret = V_UNKNOWN;
        return ERR_OK;
    }
    switch (fd->kind) {
    case F_TEXT:
        *ret = v_text(text);
        good = value_fault(fd, ret) == NULL;
        break;
    case F_BOOL:
        *ret = v_bool(str_eq(text, S("true")));
        good = ret->i || str_eq(text, S("false"));
        break;
    case F_INT:
        good = parse_int(text, INT64_MIN, INT64_MAX, &i);
        *ret = v_int(i);
        good = good && value_fault(fd, ret) == NULL;
        break;
    case F_TIME:
        good = time_parse(text, &i);
        *ret = v_int(i);
        break;
    case F_KIND_COUNT_:
        good = false;
    }
    if (good)
        return ERR_OK;
    return fail(f, ERR_INVALID, "\"" STR_FMT "\" cannot stand in %s", STR_ARG(text), fd->name);
}

static err_t fields_check(const relation *r, fault *f)
{
    size_t keys = relation_keys(r);
    if (keys == 0 || r->n_fields > RELATION_FIELDS_MAX)
        return fail(f, ERR_INTERNAL, "%s: needs a key and at most %d fields", r->name, RELATION_FIELDS_MAX);
    for (size_t i = 0; i < r->n_fields; i++) {
        const field *fd = &r->fields[i];
        size_t       doc = strlen(fd->doc);
        if (doc == 0 || fd->doc[doc - 1] == ' ')
            return fail(f, ERR_INTERNAL, "%s.%s: say what it means", r->name, fd->name);
        if (i >= keys && (fd->flags & FIELD_KEY))
            return fail(f, ERR_INTERNAL, "%s.%s: key fields come first", r->name, fd->name);
        if (fd->choices && fd->kind != F_TEXT)
            return fail(f, ERR_INTERNAL, "%s.%s: only text has choices", r->name, fd->name);
        for (size_t k = 0; k < i; k++)
            if (strcmp(r->fields[k].name, fd->name) == 0)
                return fail(f, ERR_INTERNAL, "%s.%s: named twice", r->name, fd->name);
    }
    return ERR_OK;
}

err_t relations_check(fault *f)
{
    for (size_t i = 0; i < n_relations; i++) {
        if (i && strcmp(relations[i - 1]->name, relations[i]->name) >= 0)
            return fail(f, ERR_INTERNAL, "%s: relations are sorted by name", relations[i]->name);
        TRY(fields_check(relations[i], f));
        TRY(record_type_check(relations[i], f));
    }
    return ERR_OK;
}
