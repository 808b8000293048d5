/* The story as text: content/demo/NAME.txt, blocks of what becomes of one record.
 *
 *   [meeting board from 20 every 91]        type, label, days after the start (ago: before the end)
 *   add:  +0d COMPLIANCE kind=board; title=Board meeting {n}; planned_at=+9d
 *   hold: +9d CHAIR held_at=+9d; chair=CHAIR
 *   prove: +9d COMPLIANCE title=Agenda; statement=...
 *
 *   edit: +30d/30d COMPLIANCE ...         every thirty days, times in the line counting from each
 *
 * Times are offsets from the block's first day at nine; people go by their
 * duty, records by their label; {n}, {day}, {quarter} and {year} tell repetitions apart. */
#include "base/content.h"
#include "demo/private.h"

typedef struct {
    demo       *d;
    faults      fs;
    source_file file;
    const block *b;
    str         type, label;
    time_us     base;
    int64_t     n;                       /* of the repetition, from 1; 0: it happens once */
    op         *record;
} scene;

/* ---- people by their duty ------------------------------------------------------------- */

static const char *const leads[LEADS] = { "CEO", "CTO", "SECURITY", "PEOPLE", "FINANCE", "PRIVACY", "OPERATIONS", "IT", "LEGAL", "SUPPORT",
                                           "COMPLIANCE", "CHAIR" };
static const struct { const char *name, *team; int nth, instead; } others[] = {
    { "ENGINEER", "Engineering", 0, CTO }, { "ENGINEER2", "Engineering", 1, OPERATIONS }, { "SRE", "Operations", 0, OPERATIONS },
    { "SRE2", "Operations", 1, IT }, { "PARTNER", "People", 0, PEOPLE_LEAD }, { "ADMIN", "IT", 0, IT }, { "AGENT", "Support", 0, SUPPORT },
    { "SELLER", "Sales", 0, CEO }, { "PRODUCT", "Product", 0, CTO },
};

static int of_team(const demo *d, const char *team, int nth, int instead)
{
    for (size_t i = LEADS; i < d->n_people; i++)
        if (str_eq(d->people[i].team, str_of(team)) && !d->people[i].joiner && !d->people[i].ends_at && nth-- == 0)
            return (int)i;
    return instead;
}

static bool somebody(const demo *d, str name, int *ret)
{
    for (int i = 0; i < LEADS; i++)
        if (str_eq(name, str_of(leads[i]))) {
            *ret = i;
            return true;
        }
    for (size_t i = 0; i < COUNT(others); i++)
        if (str_eq(name, str_of(others[i].name))) {
            *ret = of_team(d, others[i].team, others[i].nth, others[i].instead);
            return true;
        }
    return false;
}

/* ---- times ------------------------------------------------------------------------------- */

/* "+3d", "-12h", "+1d+30m" from the base; days that end on a weekend move on to Monday. */
static bool offset_parse(time_us base, str s, time_us *ret)
{
    int64_t days = 0, rest_us = 0;
    if (!s.n || (s.p[0] != '+' && s.p[0] != '-'))
        return false;
    while (s.n) {
        size_t  n = 1;
        int64_t v;
        while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9')
            n++;
        if (n == s.n || !parse_int(str_sub(s, 0, n), -100000, 100000, &v))
            return false;
        switch (s.p[n]) {
        case 'd': days += v; break;
        case 'h': rest_us += HOURS(v); break;
        case 'm': rest_us += MINUTES(v); break;
        default: return false;
        }
        s = str_sub(s, n + 1, s.n);
    }
    int64_t day = day_of(base) + days;
    *ret = DAYS(days ? calendar_add(NULL, day, 0) : day) + base % DAYS(1) + rest_us;
    return true;
}

/* ---- fields --------------------------------------------------------------------------------- */

static str words_fill(const scene *sc, str text)
{
    arena  *a = sc->d->a;
    int64_t y;
    int     m, day;
    buf     b = buf_new(a, 1 << 16);
    civil_from_days(day_of(sc->base), &y, &m, &day);
    for (str rest = text; rest.p;) {
        buf_puts(&b, str_cut(&rest, '{'));
        if (!rest.p)
            break;
        str name = str_cut(&rest, '}');
        if (str_eq(name, S("n")))
            buf_int(&b, sc->n);
        else if (str_eq(name, S("day")))
            buf_fmt(&b, "%04d-%02d-%02d", (int)y, m, day);
        else if (str_eq(name, S("quarter")))
            buf_fmt(&b, "%04d-Q%d", (int)y, (m + 2) / 3);
        else if (str_eq(name, S("year")))
            buf_int(&b, y);
        else if (str_eq(name, S("last.host")))
            buf_puts(&b, sc->d->hosts[sc->d->n_hosts - 1].name);
    }
    return buf_str(&b);
}

static void set_field(scene *sc, op *o, const relation *r, str name, str text, size_t line)
{
    demo       *d = sc->d;
    int         i = relation_field(r, name), who;
    time_us     t;
    if (i == 0) {
        named(o, words_fill(sc, text));
        return;
    }
    if (i < 0) {
        fault_at(&sc->fs, sc->file.path, line, "%s has no field " STR_FMT, r->name, STR_ARG(name));
        return;
    }
    const field *fd = &r->fields[i];
    if (fd->ref && strcmp(fd->ref, "person") == 0 && somebody(d, text, &who))
        with_person(d, o, fd->name, who);
    else if (fd->ref)
        with_label(d, o, fd->name, text, sc->n, strcmp(fd->ref, "*") == 0);
    else if (fd->kind == F_TIME && offset_parse(sc->base, text, &t))
        with_time(d, o, fd->name, t);
    else
        with_str(d, o, fd->name, words_fill(sc, text));
}

/* Whether the text goes on with "field=": else the semicolon before it was one of the text. */
static bool field_begins(str s)
{
    size_t n = 0;
    s = str_trim(s);
    while (n < s.n && ((s.p[n] >= 'a' && s.p[n] <= 'z') || s.p[n] == '_'))
        n++;
    return n > 0 && n < s.n && s.p[n] == '=';
}

static void set_fields(scene *sc, op *o, const relation *r, str rest, size_t line)
{
    for (size_t n = 0; str_trim(rest).n;) {
        for (n = 0; n < rest.n && !(rest.p[n] == ';' && field_begins(str_sub(rest, n + 1, rest.n))); n++)
            ;
        str text = str_trim(str_sub(rest, 0, n));
        rest = str_sub(rest, n + 1, rest.n);
        if (!field_begins(text)) {
            fault_at(&sc->fs, sc->file.path, line, "\"" STR_FMT "\" is no FIELD=VALUE", STR_ARG(text));
            return;
        }
        str name = str_cut(&text, '=');
        set_field(sc, o, r, name, str_trim(text), line);
    }
}

/* ---- lines and blocks --------------------------------------------------------------------------- */

static void line_once(scene *sc, const entry *e, str when, str rest)
{
    demo   *d = sc->d;
    str     name = str_word(&rest);
    time_us at;
    int     who;
    op     *o = NULL;
    const relation *r = relation_find(sc->type);
    if (!offset_parse(sc->base, when, &at) || !somebody(d, name, &who)) {
        fault_at(&sc->fs, sc->file.path, e->line, "a line reads \"STEP: +0d WHO field=value; ...\"");
        return;
    }
    if (str_eq(e->key, S("add"))) {
        o = sc->record = add(d, at, who, r->name, NULL);
        *map_put(&d->marks, sc->n ? str_fmt(d->a, STR_FMT "#%lld", STR_ARG(sc->label), (long long)sc->n) : sc->label) = o;
    } else if (sc->record && str_eq(e->key, S("edit"))) {
        o = edit(d, at, who, sc->record);
    } else if (sc->record && str_eq(e->key, S("prove"))) {
        r = relation_find(S("evidence"));
        o = with_about(d, add(d, at, who, "evidence", NULL), "supports", sc->record);
        with_time(d, o, "effective_from", at);
    } else if (sc->record && transition_find(r, e->key)) {
        o = move(d, at, who, sc->record, transition_find(r, e->key)->name);
    }
    if (o)
        set_fields(sc, o, r, rest, e->line);
    else
        fault_at(&sc->fs, sc->file.path, e->line, "%s has no step \"" STR_FMT "\"", r->name, STR_ARG(e->key));
}

/* "+7d/30d": seven days after the start and then every thirty; times in the line count from each. */
static void line_play(scene *sc, const entry *e)
{
    str     rest = e->value, when = str_word(&rest), first = str_cut(&when, '/');
    time_us base = sc->base, at, step = 0;
    if (!when.p) {
        line_once(sc, e, first, rest);
        return;
    }
    if (!offset_parse(sc->base, first, &at) || !span_parse(when, &step) || step < DAYS(1)) {
        fault_at(&sc->fs, sc->file.path, e->line, "a line that repeats begins with +7d/30d");
        return;
    }
    for (; at <= sc->d->until; at += step) {
        sc->base = DAYS(calendar_add(NULL, day_of(at), 0)) + HOURS(9);
        line_once(sc, e, S("+0d"), rest);
    }
    sc->base = base;
}

static void scene_play(scene *sc)
{
    sc->record = NULL;
    for (size_t i = 0; i < sc->b->entries.n; i++)
        line_play(sc, &sc->b->entries.v[i]);
}

/* "TYPE LABEL from N every N" */
static void block_play(scene *sc, const block *b)
{
    demo   *d = sc->d;
    str     rest = b->id;
    int64_t from = 0, every = 0;
    bool    ago = false, good = true;
    sc->b = b;
    sc->type = str_word(&rest);
    sc->label = str_word(&rest);
    for (str word = str_word(&rest); word.n; word = str_word(&rest)) {
        int64_t *to = str_eq(word, S("every")) ? &every : &from;
        ago |= str_eq(word, S("ago"));
        good &= parse_int(str_word(&rest), 0, 10000, to);
    }
    const relation *r = relation_find(sc->type);
    if (!good || !sc->label.n || !r || !r->record) {
        fault_at(&sc->fs, sc->file.path, b->line, "a block is [TYPE LABEL from N every N] or [TYPE LABEL ago N]");
        return;
    }
    sc->n = every ? 1 : 0;
    int64_t first = ago ? day_of(d->until) - from : day_of(d->from) + from;
    do {
        sc->base = DAYS(calendar_add(NULL, first, 0)) + HOURS(9);
        scene_play(sc);
        first += every;
        sc->n++;
    } while (every && DAYS(first) < d->until);
}

static bool any_id(str id) { return id.n > 0; }
static const id_form scenes = { any_id, "[meeting board from 20 every 91]: type, label, when" };

err_t stories(demo *d, fault *f)
{
    scene sc = { .d = d, .fs = { .a = d->a } };
    for (size_t i = 0; i < n_assets; i++) {
        block_list blocks = { 0 };
        if (!str_starts(str_of(assets[i].path), S("content/demo/")))
            continue;
        sc.file = (source_file){ str_of(assets[i].path), assets[i].bytes };
        blocks_read(d->a, &sc.fs, &sc.file, &scenes, &blocks);
        for (size_t k = 0; k < blocks.n; k++)
            block_play(&sc, &blocks.v[k]);
    }
    return faults_report(&sc.fs, f);
}
