/* What became of a record: every version, who wrote it, what it changed, and the proof. */
#include "web/record_show.h"

enum { VERSIONS_MAX = 500, LARGE = 160, SUMMED = 5 };

str actor_person(str actor)
{
    str rest = actor, way = str_cut(&rest, ':');
    (void)way;
    if (!rest.p)
        return S("");
    for (size_t i = 0; i + 4 <= rest.n; i++)
        if (memcmp(rest.p + i, " as ", 4) == 0)
            return str_sub(rest, i + 4, rest.n);
    return rest;
}

str actor_words(ask *q, const names *n, str actor)
{
    str person = actor_person(actor), name = person.n ? names_title(n, S("person"), person) : S("");
    (void)q;
    return name.n ? name : actor;
}

/* Without what the chosen moment did not know yet. */
err_t versions_read(ask *q, const relation *r, str id, record_change **ret, size_t *ret_n)
{
    TRY(app_history(q->ws, q->a, &q->who, r, id, &q->f, ret, ret_n));
    while (q->as_of && *ret_n && (*ret)[*ret_n - 1].at_time > q->as_of)
        (*ret_n)--;
    return ERR_OK;
}

static str shown_text(ask *q, const names *n, const relation *r, const field *fd, str text)
{
    value v;
    (void)r;
    if (str_eq(text, S("?")) || fd->kind == F_TEXT) {
        str title = fd->ref && strcmp(fd->ref, "person") == 0 ? names_title(n, S("person"), text) : S("");
        return title.n ? title : fd->choices ? choice_words(q->a, text) : text;
    }
    return value_parse(fd, text, NULL, &v) == ERR_OK ? value_people(q->a, fd, &v, false) : text;
}

static shown_change change_of(ask *q, const names *n, const relation *r, const record_change *c)
{
    int          k = relation_field(r, c->field);
    if (k < 0)
        return (shown_change){ .label = S("All of it"), .after = c->after, .added = true };
    const field *fd = &r->fields[k];
    shown_change sc = { .label = field_label(q->a, fd), .before = shown_text(q, n, r, fd, c->before), .after = shown_text(q, n, r, fd, c->after),
                        .added = str_eq(c->before, S("?")), .removed = str_eq(c->after, S("?")) };
    sc.large = sc.before.n > LARGE || sc.after.n > LARGE || (sc.after.n && memchr(sc.after.p, '\n', sc.after.n));
    return sc;
}

/* "Owner, Due and 3 more" */
static str summary_of(ask *q, const shown_change *v, size_t n)
{
    buf    b = buf_new(q->a, 16 << 10);
    size_t named = n > SUMMED + 1 ? SUMMED : n;
    for (size_t i = 0; i < named; i++)
        buf_fmt(&b, "%s" STR_FMT, i ? ", " : "", STR_ARG(v[i].label));
    if (named < n)
        buf_fmt(&b, " and %zu more", n - named);
    return buf_str(&b);
}

static void version_fill(ask *q, const names *n, const relation *r, str id, const record_change *v, size_t n_v, shown_version *to)
{
    shown_change *list = NEW_ARRAY(q->a, shown_change, n_v + 1);
    for (size_t i = 0; i < n_v; i++)
        list[i] = change_of(q, n, r, &v[i]);
    str  path = record_path(q->a, str_of(r->name), id, "proof");
    bool within = !q->who.until || v->at_time <= q->who.until;         /* later commits are closed to an auditor whose period has ended */
    *to = (shown_version){ .who = actor_words(q, n, v->by), .actor = v->by, .action = choice_words(q->a, v->action), .reason = v->reason, .when = time_text(q, v->at_time),
                           .ago = time_ago(q, v->at_time), .seq = v->seq, .v = list, .n = n_v, .summary = summary_of(q, list, n_v),
                           .commit = within && shown_to(q, PERMIT_READER) ? link_to(q, "/trail/%lld", (long long)v->seq) : S(""),
                           .proof = within ? str_fmt(q->a, STR_FMT "?commit=%lld", STR_ARG(path), (long long)v->seq) : S("") };
}

size_t versions_fill(ask *q, names *n, const relation *r, str id, const record_change *v, size_t n_v, size_t max, shown_version **ret)
{
    size_t shown = 0;
    *ret = NEW_ARRAY(q->a, shown_version, max + 1);
    for (size_t end = n_v; end && shown < max; shown++) {
        size_t from = end - 1;
        while (from && v[from - 1].version == v[end - 1].version)
            from--;
        version_fill(q, n, r, id, &v[from], end - from, &(*ret)[shown]);
        end = from;
    }
    return shown;
}

void versions_want(names *n, const relation *r, const record_change *v, size_t n_v)
{
    for (size_t i = 0; i < n_v; i++) {
        int k = relation_field(r, v[i].field);
        names_want_record(n, S("person"), actor_person(v[i].by));
        if (k < 0 || !r->fields[k].ref || strcmp(r->fields[k].ref, "person") != 0)
            continue;
        names_want_record(n, S("person"), v[i].before);
        names_want_record(n, S("person"), v[i].after);
    }
}

static err_t get_history(ask *q)
{
    record_change *changes;
    size_t         n;
    record_view    rec;
    names         *named = names_new(q);
    history_view   v = { .q = q, .id = record_id(q) };
    TRY(record_read(q, &rec));
    TRY(versions_read(q, q->type, v.id, &changes, &n));
    versions_want(named, q->type, changes, n);
    for (size_t i = 1; i < q->type->n_fields; i++)
        names_want(named, &q->type->fields[i], &rec.row[i]);
    TRY(names_read(named));
    v.n = versions_fill(q, named, q->type, v.id, changes, n, VERSIONS_MAX, &v.v);
    v.back = named_link(q, str_of(q->type->name), v.id);
    str                 title = names_record(named, q->type, rec.row);
    const record_crumbs c = crumbs_of(q, q->type, v.id, title);
    page_open(q, &(page){ .title = str_fmt(q->a, "History of " STR_FMT, STR_ARG(v.id)), .place = type_place(q->type), .crumbs = c.v, .n_crumbs = c.n,
                          .lead = str_eq(title, v.id) ? S("") : title });
    tpl_record_history(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

/* ---- proofs ---------------------------------------------------------------------------------- */

static bool wrote(const record_change *v, size_t n, int64_t seq)
{
    for (size_t i = 0; i < n; i++)
        if (v[i].seq == seq)
            return true;
    return false;
}

/* Of the row as it stands, or of a commit that wrote one of its versions: who may read the record may prove it. */
static err_t get_proof(ask *q)
{
    record_change *changes;
    size_t         n;
    int64_t        seq;
    str            id = record_id(q), text = ask_query(q, "commit"), proof;
    TRY(app_history(q->ws, q->a, &q->who, q->type, id, &q->f, &changes, &n));
    time_us last = n ? changes[n - 1].at_time : 0, until = q->as_of ? q->as_of : q->now;
    if (!text.n && (last > until || q->who.until))       /* to an engagement that has an end, what stands now may be later */
        return fail(&q->f, ERR_NOT_FOUND, "it has changed since that moment; prove the commit that wrote the version instead");
    if (!text.n)
        TRY(app_prove_row(q->ws, q->a, str_of(q->type->name), id, &q->f, &proof));
    else if (parse_int(text, 0, INT64_MAX, &seq) && wrote(changes, n, seq))
        TRY(app_prove_commit(q->ws, q->a, seq, &q->f, &proof));
    else
        return fail(&q->f, ERR_NOT_FOUND, "no version of it was written by that commit");
    download_head(q, str_fmt(q->a, "%s-" STR_FMT ".tlog-proof", q->type->name, STR_ARG(id)), S("application/octet-stream"));
    q->rs->fixed = proof;
    return ERR_OK;
}

static const route rows[] = {
    { HTTP_GET, "/{type}/{id}/history", PERMIT_TYPE_READ, 0, ROUTE_CACHED, 0, get_history, "Every version of a record" },
    { HTTP_GET, "/{type}/{id}/proof", PERMIT_TYPE_READ, 0, ROUTE_EXPORT, 0, get_proof, "Proof that a record, or a commit that wrote it, is in the log" },
};
ROUTE_TABLE(record_history_routes);
