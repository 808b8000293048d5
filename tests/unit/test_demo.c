/* The fictional company: the same each time, whole, and lawful. */
#include "demo/demo.h"
#include "store_fixture.h"

enum { PEOPLE = 30, HOSTS = 6 };

static bool in_catalogue(void *arg, str name, str id, bool *ret_known)
{
    (void)arg;
    *ret_known = id.n > 0;
    return str_eq(name, S("test")) || str_eq(name, S("control")) || str_eq(name, S("criterion")) || str_eq(name, S("category")) ||
           str_eq(name, S("register"));
}

typedef struct {
    demo_options o;
    time_us      clock;
    store       *st;
    const char  *url;
} company;

static void options(bench *b, company *co, uint64_t seed, int64_t months)
{
    calendars    *cs;
    const library_options lo = { 0 };
    co->o = (demo_options){ .people = PEOPLE, .hosts = HOSTS, .months = months, .every_hours = months > 1 ? 12 : 1, .seed = seed, .catalogue = in_catalogue };
    must(b, library_load(b->a, &lo, &b->f, &co->o.texts));
    must(b, calendar_load(b->a, NULL, &b->f, &cs));
    co->o.calendars = cs;
    assert_true(time_parse(S("2026-10-15T15:30:00Z"), &co->o.until));
}

static void found(bench *b, company *co, const char *name, uint64_t seed, int64_t months)
{
    demo_counts counts;
    options(b, co, seed, months);
    co->url = str_fmt(b->a, "sqlite:%s/%s.db", b->dir, name).p;
    must(b, store_open(&(store_options){ .url = co->url, .flags = STORE_WRITE | STORE_CREATE, .at = &co->clock }, &b->f, &co->st));
    must(b, demo_write(co->st, &co->clock, &co->o, &b->f, &counts));
    assert_true(counts.collections > months * 20 * 3);
}

static void close_company(bench *b, company *co)
{
    store_close(co->st);
    for (size_t i = 0; i < 3; i++)
        (void)unlink(str_fmt(b->a, "%s%s", co->url + 7, (const char *const[]){ "", "-wal", "-shm" }[i]).p);
}

/* ---- the same each time ------------------------------------------------------------------ */

typedef struct {
    hasher         *h;
    const relation *r;
    buf             text;
} digest;

static err_t digest_version(void *arg, const version *v)
{
    digest *g = arg;
    buf_clear(&g->text);
    buf_fmt(&g->text, "%s %lld %lld %lld %lld %lld ", g->r->name, (long long)v->id, (long long)v->valid_from, (long long)v->valid_to,
            (long long)v->opened_by, (long long)v->closed_by);
    row_canonical(g->r, v->source, v->row, &g->text);
    sha256_add(g->h, g->text.p, g->text.n);
    return ERR_OK;
}

static err_t digest_commit(void *arg, const commit_row *c)
{
    digest *g = arg;
    buf_clear(&g->text);
    buf_fmt(&g->text, "%lld %lld " STR_FMT "|" STR_FMT "|" STR_FMT, (long long)c->seq, (long long)c->at, STR_ARG(c->actor), STR_ARG(c->action),
            STR_ARG(c->reason));
    sha256_add(g->h, g->text.p, g->text.n);
    return ERR_OK;
}

static hash32 content_of(bench *b, company *co)
{
    auto_hasher hasher *h = hasher_new();
    digest g = { h, NULL, buf_new(b->a, 4 << 20) };
    sha256_begin(h);
    for (size_t i = 0; i < n_relations; i++) {
        g.r = relations[i];
        must(b, store_versions(co->st, g.r, digest_version, &g, &b->f));
    }
    must(b, store_commits(co->st, 0, digest_commit, &g, &b->f));
    return sha256_end(h);
}

static void same_and_different(bench *b)
{
    hash32  first[3];
    company co[3] = { 0 };
    for (size_t i = 0; i < 3; i++) {
        found(b, &co[i], (const char *const[]){ "one", "two", "three" }[i], i == 2 ? 8 : 7, 1);
        first[i] = content_of(b, &co[i]);
        close_company(b, &co[i]);
    }
    assert_true(hash32_eq(&first[0], &first[1]));
    assert_false(hash32_eq(&first[0], &first[2]));
}

static void the_same_options_give_the_same_company_and_another_seed_another(void **state)
{
    (void)state;
    on_sqlite(same_and_different);
}

/* ---- whole ---------------------------------------------------------------------------------- */

static int64_t number_of(bench *b, company *co, time_us as_of, str sql)
{
    auto_session session *s = NULL;
    auto_cursor cursor   *c = NULL;
    bool                  more;
    must(b, session_open(co->st, &(session_options){ .as_of = as_of, .history = true }, &b->f, &s));
    must(b, session_query(s, sql, &b->f, &c));
    must(b, cursor_next(c, &b->f, &more));
    assert_true(more);
    return cursor_int(c, 0);
}

/* Records that name one of type `to` that does not exist. */
static void no_dangling(bench *b, company *co, const relation *r, const field *fd, const relation *to)
{
    bool  any = strcmp(fd->ref, "*") == 0;
    str   want = any ? str_fmt(b->a, "'%s/' || t.id", to->name) : S("t.id");
    str   mine = any ? str_fmt(b->a, "x.%s LIKE '%s/%%'", fd->name, to->name) : str_fmt(b->a, "x.%s IS NOT NULL", fd->name);
    int64_t n = number_of(b, co, TIME_MAX, str_fmt(b->a, "SELECT count(*) FROM %s x LEFT JOIN %s t ON x.%s = " STR_FMT " WHERE " STR_FMT
                                                   " AND t.id IS NULL", r->name, to->name, fd->name, STR_ARG(want), STR_ARG(mine)));
    if (n)
        fail_msg("%lld records of %s: %s names no %s", (long long)n, r->name, fd->name, to->name);
}

static bool by_catalogue(const char *type)
{
    bool known;
    return in_catalogue(NULL, str_of(type), S("x"), &known);
}

static void references(bench *b, company *co)
{
    for (size_t i = 0; i < n_relations; i++) {
        const relation *r = relations[i];
        for (size_t k = 0; r->record && k < r->n_fields; k++) {
            const field *fd = &r->fields[k];
            if (!fd->ref || by_catalogue(fd->ref))
                continue;
            for (size_t n = 0; n < n_relations; n++)
                if (relations[n]->record && !by_catalogue(relations[n]->name) &&
                    (strcmp(fd->ref, "*") == 0 || strcmp(fd->ref, relations[n]->name) == 0))
                    no_dangling(b, co, r, fd, relations[n]);
        }
    }
}

/* ---- lawful ---------------------------------------------------------------------------------- */

typedef struct {
    bench          *b;
    const relation *r;
    map             last;                /* id -> state, as C text */
    int64_t         moves;
} life;

static bool leads(const relation *r, const char *before, const char *after)
{
    for (size_t i = 0; i < r->record->n_transitions; i++) {
        const transition *t = &r->record->transitions[i];
        if ((!t->from || list_has(t->from, str_of(before))) && t->to && strcmp(t->to, after) == 0)
            return true;
    }
    return false;
}

static err_t follow(void *arg, const version *v)
{
    life       *l = arg;
    const char *now = str_z(l->b->a, v->row[relation_field(l->r, S("state"))].s);
    str         id = str_dup(l->b->a, v->row[0].s);
    void      **slot = map_put(&l->last, id);
    const char *before = *slot ? *slot : l->r->record->initial;
    if (strcmp(before, now) != 0 && !leads(l->r, before, now) && *slot)
        fail_msg("%s/" STR_FMT " went from %s to %s", l->r->name, STR_ARG(id), before, now);
    l->moves += strcmp(before, now) != 0;
    *slot = (void *)(uintptr_t)now;
    return ERR_OK;
}

static void lives(bench *b, company *co)
{
    int64_t moves = 0;
    for (size_t i = 0; i < n_relations; i++) {
        life l = { b, relations[i], map_new(b->a), 0 };
        if (!l.r->record || !l.r->record->initial)
            continue;
        must(b, store_versions(co->st, l.r, follow, &l, &b->f));
        moves += l.moves;
    }
    assert_true(moves > 20);
}

/* Nine days in the middle without a run of the directory; one each twelve hours otherwise, as asked. */
static void silence(bench *b, company *co)
{
    str longest = S("SELECT max(valid_to - valid_from) FROM run_history WHERE source = 'exec:/srv/attest/directory' "
                    "AND valid_to < 9223372036854775807");
    int64_t gap = number_of(b, co, TIME_MAX, longest);
    assert_true(gap >= DAYS(9) && gap <= DAYS(9) + HOURS(13));
    assert_true(number_of(b, co, TIME_MAX, str_fmt(b->a, "SELECT max(valid_to - valid_from) FROM run_history WHERE source = 'exec:/srv/attest/fleet' "
                                                   "AND valid_to < 9223372036854775807")) <= HOURS(12));
}

/* What went wrong that year, each as often as the story tells it. */
static void mess(bench *b, company *co)
{
    static const struct { int64_t n; const char *what, *sql; } rows[] = {
        { 1, "a leaver whose account works", "SELECT count(*) FROM person p JOIN account a ON a.system = 'directory' AND a.login = p.login "
          "WHERE p.state = 'left' AND a.active IS TRUE" },
        { 1, "a late review of access", "SELECT count(*) FROM access_review WHERE kind = 'account' AND (decided_at > due_at) IS TRUE" },
        { 1, "a revocation", "SELECT count(*) FROM access_decision WHERE (decision = 'revoke') IS TRUE AND (verified_at > decided_at + days(40)) IS TRUE" },
        { 1, "an emergency change approved after", "SELECT count(*) FROM change_request WHERE kind = 'emergency' AND (approved_at > released_at) IS TRUE" },
        { 1, "an emergency change that nobody approved", "SELECT count(*) FROM change_request WHERE kind = 'emergency' AND approver IS NULL" },
        { 1, "a restore that missed its target", "SELECT count(*) FROM exercise WHERE (rto_measured > rto_target) IS TRUE" },
        { 1, "a late answer to a person", "SELECT count(*) FROM subject_request WHERE (answered_at > due_at) IS TRUE" },
        { 1, "a vulnerability fixed late", "SELECT count(*) FROM vulnerability WHERE (fixed_at > due_at) IS TRUE" },
        { 1, "a waiver that ended", "SELECT count(*) FROM waiver WHERE state = 'approved' AND ends_at < as_of()" },
        { 1, "an acceptance of risk that ended", "SELECT count(*) FROM risk_acceptance WHERE state = 'approved' AND ends_at < as_of()" },
        { 1, "a critical vendor nobody reviewed", "SELECT count(*) FROM vendor WHERE tier = 'critical' AND state = 'active' AND reviewed_at IS NULL" },
        { 1, "a disk that filled", "SELECT count(*) FROM filesystem_history WHERE (used_pct = 100) IS TRUE" },
        { 1, "a register of nothing", "SELECT count(*) FROM register WHERE id = 'remediation'" },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        if (number_of(b, co, TIME_MAX, str_of(rows[i].sql)) != rows[i].n)
            fail_msg("%s: not %lld", rows[i].what, (long long)rows[i].n);
}

/* What is under way when the story ends, so that no page of it is empty. */
static void under_way(bench *b, company *co)
{
    static const struct { int64_t n; const char *sql; } rows[] = {
        { 1, "SELECT count(*) FROM access_review WHERE state = 'running'" }, { 10, "SELECT count(*) FROM access_decision WHERE decision IS NULL" },
        { 1, "SELECT count(*) FROM incident WHERE state = 'contained'" },    { 1, "SELECT count(*) FROM incident WHERE state = 'reported'" },
        { 1, "SELECT count(*) FROM vendor WHERE state = 'prospective'" },    { 1, "SELECT count(*) FROM vendor_review WHERE state = 'in_progress'" },
        { 2, "SELECT count(*) FROM subject_request WHERE state = 'received'" }, { 1, "SELECT count(*) FROM complaint WHERE state = 'received'" },
        { 1, "SELECT count(*) FROM engagement e JOIN engagement_member m ON m.engagement = e.id JOIN person p ON p.id = m.person AND p.permission = 'auditor' "
             "WHERE e.state = 'open'" },
        { 1, "SELECT count(*) FROM trust_profile WHERE state = 'published'" }, { 1, "SELECT count(*) FROM trust_request WHERE state = 'received'" },
        { 1, "SELECT count(*) FROM change_request WHERE title LIKE 'Keep the second machine%' AND state = 'submitted'" }, { 1, "SELECT count(*) FROM access_request WHERE state = 'requested'" },
        { 1, "SELECT count(*) FROM run WHERE source = 'git:/srv/git/infrastructure' AND ended_at < as_of() - days(3)" },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        if (number_of(b, co, TIME_MAX, str_of(rows[i].sql)) != rows[i].n)
            fail_msg("not %lld: %s", (long long)rows[i].n, rows[i].sql);
}

/* Those without a record: no controls were named to attest, nothing does not apply, nobody provisions by SCIM, the plan is made on request,
 * and files come with the last day (app/demo.c). */
static void nothing_is_empty(bench *b, company *co)
{
    for (size_t i = 0; i < n_relations; i++)
        if (relations[i]->record && !list_has("attestation criterion directory_group remediation trust_document", str_of(relations[i]->name)) &&
            number_of(b, co, TIME_MAX, str_fmt(b->a, "SELECT count(*) FROM %s", relations[i]->name)) == 0)
            fail_msg("there is no %s", relations[i]->name);
}

static void whole_and_lawful(bench *b)
{
    company co = { 0 };
    found(b, &co, "whole", 7, 12);
    references(b, &co);
    lives(b, &co);
    silence(b, &co);
    mess(b, &co);
    under_way(b, &co);
    nothing_is_empty(b, &co);
    int64_t people = number_of(b, &co, TIME_MAX, S("SELECT count(*) FROM person WHERE permission <> 'auditor'"));
    assert_true(people > PEOPLE - 3 && people <= PEOPLE);        /* who starts after the end is not there yet */
    assert_int_equal(number_of(b, &co, TIME_MAX, S("SELECT count(*) FROM host")), HOSTS);
    close_company(b, &co);
}

static void a_year_is_whole_lawful_and_a_mess_as_told(void **state)
{
    (void)state;
    on_sqlite(whole_and_lawful);
}

/* ---- assessed --------------------------------------------------------------------------------------- */

typedef struct {
    company *co;
    int64_t  n, late;                    /* late: a day or less after the one before */
    time_us  last;
} asking;

/* What was written by then can be read, so that it can be judged. */
static err_t ask(void *arg, time_us at, fault *f, commit_done *ret)
{
    asking              *k = arg;
    auto_session session *s = NULL;
    auto_cursor cursor   *c = NULL;
    bool                  more;
    TRY(session_open(k->co->st, &(session_options){ .as_of = at, .history = true }, f, &s));
    TRY(session_query(s, S("SELECT max(at) FROM commits"), f, &c));
    TRY(cursor_next(c, f, &more));
    assert_true(at - cursor_int(c, 0) < HOURS(24));
    assert_true(at > k->last && at == k->co->clock);
    k->n++;
    k->late += at - k->last <= DAYS(1);
    k->last = at;
    *ret = (commit_done){ .seq = -1 };
    return ERR_OK;
}

static void assessed(bench *b)
{
    company     co = { 0 };
    asking      k = { .co = &co };
    demo_counts counts;
    options(b, &co, 7, 5);
    co.o.assess = ask;
    co.o.assess_arg = &k;
    co.url = str_fmt(b->a, "sqlite:%s/assessed.db", b->dir).p;
    must(b, store_open(&(store_options){ .url = co.url, .flags = STORE_WRITE | STORE_CREATE, .at = &co.clock }, &b->f, &co.st));
    must(b, demo_write(co.st, &co.clock, &co.o, &b->f, &counts));
    assert_int_equal(counts.assessments, k.n);
    assert_int_equal(k.last, co.o.until);
    assert_int_equal(k.late, 91);                                                /* every day of the last quarter */
    assert_int_equal(k.n - k.late, 1 + (153 - 91) / 7);                          /* every week of the days before */
    close_company(b, &co);
}

static void everything_is_assessed_each_week_and_each_day_of_the_last_quarter(void **state)
{
    (void)state;
    on_sqlite(assessed);
}

static void refusals(bench *b)
{
    company     co = { 0 };
    demo_counts counts;
    fault       f = { 0 };
    options(b, &co, 1, 12);
    co.o.people = DEMO_PEOPLE_MIN - 1;
    assert_int_equal(demo_check(&co.o, &f), ERR_INVALID);
    co.o.people = PEOPLE;
    co.o.months = DEMO_MONTHS_MAX + 1;
    assert_int_equal(demo_check(&co.o, NULL), ERR_INVALID);
    co.o.months = 1;
    assert_int_equal(demo_check(&co.o, NULL), ERR_OK);
    (void)write_accounts(b, WRITE_MERGE, (const row_values[]){ account_row("ann", NULL, 1) }, 1);
    f = (fault){ 0 };
    assert_int_equal(demo_write(b->st, &co.clock, &co.o, &f, &counts), ERR_CONFLICT);
    assert_string_equal(f.text, "the store holds 1 commits already");
}

static void options_out_of_range_and_a_store_that_is_in_use_are_refused(void **state)
{
    (void)state;
    on_sqlite(refusals);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_options_give_the_same_company_and_another_seed_another),
        cmocka_unit_test(a_year_is_whole_lawful_and_a_mess_as_told),
        cmocka_unit_test(everything_is_assessed_each_week_and_each_day_of_the_last_quarter),
        cmocka_unit_test(options_out_of_range_and_a_store_that_is_in_use_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
