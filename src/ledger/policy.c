/* tlog-policy files: the logs and the quorum of witnesses one believes. */
#include "ledger/private.h"

enum { POLICY_MAX_BYTES = 1 << 20, POLICY_NAMES_MAX = 4096 };

/* A witness, or a group of k among earlier ones. */
typedef struct {
    str                  name;
    const note_verifier *witness;        /* NULL: a group */
    size_t              *members, n_members, k;
    bool                 grouped;        /* already a member of a group */
} party;

struct policy {
    arena *a;
    map    by_name;                      /* -> index + 1 of parties */
    DA(party) parties;
    DA(note_verifier) keys;              /* logs and witnesses, as note_open wants them */
    DA(size_t) witness_party;            /* beside keys: index of the party; SIZE_MAX: a log */
    size_t n_logs;
    bool   has_quorum, none;
    size_t quorum;                       /* index of parties */
};

typedef struct {
    policy *p;
    size_t  line;
    fault  *f;
} reader;

static err_t wrong(const reader *r, const char *what)
{
    return fail(r->f, ERR_INVALID, "line %zu of the policy: %s", r->line, what);
}

static bool url_or_end(str rest)
{
    str_word(&rest);
    return str_word(&rest).n == 0;
}

static err_t add_key(const reader *r, str vkey, uint8_t type, size_t party_index)
{
    policy       *p = r->p;
    note_verifier v;
    fault         why = { 0 };
    if (verifier_parse(p->a, vkey, &why, &v) != ERR_OK)
        return wrong(r, why.text);
    if (v.type != type)
        return wrong(r, type == KEY_ED25519 ? "the key of a log has type 01" : "the key of a witness has type 04");
    for (size_t i = 0; i < p->keys.n; i++)
        if (p->keys.v[i].type == type && memcmp(p->keys.v[i].public_key, v.public_key, 32) == 0)
            return wrong(r, "the same public key was named before");
    da_push(p->a, &p->keys) = v;
    da_push(p->a, &p->witness_party) = party_index;
    return ERR_OK;
}

static err_t read_log(reader *r, str rest)
{
    str vkey = str_word(&rest);
    if (vkey.n == 0 || !url_or_end(rest))
        return wrong(r, "it should read: log VKEY [URL]");
    r->p->n_logs++;
    return add_key(r, vkey, KEY_ED25519, SIZE_MAX);
}

/* The new party is the last one. */
static err_t add_name(const reader *r, str name)
{
    policy *p = r->p;
    if (str_eq(name, S("none")))
        return wrong(r, "the name none is taken");
    if (p->parties.n == POLICY_NAMES_MAX)
        return wrong(r, "too many witnesses and groups");
    name = str_dup(p->a, name);
    void **slot = map_put(&p->by_name, name);
    if (*slot)
        return wrong(r, "the name was defined before");
    da_push(p->a, &p->parties) = (party){ .name = name };
    *slot = (void *)(uintptr_t)p->parties.n;
    return ERR_OK;
}

static err_t read_witness(reader *r, str rest)
{
    str name = str_word(&rest), vkey = str_word(&rest);
    if (vkey.n == 0 || !url_or_end(rest))
        return wrong(r, "it should read: witness NAME VKEY [URL]");
    TRY(add_name(r, name));
    return add_key(r, vkey, KEY_COSIGNATURE, r->p->parties.n - 1);
}

static err_t find(const reader *r, str name, size_t *ret)
{
    uintptr_t at = (uintptr_t)map_get(&r->p->by_name, name);
    if (at == 0)
        return wrong(r, "it names a witness or group that no earlier line defines");
    *ret = at - 1;
    return ERR_OK;
}

static err_t read_members(const reader *r, str rest, party *g)
{
    policy *p = r->p;
    DA(size_t) members = { 0 };
    for (str name = str_word(&rest); name.n; name = str_word(&rest)) {
        size_t at = 0;
        TRY(find(r, name, &at));
        if (p->parties.v[at].grouped)
            return wrong(r, "each name may be a member of one group only, once");
        p->parties.v[at].grouped = true;
        da_push(p->a, &members) = at;
    }
    g->members = members.v;
    g->n_members = members.n;
    return members.n ? ERR_OK : wrong(r, "a group needs a member");
}

static err_t read_group(reader *r, str rest)
{
    party    g = { 0 };
    uint64_t k = 1;
    str      name = str_word(&rest), need = str_word(&rest);
    if (need.n == 0)
        return wrong(r, "it should read: group NAME all|any|K MEMBER...");
    TRY(read_members(r, rest, &g));
    if (str_eq(need, S("all")))
        k = g.n_members;
    else if (!str_eq(need, S("any")) && !decimal_parse(need, &k))
        return wrong(r, "a group needs all, any or a number of its members");
    if (k < 1 || k > g.n_members)
        return wrong(r, "a group can ask for 1 up to all of its members");
    TRY(add_name(r, name));
    party *added = &r->p->parties.v[r->p->parties.n - 1];
    g.name = added->name;
    g.k = k;
    *added = g;
    return ERR_OK;
}

static err_t read_quorum(reader *r, str rest)
{
    policy *p = r->p;
    str     name = str_word(&rest);
    if (name.n == 0 || str_word(&rest).n)
        return wrong(r, "it should read: quorum NAME|none");
    if (p->has_quorum)
        return wrong(r, "there is one quorum line only");
    p->has_quorum = true;
    p->none = str_eq(name, S("none"));
    return p->none ? ERR_OK : find(r, name, &p->quorum);
}

static const struct {
    const char *word;
    err_t (*read)(reader *r, str rest);
} line_types[] = {
    { "log", read_log }, { "witness", read_witness }, { "group", read_group }, { "quorum", read_quorum },
};

static err_t read_line(reader *r, str line)
{
    for (size_t i = 0; i < line.n; i++)
        if (((uint8_t)line.p[i] < 0x20 && line.p[i] != '\t') || line.p[i] == 0x7F)
            return wrong(r, "a control character (lines end with LF alone)");
    str word = str_word(&line);
    if (word.n == 0 || word.p[0] == '#')
        return ERR_OK;
    for (size_t i = 0; i < COUNT(line_types); i++)
        if (str_eq(word, str_of(line_types[i].word)))
            return line_types[i].read(r, line);
    return wrong(r, "it begins with none of log, witness, group, quorum");
}

err_t policy_parse(arena *a, str text, fault *f, policy **ret)
{
    policy *p = NEW(a, policy);
    reader  r = { .p = p, .f = f };
    if (text.n > POLICY_MAX_BYTES)
        return fail(f, ERR_TOO_LARGE, "the policy is larger than %d bytes", POLICY_MAX_BYTES);
    p->a = a;
    p->by_name = map_new(a);
    while (text.n) {
        str line = str_cut(&text, '\n');
        r.line++;
        if (!text.p)
            return wrong(&r, "it is not ended by LF");
        TRY(read_line(&r, line));
    }
    if (!p->has_quorum)
        return fail(f, ERR_INVALID, "the policy has no quorum line; \"quorum none\" asks for no witness");
    *ret = p;
    return ERR_OK;
}

/* ---- checking ---- */

/* Members come before their groups, so one pass decides them all. */
static bool quorum_met(arena *a, const policy *p, const note *n)
{
    if (p->none)
        return true;
    bool *met = NEW_ARRAY(a, bool, p->parties.n);
    for (size_t i = 0; i < n->n_signatures; i++) {
        if (!n->signatures[i].verified)
            continue;
        size_t key = (size_t)(n->signatures[i].verified - p->keys.v);
        if (p->witness_party.v[key] != SIZE_MAX)
            met[p->witness_party.v[key]] = true;
    }
    for (size_t i = 0; i < p->parties.n; i++) {
        const party *g = &p->parties.v[i];
        size_t       have = 0;
        for (size_t m = 0; m < g->n_members; m++)
            have += met[g->members[m]];
        if (g->n_members)
            met[i] = have >= g->k;
    }
    return met[p->quorum];
}

static bool signed_by_log(const policy *p, const note *n, str origin)
{
    for (size_t i = 0; i < n->n_signatures; i++) {
        const note_verifier *v = n->signatures[i].verified;
        if (v && p->witness_party.v[v - p->keys.v] == SIZE_MAX && str_eq(v->name, origin))
            return true;
    }
    return false;
}

err_t policy_check(arena *a, hasher *h, const policy *p, str checkpoint_note, fault *f, checkpoint *ret)
{
    note       n;
    checkpoint c;
    if (p->n_logs == 0)
        return fail(f, ERR_INVALID, "the policy names no log, so it can accept no checkpoint");
    TRY(note_open(a, h, checkpoint_note, p->keys.v, p->keys.n, f, &n));
    TRY(checkpoint_parse(a, n.text, f, &c));
    if (!signed_by_log(p, &n, c.origin))
        return fail(f, ERR_INVALID, "the checkpoint of " STR_FMT " is not signed by a log of the policy",
                    STR_ARG(c.origin));
    if (!quorum_met(a, p, &n))
        return fail(f, ERR_INVALID, "too few witnesses of the policy cosigned the checkpoint of " STR_FMT,
                    STR_ARG(c.origin));
    *ret = c;
    return ERR_OK;
}
