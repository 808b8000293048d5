/* Paths: [URN:]attribute[filter].part */
#include "scim/parts.h"

/* ---- the attributes we keep ------------------------------------------------------------- */

const attribute scim_attributes[] = {
    { NULL, "schemas", TYPE_STRING, ATTR_MANY | ATTR_EXACT | ATTR_FIXED | ATTR_COMMON, "" },
    { NULL, "id", TYPE_STRING, ATTR_EXACT | ATTR_FIXED | ATTR_COMMON, "" },
    { NULL, "externalId", TYPE_STRING, ATTR_EXACT | ATTR_COMMON, "" },
    { NULL, "meta", TYPE_COMPLEX, ATTR_FIXED | ATTR_COMMON, "" },
    { NULL, "meta.resourceType", TYPE_STRING, ATTR_EXACT | ATTR_FIXED | ATTR_COMMON, "" },
    { NULL, "meta.created", TYPE_DATE, ATTR_EXACT | ATTR_FIXED | ATTR_COMMON, "" },
    { NULL, "meta.lastModified", TYPE_DATE, ATTR_EXACT | ATTR_FIXED | ATTR_COMMON, "" },
    { NULL, "meta.location", TYPE_REFERENCE, ATTR_EXACT | ATTR_FIXED | ATTR_COMMON, "" },
    { NULL, "meta.version", TYPE_STRING, ATTR_EXACT | ATTR_FIXED | ATTR_COMMON, "" },
    { SCIM_USER, "userName", TYPE_STRING, ATTR_REQUIRED | ATTR_UNIQUE, "The name the person signs in with." },
    { SCIM_USER, "name", TYPE_COMPLEX, 0, "The parts of the name; kept as one full name." },
    { SCIM_USER, "name.formatted", TYPE_STRING, 0, "The full name." },
    { SCIM_USER, "name.familyName", TYPE_STRING, 0, "The family name." },
    { SCIM_USER, "name.givenName", TYPE_STRING, 0, "The given name." },
    { SCIM_USER, "displayName", TYPE_STRING, 0, "The full name, as it is shown." },
    { SCIM_USER, "title", TYPE_STRING, 0, "The job title." },
    { SCIM_USER, "userType", TYPE_STRING, 0, "employee, contractor, intern or director; another value is not kept." },
    { SCIM_USER, "active", TYPE_BOOLEAN, 0, "false: the person may no longer sign in, and is recorded as having left." },
    { SCIM_USER, "emails", TYPE_COMPLEX, ATTR_MANY, "One address is kept: the primary one, else the one for work, else the first." },
    { SCIM_USER, "emails.value", TYPE_STRING, 0, "The address." },
    { SCIM_USER, "emails.type", TYPE_STRING, 0, "work" },
    { SCIM_USER, "emails.primary", TYPE_BOOLEAN, 0, "Whether it is the one to use." },
    { SCIM_USER, "groups", TYPE_COMPLEX, ATTR_MANY | ATTR_FIXED, "The groups the person belongs to." },
    { SCIM_USER, "groups.value", TYPE_STRING, ATTR_EXACT | ATTR_FIXED, "The id of the group." },
    { SCIM_USER, "groups.$ref", TYPE_REFERENCE, ATTR_EXACT | ATTR_FIXED, "The address of the group." },
    { SCIM_USER, "groups.display", TYPE_STRING, ATTR_FIXED, "The name of the group." },
    { SCIM_ENTERPRISE, "department", TYPE_STRING, 0, "The team or department." },
    { SCIM_ENTERPRISE, "manager", TYPE_COMPLEX, 0, "Whom the person reports to." },
    { SCIM_ENTERPRISE, "manager.value", TYPE_STRING, ATTR_EXACT, "The id of the manager; one that is not known here is not kept." },
    { SCIM_GROUP, "displayName", TYPE_STRING, ATTR_REQUIRED | ATTR_UNIQUE, "The name of the group." },
    { SCIM_GROUP, "members", TYPE_COMPLEX, ATTR_MANY, "The people of the group." },
    { SCIM_GROUP, "members.value", TYPE_STRING, ATTR_EXACT, "The id of the person." },
    { SCIM_GROUP, "members.$ref", TYPE_REFERENCE, ATTR_EXACT | ATTR_FIXED, "The address of the person." },
    { SCIM_GROUP, "members.display", TYPE_STRING, ATTR_FIXED, "The name of the person." },
};
const size_t scim_n_attributes = COUNT(scim_attributes);

const attribute *scim_attribute(str attr, str sub)
{
    for (size_t i = 0; i < COUNT(scim_attributes); i++) {
        str name = str_of(scim_attributes[i].name), head = str_cut(&name, '.');
        if (word_eq(head, attr) && word_eq(name.p ? name : S(""), sub))
            return &scim_attributes[i];
    }
    return NULL;
}

bool scim_is_list(str attr)
{
    static const char *const others[] = { "phoneNumbers", "ims", "photos", "addresses", "entitlements", "roles", "x509Certificates" };
    const attribute *row = scim_attribute(attr, S(""));
    for (size_t i = 0; !row && i < COUNT(others); i++)
        if (word_is(attr, others[i]))
            return true;
    return row && row->flags & ATTR_MANY;
}

/* ---- reading ------------------------------------------------------------------------------ */

err_t scim_lexer_fault(scim_lexer *lx, const char *why)
{
    return scim_refuse(lx->t, lx->as, "%s, at byte %zu of \"" STR_FMT "\"", why, lx->at + 1, STR_ARG(utf8_cut(lx->in, 120)));
}

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
static bool is_name(char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '_'; }

static bool name_is_sound(str s)
{
    if (!s.n || !(is_letter(s.p[0]) || s.p[0] == '$' || s.p[0] == '_'))
        return false;
    for (size_t i = 1; i < s.n; i++)
        if (!is_name(s.p[i]))
            return false;
    return true;
}

static str take_word(scim_lexer *lx)
{
    size_t from = lx->at;
    while (lx->at < lx->in.n && (is_name(lx->in.p[lx->at]) || (lx->in.p[lx->at] && strchr("$:.", lx->in.p[lx->at]))))
        lx->at++;
    return str_sub(lx->in, from, lx->at);
}

/* What stands before the attribute: one of ours is written as we know it; of the resource itself is nothing. */
static str cut_schema(str *word)
{
    static const char *const known[] = { SCIM_USER, SCIM_GROUP, SCIM_ENTERPRISE };
    for (size_t i = 0; i < COUNT(known); i++) {
        str urn = str_of(known[i]);
        if (!word_eq(str_sub(*word, 0, urn.n), urn) || (word->n > urn.n && word->p[urn.n] != ':'))
            continue;
        *word = str_sub(*word, urn.n + 1, word->n);
        return i < 2 ? S("") : urn;
    }
    size_t at = word->n;
    while (at > 0 && word->p[at - 1] != ':')
        at--;
    str schema = str_sub(*word, 0, at ? at - 1 : 0);
    *word = str_sub(*word, at, word->n);
    return schema;
}

static bool is_whole_schema(str word) { return word_is(word, SCIM_ENTERPRISE) || word_is(word, SCIM_USER) || word_is(word, SCIM_GROUP); }

static err_t read_where(scim_lexer *lx, scim_path *ret)
{
    str outer = lx->within;
    if (outer.n)
        return scim_lexer_fault(lx, "there are brackets in brackets");
    lx->at++;
    lx->within = ret->attr;
    TRY(scim_filter_read(lx, &ret->where));
    lx->within = outer;
    if (lx->at >= lx->in.n || lx->in.p[lx->at] != ']')
        return scim_lexer_fault(lx, "a closing bracket ] belongs here");
    lx->at++;
    if (lx->at >= lx->in.n || lx->in.p[lx->at] != '.')
        return ERR_OK;
    lx->at++;
    ret->sub = take_word(lx);
    return name_is_sound(ret->sub) ? ERR_OK : scim_lexer_fault(lx, "the name of a part belongs here");
}

err_t scim_path_read(scim_lexer *lx, scim_path *ret)
{
    str word = take_word(lx), whole = word;
    *ret = (scim_path){ 0 };
    bool urn = word_eq(str_sub(word, 0, 4), S("urn:"));
    if (urn)
        ret->schema = cut_schema(&word);
    if (is_whole_schema(whole))
        return ERR_OK;
    ret->attr = str_cut(&word, '.');
    ret->sub = word.p ? word : S("");
    if (!name_is_sound(ret->attr) || (word.p && !name_is_sound(ret->sub)))
        return scim_lexer_fault(lx, "the name of an attribute belongs here");
    if (lx->at >= lx->in.n || lx->in.p[lx->at] != '[')
        return ERR_OK;
    return ret->sub.n ? scim_lexer_fault(lx, "brackets stand after an attribute, not after a part of one") : read_where(lx, ret);
}

err_t scim_path_parse(arena *a, str text, scim_trouble *t, scim_path *ret)
{
    scim_lexer lx = { .a = a, .in = str_trim(text), .as = SCIM_INVALID_PATH, .t = t };
    if (lx.in.n > SCIM_FILTER_MAX)
        return scim_refuse(t, SCIM_INVALID_PATH, "the path is over %d bytes", SCIM_FILTER_MAX);
    TRY(scim_path_read(&lx, ret));
    return lx.at == lx.in.n ? ERR_OK : scim_lexer_fault(&lx, "nothing may follow the path");
}

/* ---- following ------------------------------------------------------------------------------ */

const scim_node *scim_home(const scim_node *resource, const scim_path *p)
{
    return p->schema.n ? scim_get(resource, p->schema) : resource;
}

bool scim_visit(const scim_node *resource, const scim_path *p, bool (*each)(const void *arg, const scim_node *v), const void *arg)
{
    const scim_node *home = scim_home(resource, p), *v;
    /* In the brackets of a list of plain values, "value" is the value itself. */
    if (home && home->kind != SCIM_OBJ && word_is(p->attr, "value"))
        return each(arg, home);
    v = p->attr.n ? scim_get(home, p->attr) : home;
    bool many = v && v->kind == SCIM_ARR;
    for (const scim_node *e = many ? v->first : v; e; e = many ? e->next : NULL) {
        if (p->where && !scim_matches(p->where, e))
            continue;
        str              sub = p->sub.n ? p->sub : many && e->kind == SCIM_OBJ ? S("value") : S("");
        const scim_node *part = sub.n ? scim_get(e, sub) : e;
        if (part && each(arg, part))
            return true;
    }
    return false;
}
