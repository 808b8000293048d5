/* Types, states and ids in words and addresses. */
#include "web/record.h"

/* ---- types --------------------------------------------------------------------------------- */

static const struct { const char *ending, *instead; } plurals[] = {
    { "person", "people" }, { "criterion", "criteria" }, { "evidence", "evidence" }, { "training", "training" }, { "diligence", "due diligence" },
    { "access", "access" }, { "analysis", "analyses" }, { "policy", "policies" }, { "category", "categories" }, { "facility", "facilities" },
    { "activity", "activities" }, { "vulnerability", "vulnerabilities" }, { "breach", "breaches" }, { "class", "classes" },
};

str capital(arena *a, str text)
{
    char *p = str_z(a, text);
    if (*p >= 'a' && *p <= 'z')
        *p = (char)(*p - 32);
    return (str){ p, text.n };
}

static str worded(arena *a, str name, bool large)
{
    char *p = str_z(a, name);
    for (size_t i = 0; i < name.n; i++)
        p[i] = p[i] == '_' ? ' ' : p[i];
    return large ? capital(a, (str){ p, name.n }) : (str){ p, name.n };
}

str type_label(arena *a, const relation *r) { return worded(a, str_of(r->name), true); }

str type_plural(arena *a, const relation *r)
{
    str name = worded(a, str_of(r->name), true);
    for (size_t i = 0; i < COUNT(plurals); i++) {
        str ending = str_of(plurals[i].ending), lower = str_lower(a, name);
        if (str_eq(lower, ending))
            return worded(a, str_of(plurals[i].instead), true);
        if (str_eq(ending, S("diligence")) && str_ends(lower, ending))
            return name;
        if (str_ends(lower, ending))
            return str_fmt(a, STR_FMT "%s", STR_ARG(str_sub(name, 0, name.n - ending.n)), plurals[i].instead);
    }
    return str_fmt(a, STR_FMT "s", STR_ARG(name));
}

str type_article(arena *a, const relation *r)
{
    if (strcmp(r->name, "evidence") == 0)                 /* which is not counted */
        return S("a piece of evidence");
    bool vowel = strchr("aeio", r->name[0]) != NULL;      /* no type begins with a u that sounds as one */
    return str_fmt(a, "%s " STR_FMT, vowel ? "an" : "a", STR_ARG(worded(a, str_of(r->name), false)));
}

str choice_words(arena *a, str wire) { return worded(a, wire, false); }

/* What states of records are like; those that are none of it are over, or say nothing of good or bad. */
static const struct { const char *css, *symbol, *states; } looks[] = {
    { "good", "\xE2\x9C\x93", "approved active done published current granted verified fixed resolved treated met in_force completed in_use operating accepted "
                               "answered released performed minuted corrected disposed authorised finished reviewed decided deleted sent given" },
    { "bad", "\xE2\x9C\x97", "rejected refused denied lost absent backed_out declared" },
    { "busy", "\xE2\x97\x8B", "draft in_review requested submitted open planned in_progress running reported identified pending proposed received triaged detected "
                               "contained assessed recorded on_leave prospective expected asked assigned inquiry dispute prepared" },
};

state_mark record_mark(ask *q, str wire)
{
    state_mark m = state_mark_of(wire);
    for (size_t i = 0; i < COUNT(looks) && !*m.word; i++)
        if (list_has(looks[i].states, wire)) {
            m.css = looks[i].css;
            m.symbol = looks[i].symbol;
        }
    if (!*m.word)
        m.word = choice_words(q->a, wire).p;
    return m;
}

/* ---- ids in addresses ------------------------------------------------------------------------ */

/* Words that stand where an id could. */
static const char own_words[] = "new import export.csv export.json bulk sync";

static bool plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || strchr("-._:@+", c);
}

/* A slash would end the segment, and dots alone would climb: ~2F, ~2E. All else as URLs do it. */
static void put_segment(buf *b, str id)
{
    bool odd = list_has(own_words, id) || str_eq(id, S(".")) || str_eq(id, S(".."));
    for (size_t i = 0; i < id.n; i++) {
        unsigned char c = (unsigned char)id.p[i];
        if (c == '/' || c == '~' || (odd && !i))
            buf_fmt(b, "~%02X", c);
        else if (plain((char)c))
            buf_putc(b, (char)c);
        else
            buf_fmt(b, "%%%02X", c);
    }
}

str record_path(arena *a, str type, str id, const char *after)
{
    buf b = buf_new(a, 8 << 10);
    buf_fmt(&b, "/" STR_FMT "/", STR_ARG(type));
    put_segment(&b, id);
    if (after && *after)
        buf_fmt(&b, "/%s", after);
    return buf_str(&b);
}

str record_id(ask *q)
{
    str segment = q->params[1];
    buf b = buf_new(q->a, 8 << 10);
    for (size_t i = 0; i < segment.n; i++) {
        unsigned char c;
        if (segment.p[i] == '~' && i + 2 < segment.n && hex_parse(str_lower(q->a, str_sub(segment, i + 1, i + 3)), &c, 1)) {
            buf_putc(&b, (char)c);
            i += 2;
        } else
            buf_putc(&b, segment.p[i]);
    }
    return buf_str(&b);
}

/* What has hand-made pages of its own in the catalogue. */
static const struct { const char *type, *path; } catalogue[] = { { "control", "controls" }, { "criterion", "criteria" }, { "test", "tests" } };

str named_link(ask *q, str type, str id)
{
    for (size_t i = 0; i < COUNT(catalogue); i++)
        if (str_eq(type, str_of(catalogue[i].type)))
            return link_to(q, STR_FMT, STR_ARG(record_path(q->a, str_of(catalogue[i].path), id, NULL)));
    return link_to(q, STR_FMT, STR_ARG(record_path(q->a, type, id, NULL)));
}

str named_offer(ask *q, str type, str id)
{
    const relation *r = relation_find(type);
    str             href = named_link(q, type, id);
    bool            here = r && r->record && str_starts(href, str_fmt(q->a, "/%s/", r->name));
    bool            theirs = !here || reads_type(q, r) || (str_eq(type, S("person")) && str_eq(id, q->who.person));
    return theirs && ask_may(q, HTTP_GET, href) ? href : S("");
}

/* ---- who --------------------------------------------------------------------------------------- */

bool reads_type(const ask *q, const relation *r) { return record_reads_all(&q->who, r); }
bool names_shown(const ask *q, const relation *r) { return reads_type(q, r) || (strcmp(r->name, "person") == 0 && shown_to(q, PERMIT_MEMBER)); }
bool adds_type(const ask *q, const relation *r) { return principal_may(&q->who, r, RIGHT_ADD); }
bool edits_type(const ask *q, const relation *r) { return principal_may(&q->who, r, RIGHT_EDIT); }

bool moves_by(const ask *q, const relation *r, const transition *t)
{
    return q->who.role != ROLE_AUDITOR && (q->who.role >= t->by || principal_granted(&q->who, r, RIGHT_MOVE));
}

err_t in_the_present(ask *q)
{
    return q->as_of ? fail(&q->f, ERR_INVALID, "what was cannot be changed; leave \"as of\" out of the address") : ERR_OK;
}

/* ---- what is wrong ---------------------------------------------------------------------------------- */

str fault_words(ask *q, const relation *r, const field_fault *ff)
{
    int k = r && r->record ? relation_field(r, ff->field) : -1;
    if (k < 0)
        return ff->field.n ? str_fmt(q->a, STR_FMT ": " STR_FMT, STR_ARG(ff->field), STR_ARG(ff->why)) : ff->why;
    str text = str_fmt(q->a, STR_FMT ": " STR_FMT, STR_ARG(field_label(q->a, &r->fields[k])), STR_ARG(ff->why));
    for (size_t i = 0; i < r->record->n_transitions; i++)
        for (size_t s = 0; s < STAMPS_MAX && r->record->transitions[i].sets[s].kind; s++)
            if (str_eq(str_of(r->record->transitions[i].sets[s].field), ff->field) && r->record->transitions[i].sets[s].kind != SET_CLEAR)
                return str_fmt(q->a, STR_FMT "; the step \"" STR_FMT "\" does that", STR_ARG(text),
                               STR_ARG(capital(q->a, choice_words(q->a, str_of(r->record->transitions[i].name)))));
    return text;
}

/* ---- where it stands ------------------------------------------------------------------------------ */

/* Itself, or the register of its group that the rail names under Program or Audit. */
const char *type_place(const relation *r)
{
    const char *place = "/registers";
    for (size_t i = n_nav; i-- > 0;) {
        const relation *its = relation_find(str_of(nav[i].path + 1));
        if (its == r)
            return nav[i].path;
        if (its && its->record && (strcmp(nav[i].group, "Program") == 0 || strcmp(nav[i].group, "Audit") == 0) &&
            strcmp(its->record->group, r->record->group) == 0)
            place = nav[i].path;
    }
    return place;
}

record_crumbs crumbs_of(ask *q, const relation *r, str id, str title)
{
    record_crumbs c = { .n = 0 };
    if (shown_to(q, PERMIT_READER) && !str_eq(str_of(r->record->group), type_plural(q->a, r)))
        c.v[c.n++] = (crumb){ link_to(q, "/registers"), str_of(r->record->group) };
    c.v[c.n++] = (crumb){ link_to(q, "/%s", r->name), type_plural(q->a, r) };
    if (id.n)
        c.v[c.n++] = (crumb){ link_to(q, STR_FMT, STR_ARG(record_path(q->a, str_of(r->name), id, NULL))), title.n ? title : id };
    return c;
}
