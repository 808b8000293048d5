/* Facts as sources saw them: each hour what is new since the hour before. */
#include "demo/private.h"

struct planned_fact {
    time_us         at;
    size_t          number;
    source_id       from;
    const relation *r;
    bool            gone;
    value          *row;
};

const char *const source_names[SOURCES] = {
    [FLEET] = "exec:/srv/attest/fleet", [DIRECTORY] = "exec:/srv/attest/directory",
    [GIT_SHOP] = "git:/srv/git/storefront", [GIT_INFRA] = "git:/srv/git/infrastructure",
};

static const char *const promised[SOURCES] = {
    [FLEET] = "account audit_config audit_rule backup_tool certificate container file_integrity filesystem firewall group_member host "
              "kernel_security log_forwarding malware_protection package pam_rule patch_state privilege process_listener risky_file "
              "scheduled_job service setting software_update ssh_key time_sync",
    [DIRECTORY] = "account group_member",
    [GIT_SHOP] = "change commit_log repository secret_finding source_control_setting",
    [GIT_INFRA] = "change commit_log repository secret_finding source_control_setting",
};

void put(const char *type, value *row, const char *field_name, value v)
{
    int i = relation_field(relation_find(str_of(type)), str_of(field_name));
    assert(i >= 0);
    row[i] = v;
}

static planned_fact *plan(demo *d, time_us at, source_id from, const char *type)
{
    planned_fact *p = NEW(d->a, planned_fact);
    *p = (planned_fact){ .at = at, .number = d->facts.n, .from = from, .r = relation_find(str_of(type)) };
    assert(p->r);
    p->row = NEW_ARRAY(d->a, value, p->r->n_fields);
    da_push(d->a, &d->facts) = p;
    return p;
}

value *fact(demo *d, time_us at, source_id from, const char *type) { return plan(d, at, from, type)->row; }

value *fact_gone(demo *d, time_us at, source_id from, const char *type)
{
    planned_fact *p = plan(d, at, from, type);
    p->gone = true;
    return p->row;
}

static int in_turn(const void *x, const void *y)
{
    const planned_fact *a = *(planned_fact *const *)x, *b = *(planned_fact *const *)y;
    if (a->from != b->from)
        return a->from < b->from ? -1 : 1;
    if (a->at != b->at)
        return a->at < b->at ? -1 : 1;
    return a->number < b->number ? -1 : 1;
}

void facts_sort(demo *d)
{
    qsort(d->facts.v, d->facts.n, sizeof *d->facts.v, in_turn);
    for (size_t i = d->facts.n; i-- > 0;)
        d->next_fact[d->facts.v[i]->from] = i;
}

/* ---- one collection ------------------------------------------------------------------------- */

typedef struct {
    demo     *d;
    commit   *c;
    source_id s;
} collection;

/* Between two collections a row may have changed twice; the source sees the last:
 * of rows with one key the store keeps the first, so they come newest first. */
static err_t write_some(const collection *cn, size_t from, size_t to, const relation *r, bool gone, fault *f)
{
    bool begun = false;
    for (size_t i = to; i-- > from;) {
        const planned_fact *p = cn->d->facts.v[i];
        if (p->r != r || p->gone != gone)
            continue;
        if (!begun)
            TRY(write_begin(cn->c, r, str_of(source_names[cn->s]), gone ? WRITE_CLOSE : WRITE_MERGE, f));
        begun = true;
        TRY(write_row(cn->c, p->row, f));
    }
    return begun ? write_end(cn->c, f, NULL) : ERR_OK;
}

static err_t write_new(const collection *cn, fault *f)
{
    demo  *d = cn->d;
    size_t from = d->next_fact[cn->s], to = from;
    while (to < d->facts.n && d->facts.v[to]->from == cn->s && d->facts.v[to]->at <= *d->clock)
        to++;
    d->next_fact[cn->s] = to;
    for (str rest = str_of(promised[cn->s]), name = str_word(&rest); to > from && name.n; name = str_word(&rest)) {
        TRY(write_some(cn, from, to, relation_find(name), false, f));
        TRY(write_some(cn, from, to, relation_find(name), true, f));
    }
    return ERR_OK;
}

static err_t write_one(void *arg, const relation *r, const value *row, fault *f)
{
    const collection *cn = arg;
    TRY(write_begin(cn->c, r, str_of(source_names[cn->s]), WRITE_MERGE, f));
    TRY(write_row(cn->c, row, f));
    return write_end(cn->c, f, NULL);
}

/* Each host has its hour of the day. */
static err_t write_daily(collection *cn, fault *f)
{
    demo *d = cn->d;
    int64_t hour = *d->clock / HOURS(1) % 24;
    for (size_t i = 0; cn->s == FLEET && i < d->n_hosts; i++)
        if ((int64_t)(i % 24) == hour || *d->clock < d->from + HOURS(1))
            TRY(host_daily(d, &d->hosts[i], i, *d->clock, write_one, cn, f));
    return ERR_OK;
}

static err_t write_run(collection *cn, fault *f)
{
    value row[RELATION_FIELDS_MAX] = { 0 };
    put("run", row, "source", v_z(source_names[cn->s]));
    put("run", row, "started_at", v_int(*cn->d->clock - SECONDS(7)));
    put("run", row, "ended_at", v_int(*cn->d->clock));
    put("run", row, "status", v_text(S("ok")));
    put("run", row, "tool", v_text(S("attest demo")));
    return write_one(cn, relation_find(S("run")), row, f);
}

static err_t write_statuses(collection *cn, fault *f)
{
    const relation *r = relation_find(S("run_status"));
    TRY(write_begin(cn->c, r, str_of(source_names[cn->s]), WRITE_SNAPSHOT, f));
    for (str rest = str_of(promised[cn->s]), name = str_word(&rest); name.n; name = str_word(&rest)) {
        value row[RELATION_FIELDS_MAX] = { 0 };
        put("run_status", row, "source", v_z(source_names[cn->s]));
        put("run_status", row, "relation", v_text(name));
        put("run_status", row, "status", str_eq(name, S("container")) ? v_text(S("absent")) : v_text(S("ok")));
        TRY(write_row(cn->c, row, f));
    }
    return write_end(cn->c, f, NULL);
}

err_t collect_once(demo *d, source_id s, fault *f)
{
    const commit_info info = { S("source:demo"), S("collect"), str_of(source_names[s]) };
    auto_commit commit *c = NULL;
    commit_done        done;
    arena_reset(d->scratch);
    TRY(commit_begin(d->st, &info, f, &c));
    collection cn = { d, c, s };
    TRY(write_new(&cn, f));
    TRY(write_daily(&cn, f));
    TRY(write_run(&cn, f));
    if (*d->clock < d->from + HOURS(1))
        TRY(write_statuses(&cn, f));
    TRY(commit_finish(TAKE(c), d->scratch, f, &done));
    d->counts.collections++;
    d->counts.commits++;
    d->counts.versions += done.opened;
    return ERR_OK;
}
