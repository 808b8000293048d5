/* Stamps: what the program writes into a record itself. */
#include "program/private.h"

typedef struct {
    change         *ch;
    const stamping *s;
    value          *to;
    fault          *f;
} stamp_call;

static value *field_of(const stamp_call *c, str name)
{
    return field_value(c->ch->r, c->ch->row, str_z(c->ch->w->a, name));
}

static err_t set_actor(const stamp_call *c)
{
    str person = c->ch->w->o.who->person;
    *c->to = person.n ? v_text(person) : V_UNKNOWN;
    return ERR_OK;
}

static err_t set_now(const stamp_call *c)
{
    *c->to = v_int(work_moment(c->ch->w));
    return ERR_OK;
}

static err_t set_text(const stamp_call *c)
{
    const field *fd = &c->ch->r->fields[relation_field(c->ch->r, str_of(c->s->field))];
    return value_parse(fd, str_of(c->s->arg), c->f, c->to);
}

static err_t set_clear(const stamp_call *c)
{
    *c->to = V_UNKNOWN;
    return ERR_OK;
}

static err_t set_copy(const stamp_call *c)
{
    *c->to = *field_of(c, str_of(c->s->arg));
    return ERR_OK;
}

/* "vulnerability_{severity}": the value of that field; empty when it is unknown. */
static str clock_name(const stamp_call *c, str pattern)
{
    buf b = buf_new(c->ch->w->a, 4096);
    for (str rest = pattern; rest.p;) {
        buf_puts(&b, str_cut(&rest, '{'));
        if (!rest.p)
            break;
        str v = text_at(c->ch->r, c->ch->row, str_z(c->ch->w->a, str_cut(&rest, '}')));
        if (!v.n)
            return S("");
        buf_puts(&b, v);
    }
    return buf_str(&b);
}

/* Without what it starts from a deadline is unknown; with it and without a clock it is a fault. */
static err_t set_clock(const stamp_call *c)
{
    str           rest = str_of(c->s->arg), name = clock_name(c, str_word(&rest));
    const value  *start = field_of(c, str_word(&rest));
    *c->to = V_UNKNOWN;
    if (!name.n || start->kind == V_NULL)
        return ERR_OK;
    const clock_rule *rule = c->ch->w->o.calendars ? clock_find(c->ch->w->o.calendars, name) : NULL;
    if (!rule)
        return ERR_OK;                    /* no law or promise sets a time for this kind */
    *c->to = v_int(clock_due(rule, start->i));
    return ERR_OK;
}

/* The cadence is a number of months, or words as "quarterly" and "every 90 days". */
static err_t set_every(const stamp_call *c)
{
    str          rest = str_of(c->s->arg), cadence = str_word(&rest), from = str_word(&rest);
    const value *every = field_of(c, cadence);
    value        base = str_eq(from, S("now")) ? v_int(work_moment(c->ch->w)) : *field_of(c, from);
    period       p = { PERIOD_MONTHS, every->i };
    *c->to = V_UNKNOWN;
    if (every->kind == V_NULL || base.kind == V_NULL || (every->kind == V_TEXT && str_eq(every->s, S("per_event"))))
        return ERR_OK;
    if (every->kind == V_TEXT && !period_parse(every->s, &p))
        return refuse(c->ch->w, c->ch->r, c->ch->id, str_z(c->ch->w->a, cadence), ERR_INVALID, c->f,
                      "\"" STR_FMT "\" is no cadence; write \"every 3 months\", \"yearly\" or \"90 days\"", STR_ARG(utf8_cut(every->s, 60)));
    *c->to = v_int(period_add(NULL, base.i, p));
    return ERR_OK;
}

static err_t set_product(const stamp_call *c)
{
    str          rest = str_of(c->s->arg);
    const value *x = field_of(c, str_word(&rest)), *y = field_of(c, str_word(&rest));
    int64_t      product;
    bool         known = x->kind == V_INT && y->kind == V_INT && !__builtin_mul_overflow(x->i, y->i, &product);
    *c->to = known ? v_int(product) : V_UNKNOWN;
    return ERR_OK;
}

static err_t set_digest(const stamp_call *c)
{
    const value *text = field_of(c, str_of(c->s->arg));
    *c->to = V_UNKNOWN;
    if (text->kind != V_TEXT)
        return ERR_OK;
    auto_hasher hasher *h = hasher_new();
    hash32              d = sha256_of(h, text->s.p, text->s.n);
    *c->to = v_text(hex_of(c->ch->w->a, d.b, sizeof d.b));
    return ERR_OK;
}

static err_t set_next(const stamp_call *c)
{
    *c->to = v_int(c->to->kind == V_INT ? c->to->i + 1 : 1);
    return ERR_OK;
}

static err_t set_from(const stamp_call *c)
{
    str             rest = str_of(c->s->arg), ref = str_word(&rest), name = str_trim(rest);
    const field    *fd = &c->ch->r->fields[relation_field(c->ch->r, ref)];
    const relation *parent = relation_find(str_of(fd->ref));
    const value    *id = field_of(c, ref), *row = NULL;
    *c->to = V_UNKNOWN;
    if (id->kind == V_TEXT)
        TRY(work_row(c->ch->w, parent, id->s, c->f, &row));
    if (row)
        *c->to = row[relation_field(parent, name)];
    return ERR_OK;
}

static err_t set_span(const stamp_call *c)
{
    str          rest = str_of(c->s->arg);
    const value *start = field_of(c, str_word(&rest)), *stop = field_of(c, str_word(&rest));
    str          unit = str_word(&rest);
    time_us      one = str_eq(unit, S("days")) ? DAYS(1) : str_eq(unit, S("hours")) ? HOURS(1) : MINUTES(1);
    bool         known = start->kind == V_INT && stop->kind == V_INT;
    *c->to = known ? v_int((stop->i - start->i + one - 1) / one) : V_UNKNOWN;     /* a begun minute counts */
    return ERR_OK;
}

typedef err_t (*stamp_function)(const stamp_call *c);
static const stamp_function functions[] = {
    [SET_ACTOR] = set_actor, [SET_NOW] = set_now, [SET_TEXT] = set_text, [SET_CLEAR] = set_clear, [SET_COPY] = set_copy,
    [SET_CLOCK] = set_clock, [SET_EVERY] = set_every, [SET_PRODUCT] = set_product, [SET_DIGEST] = set_digest,
    [SET_NEXT] = set_next, [SET_FROM] = set_from, [SET_SPAN] = set_span,
};

err_t change_stamp(change *ch, const stamping *stamps, fault *f)
{
    for (size_t i = 0; i < STAMPS_MAX && stamps[i].kind; i++) {
        stamp_call c = { ch, &stamps[i], field_value(ch->r, ch->row, stamps[i].field), f };
        size_t     told = ch->w->faults.n;
        err_t      e = functions[stamps[i].kind](&c);
        if (e != ERR_OK && ch->w->faults.n == told)
            return e;
    }
    return ERR_OK;
}
