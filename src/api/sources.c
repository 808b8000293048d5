/* Sources: where facts come from and how their latest runs went; adding, running and removing one. */
#include "api/parts.h"

enum { RUN_SOURCE, RUN_STATUS, RUN_REASON, RUN_STARTED, RUN_ENDED, RUN_TOOL };
enum { REL_SOURCE, REL_RELATION, REL_STATUS, REL_REASON, REL_SEEN, REL_SINCE };

typedef struct {
    str id, kind, argument;              /* kind empty: it is not configured, and its rows alone know it */
} known_source;

typedef struct {
    known_source *v;  size_t n;
    row_table     runs, relations;
} known_sources;

/* What names a source in an address: its id where that is a word, else a digest of it. */
static str key_of(arena *a, str id)
{
    bool plain = id.n > 0 && id.n <= 60;
    for (size_t i = 0; i < id.n && plain; i++)
        plain = (id.p[i] >= 'a' && id.p[i] <= 'z') || (id.p[i] >= '0' && id.p[i] <= '9') || id.p[i] == '-';
    if (plain)
        return id;
    auto_hasher hasher *h = hasher_new();
    hash32              d = sha256_of(h, id.p, id.n);
    return str_fmt(a, "s." STR_FMT, STR_ARG(hex_of(a, d.b, 8)));
}

static bool listed(const known_sources *k, str id)
{
    for (size_t i = 0; i < k->n; i++)
        if (str_eq(k->v[i].id, id))
            return true;
    return false;
}

static err_t sources_read(ask *q, known_sources *ret)
{
    source_row *list;
    size_t      n;
    TRY(source_list(q->ws, q->a, &q->f, &list, &n));
    TRY(app_rows(q->ws, q->a, "sql/web/source_runs.sql", NULL, 0, q->as_of, &q->f, &ret->runs));
    TRY(app_rows(q->ws, q->a, "sql/web/source_relations.sql", NULL, 0, q->as_of, &q->f, &ret->relations));
    ret->v = NEW_ARRAY(q->a, known_source, n + ret->runs.n_rows + 1);
    ret->n = 0;
    for (size_t i = 0; i < n; i++)
        ret->v[ret->n++] = (known_source){ list[i].id, list[i].kind, list[i].argument };
    for (size_t i = 0; i < ret->runs.n_rows; i++)
        if (!listed(ret, table_cell(&ret->runs, i, RUN_SOURCE)))
            ret->v[ret->n++] = (known_source){ .id = table_cell(&ret->runs, i, RUN_SOURCE) };
    return ERR_OK;
}

static void put_word(json_writer *w, const char *key, str text)
{
    const str none = { 0 };
    put_kcell(w, key, text.n ? text : none);
}

static void put_run(ask *q, json_writer *w, const row_table *runs, str id)
{
    const str none = { 0 };
    size_t    i = 0;
    while (i < runs->n_rows && !str_eq(table_cell(runs, i, RUN_SOURCE), id))
        i++;
    bool ran = i < runs->n_rows;
    put_kcell(w, "status", ran ? table_cell(runs, i, RUN_STATUS) : none);
    put_word(w, "reason", ran ? table_cell(runs, i, RUN_REASON) : none);
    put_word(w, "tool", ran ? table_cell(runs, i, RUN_TOOL) : none);
    put_kmoment(q, w, "started_at", ran ? table_cell(runs, i, RUN_STARTED) : none);
    put_kmoment(q, w, "ended_at", ran ? table_cell(runs, i, RUN_ENDED) : none);
}

static void put_relations(ask *q, json_writer *w, const row_table *t, str id)
{
    jw_key(w, "relations");
    jw_arr(w);
    for (size_t i = 0; i < t->n_rows; i++) {
        if (!str_eq(table_cell(t, i, REL_SOURCE), id))
            continue;
        jw_obj(w);
        jw_kstr(w, "relation", table_cell(t, i, REL_RELATION));
        jw_kstr(w, "status", table_cell(t, i, REL_STATUS));
        jw_kstr(w, "reason", table_cell(t, i, REL_REASON));
        put_kmoment(q, w, "since", table_cell(t, i, REL_SINCE));
        jw_end_obj(w);
    }
    jw_end_arr(w);
}

static void put_source(ask *q, json_writer *w, const known_sources *k, const known_source *s)
{
    jw_obj(w);
    jw_kstr(w, "key", key_of(q->a, s->id));
    jw_kstr(w, "id", s->id);
    put_word(w, "kind", s->kind);
    put_word(w, "argument", s->argument);
    jw_kbool(w, "configured", s->kind.n > 0);
    put_run(q, w, &k->runs, s->id);
    put_relations(q, w, &k->relations, s->id);
    jw_end_obj(w);
}

static err_t get_sources(ask *q)
{
    known_sources k = { 0 };
    job_state     jobs = gate_jobs(q->g, q->a);
    TRY(sources_read(q, &k));
    json_writer w = answer_json(q);
    jw_obj(&w);
    jw_key(&w, "items");
    jw_arr(&w);
    for (size_t i = 0; i < k.n; i++)
        put_source(q, &w, &k, &k.v[i]);
    jw_end_arr(&w);
    put_ktime(q, &w, "next_round", jobs.next_round);
    put_word(&w, "running", jobs.doing);
    jw_end_obj(&w);
    return ERR_OK;
}

/* Of the address: by key. */
static err_t source_wanted(ask *q, known_sources *k, known_source *ret)
{
    TRY(sources_read(q, k));
    for (size_t i = 0; i < k->n; i++)
        if (str_eq(key_of(q->a, k->v[i].id), q->params[0])) {
            *ret = k->v[i];
            return ERR_OK;
        }
    return fail(&q->f, ERR_NOT_FOUND, "there is no source with the key \"" STR_FMT "\"; GET /api/v1/sources names them", STR_ARG(utf8_cut(q->params[0], 80)));
}

static err_t get_source(ask *q)
{
    known_sources k = { 0 };
    known_source  s = { 0 };
    TRY(source_wanted(q, &k, &s));
    json_writer w = answer_json(q);
    put_source(q, &w, &k, &s);
    return ERR_OK;
}

static err_t post_source(ask *q)
{
    json_parts    o = { 0 };
    str           id = { 0 };
    known_sources k = { 0 };
    TRY(body_object(q, &o));
    str words[] = { json_text(&o, "kind"), json_text(&o, "argument") };
    if (!words[0].n)
        return fail(&q->f, ERR_INVALID, "kind: is missing; host, host-files and git can be added here");
    if (!words[1].p)
        words[1] = S("");
    TRY(ask_errand(q, "source-add", words, COUNT(words), &q->f, &id));
    TRY(sources_read(q, &k));
    http_add(q->rs, "Location", str_fmt(q->a, "/api/v1/sources/" STR_FMT, STR_ARG(key_of(q->a, id))));
    q->rs->status = 201;
    json_writer w = answer_json(q);
    for (size_t i = 0; i < k.n; i++)
        if (str_eq(k.v[i].id, id))
            put_source(q, &w, &k, &k.v[i]);
    return ERR_OK;
}

static err_t delete_source(ask *q)
{
    known_sources k = { 0 };
    known_source  s = { 0 };
    str           says = { 0 };
    TRY(source_wanted(q, &k, &s));
    TRY(ask_errand(q, "source-remove", &s.id, 1, &q->f, &says));
    json_writer w = answer_json(q);
    jw_obj(&w);
    jw_kstr(&w, "removed", s.id);
    jw_end_obj(&w);
    return ERR_OK;
}

static err_t post_run(ask *q)
{
    known_sources k = { 0 };
    known_source  s = { 0 };
    TRY(source_wanted(q, &k, &s));
    if (!s.kind.n)
        return fail(&q->f, ERR_CONFLICT, STR_FMT " is not configured here: it sends what it sees by itself", STR_ARG(s.id));
    TRY(gate_job_of(q->g, q->a, S("collect"), s.id, &q->f));
    q->rs->status = 202;
    json_writer w = answer_json(q);
    jw_obj(&w);
    jw_kstr(&w, "started", str_fmt(q->a, "collect " STR_FMT, STR_ARG(s.id)));
    jw_end_obj(&w);
    return ERR_OK;
}

static const route rows[] = {
    { HTTP_GET, "/api/v1/sources", PERMIT_READER, 0, 0, SCOPE_READ, get_sources, "Sources of facts, and how their latest runs went" },
    { HTTP_POST, "/api/v1/sources", PERMIT_OWNER, 16 << 10, 0, SCOPE_ADMIN, post_source, "Add a source; never a program" },
    { HTTP_GET, "/api/v1/sources/{source}", PERMIT_READER, 0, 0, SCOPE_READ, get_source, "One source and its latest run" },
    { HTTP_DELETE, "/api/v1/sources/{source}", PERMIT_OWNER, 0, 0, SCOPE_ADMIN, delete_source, "Remove a source and close its rows" },
    { HTTP_POST, "/api/v1/sources/{source}/run", PERMIT_MANAGER, 1 << 10, 0, SCOPE_WRITE, post_run, "Collect one source now" },
};
const api_doc source_docs[] = {
    { "as-of", NULL, "sources" }, { NULL, "source_add", "source" }, { "as-of", NULL, "source" }, { NULL, NULL, "removed" }, { NULL, NULL, "job" },
};
ROUTE_TABLE(source_api);
_Static_assert(COUNT(rows) == COUNT(source_docs), "each route is documented");
