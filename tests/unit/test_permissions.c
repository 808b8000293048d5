/* Who may what, on every route and every type of record, compared with tests/permissions.txt.
 * A route or a type without its line there fails; ATTEST_WRITE_PERMISSIONS=1 writes the table anew,
 * for a person to read before it is kept. */
#include "api/api.h"
#include "scim_server/scim_server.h"
#include "serve/serve.h"
#include "test.h"
#include "web/web.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    arena *a;
    store *st;
    fault  f;
} bench;

static void must(bench *b, err_t e)
{
    if (e != ERR_OK)
        fail_msg("%s", b->f.text);
}

static const front *const fronts[] = { &web_front, &api_front, &scim_front, &metrics_front };
static const role roles[] = { ROLE_UNSET, ROLE_AUDITOR, ROLE_MEMBER, ROLE_CONTRIBUTOR, ROLE_MANAGER, ROLE_OWNER };
static const char *const askers[] = { "nobody", "auditor", "member", "contributor", "manager", "owner" };

/* ---- routes --------------------------------------------------------------------------------- */

/* What somebody of that role gets: yes, 401, 403; for a token: one that has just the route's scope. */
static const char *outcome(arena *a, const front *fr, const route *r, const relation *type, role as)
{
    ask q = { .a = a, .front = fr, .route = r, .type = type, .now = DAYS(20000) };
    int status = 0;
    if (as != ROLE_UNSET) {
        q.who = (principal){ .person = S("ann"), .role = as };
        if (fr->cookies) {
            q.session = (auth_session){ .handle = S("s"), .person = S("ann"), .stage = STAGE_FULL, .proven_at = q.now };
            q.signed_in = true;
        } else
            q.token = (auth_token){ .handle = S("t"), .person = S("ann"), .scopes = r->scope };
    }
    if (gate_judge(&q, &status) == ERR_OK)
        return "yes";
    return status == 401 ? "401" : status == 403 ? "403" : "428";
}

static void route_lines(arena *a, buf *out)
{
    for (size_t i = 0; i < COUNT(fronts); i++)
        for (size_t t = 0; t < fronts[i]->n_tables; t++)
            for (size_t k = 0; k < fronts[i]->tables[t]->n; k++) {
                const route *r = &fronts[i]->tables[t]->rows[k];
                bool typed = r->allows >= PERMIT_TYPE_READ && r->allows <= PERMIT_TYPE_DO;
                buf_fmt(out, "%s %s %s", fronts[i]->name, http_method_name(r->method), r->pattern);
                if (r->scope)
                    buf_fmt(out, " scope=" STR_FMT, STR_ARG(scopes_text(a, r->scope)));
                if (r->flags & ROUTE_FRESH)
                    buf_putz(out, " fresh");
                if (r->flags & ROUTE_OWN_ACCOUNT)
                    buf_putz(out, " own-account");
                if (typed)
                    buf_fmt(out, " : %s\n", permit_words(r->allows));
                for (size_t n = 0; !typed && n < COUNT(roles); n++)
                    buf_fmt(out, "%s%s=%s%s", n ? " " : " : ", askers[n], outcome(a, fronts[i], r, NULL, roles[n]), n + 1 < COUNT(roles) ? "" : "\n");
            }
}

/* ---- records: own and other ---------------------------------------------------------------------- */

static bool all_known(void *arg, str type, str id, bool *ret_known)
{
    static const char *const catalogues[] = { "control", "criterion", "test", "category", "register" };
    (void)arg, (void)id;
    *ret_known = true;
    for (size_t i = 0; i < COUNT(catalogues); i++)
        if (str_eq(type, str_of(catalogues[i])))
            return true;
    return false;
}
static const work_hooks hooks = { NULL, all_known, NULL };

/* A record of any type: required fields are filled, `person` is whose it is. */
static void fill(arena *a, const relation *r, const char *id, const char *person, value *row)
{
    memset(row, 0, r->n_fields * sizeof *row);
    row[0] = v_z(id);
    for (size_t i = 1; i < r->n_fields; i++) {
        const field *fd = &r->fields[i];
        bool own = r->record->own && strcmp(fd->name, r->record->own) == 0;
        if (!(fd->flags & FIELD_REQUIRED) && !own)
            continue;
        if (fd->ref && strcmp(fd->ref, "person") == 0)
            row[i] = v_z(person);
        else if (fd->ref && strcmp(fd->ref, "*") == 0)
            row[i] = v_text(str_fmt(a, "person/%s", person));
        else if (fd->ref)
            row[i] = v_z(id);
        else if (fd->choices)
            row[i] = v_z(fd->choices[0]);
        else if (fd->kind == F_TEXT)
            row[i] = v_z(id);
        else
            row[i] = v_int(fd->min ? fd->min : 1);
    }
    int state = relation_field(r, S("state"));
    if (state > 0 && r->record->edit_in) {
        str rest = str_of(r->record->edit_in);
        row[state] = v_text(str_word(&rest));
    }
}

static void put_all(bench *b, const principal *who)
{
    static const char *const people[] = { "ann", "bob" };
    work *w;
    must(b, work_begin(&(work_options){ .st = b->st, .who = who, .hooks = &hooks, .action = S("test") }, &b->f, &w));
    work_references_later(w);
    for (size_t i = 0; i < n_relations; i++)
        for (size_t p = 0; relations[i]->record && p < COUNT(people); p++) {
            value row[RELATION_FIELDS_MAX];
            fill(b->a, relations[i], people[p], people[p], row);
            must(b, work_put(w, relations[i], row, &b->f));
        }
    commit_done d;
    must(b, work_finish(w, b->a, &b->f, &d));
}

static bool reads(bench *b, session *s, const principal *who, const relation *r, const char *id)
{
    record_view v;
    fault       f = { 0 };
    err_t e = record_get(b->a, s, who, r, str_of(id), &f, &v);
    assert_true(e == ERR_OK || e == ERR_DENIED);
    return e == ERR_OK;
}

/* Without a change of any field, so that nothing but who asks can refuse. */
static bool edits(bench *b, const principal *who, const relation *r, const char *id)
{
    work *w;
    fault f = { 0 };
    must(b, work_begin(&(work_options){ .st = b->st, .who = who, .hooks = &hooks, .action = S("test") }, &b->f, &w));
    err_t e = work_edit(w, r, str_of(id), 0, NULL, 0, &f);
    work_abort(w);
    return e != ERR_DENIED;
}

static void type_lines(bench *b, buf *out)
{
    const principal      root = { .actor = S("test"), .role = ROLE_OWNER };
    auto_session session *s = NULL;
    put_all(b, &root);
    must(b, session_open(b->st, &(session_options){ .as_of = TIME_MAX, .history = true }, &b->f, &s));
    for (size_t i = 0; i < n_relations; i++) {
        const relation *r = relations[i];
        if (!r->record)
            continue;
        buf_fmt(out, "record %s :", r->name);
        for (size_t n = 1; n < COUNT(roles); n++) {
            const principal who = { .actor = S("test"), .person = S("ann"), .role = roles[n] };
            bool own = reads(b, s, &who, r, "ann"), other = reads(b, s, &who, r, "bob");
            bool edit_own = edits(b, &who, r, "ann"), edit_other = edits(b, &who, r, "bob");
            buf_fmt(out, " %s=%s%s%s", askers[n], other ? "read" : own ? "read-own" : "-", edit_other ? "+edit" : edit_own ? "+edit-own" : "",
                    principal_may(&who, r, RIGHT_ADD) ? "+add" : "");
            assert_false(other && !own);
            assert_false(edit_other && !other);               /* who may change it may see it */
            assert_true(roles[n] != ROLE_AUDITOR || (other && !edit_own && !principal_may(&who, r, RIGHT_ADD)));
        }
        buf_putc(out, '\n');
    }
}

/* ---- the table ---------------------------------------------------------------------------------------- */

static void first_difference(str want, str have)
{
    str a, b;
    for (int line = 1;; line++) {
        bool more_a = str_line(&want, &a), more_b = str_line(&have, &b);
        if (!more_a && !more_b)
            return;
        if (more_a != more_b || !str_eq(a, b))
            fail_msg("permissions.txt:%d: the table says \"" STR_FMT "\", the program \"" STR_FMT "\"", line, STR_ARG(more_a ? a : S("(nothing)")),
                     STR_ARG(more_b ? b : S("(nothing)")));
    }
}

static void compare(bench *b)
{
    const char *path = getenv("ATTEST_TEST_PERMISSIONS");
    buf         out = buf_new(b->a, 4 << 20);
    str         kept = { 0 };
    assert_non_null(path);
    buf_putz(&out, "# Who may what. Made by tests/unit/test_permissions.c; a change here is a change of rights and wants to be read.\n"
                   "# A route asks for a type's rights where it says so; own records are those of the person asking.\n\n");
    route_lines(b->a, &out);
    buf_putc(&out, '\n');
    type_lines(b, &out);
    if (getenv("ATTEST_WRITE_PERMISSIONS"))
        must(b, file_replace(path, buf_str(&out), 0644, &b->f));
    must(b, file_read(b->a, path, 4 << 20, &b->f, &kept));
    first_difference(kept, buf_str(&out));
}

static void every_route_and_type_is_as_the_table_says(void **state)
{
    auto_arena arena *a = arena_new(64 << 20);
    bench             b = { .a = a };
    (void)state;
    must(&b, store_open(&(store_options){ .url = "sqlite::memory:", .flags = STORE_WRITE | STORE_CREATE }, &b.f, &b.st));
    compare(&b);
    store_close(b.st);
}

static void the_rows_themselves_are_sound(void **state)
{
    fault f = { 0 };
    (void)state;
    if (routes_check(fronts, COUNT(fronts), &f) != ERR_OK)
        fail_msg("%s", f.text);
}

/* Not even what is their own of it, and by no way of asking; of all other registers what they read before. */
static void a_register_that_is_closed_to_an_engagement_is_closed_whole(void **state)
{
    auto_arena arena    *a = arena_new(64 << 20);
    bench                b = { .a = a };
    const principal      root = { .actor = S("test"), .role = ROLE_OWNER };
    auto_session session *s = NULL;
    (void)state;
    must(&b, store_open(&(store_options){ .url = "sqlite::memory:", .flags = STORE_WRITE | STORE_CREATE }, &b.f, &b.st));
    put_all(&b, &root);
    must(&b, session_open(b.st, &(session_options){ .as_of = TIME_MAX, .history = true }, &b.f, &s));
    for (size_t i = 0; i < n_relations; i++) {
        const relation *r = relations[i], *other = relation_find(strcmp(r->name, "risk") == 0 ? S("vendor") : S("risk"));
        const bounds    what = { S("Security"), &r, 1 };
        const principal who = { .actor = S("test"), .person = S("ann"), .role = ROLE_AUDITOR, .within = &what };
        fault           f = { 0 };
        if (!r->record)
            continue;
        assert_false(reads(&b, s, &who, r, "ann") || reads(&b, s, &who, r, "bob") || record_reads_all(&who, r));
        assert_int_equal(record_may_read(&who, r, &f), ERR_DENIED);
        assert_int_equal(record_may_read_all(&who, r, &f), ERR_DENIED);
        assert_non_null(strstr(f.text, "outside of your engagement, which examines Security"));
        for (right w = RIGHT_READ; w <= RIGHT_MOVE; w <<= 1)
            assert_false(principal_may(&who, r, w));
        assert_true(reads(&b, s, &who, other, "bob"));
    }
    session_close(TAKE(s));
    store_close(b.st);
}

/* An auditor whose engagement has ended, or has not begun, still has an account to look after. */
static void ones_own_account_is_never_bound_to_an_engagement(void **state)
{
    static const char *const own[] = { "/account", "/prove", "/api/v1/me" };
    size_t                   n = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(fronts); i++)
        for (size_t t = 0; t < fronts[i]->n_tables; t++)
            for (size_t k = 0; k < fronts[i]->tables[t]->n; k++)
                for (size_t o = 0; o < COUNT(own); o++) {
                    const route *r = &fronts[i]->tables[t]->rows[k];
                    str          rest = str_of(r->pattern);
                    if (!str_starts(rest, str_of(own[o])) || (rest.n > strlen(own[o]) && rest.p[strlen(own[o])] != '/'))
                        continue;
                    n++;
                    if (r->allows != PERMIT_SESSION && !(r->flags & ROUTE_OWN_ACCOUNT))
                        fail_msg("%s %s is about one's own account and closed to an auditor without an open engagement", http_method_name(r->method), r->pattern);
                }
    assert_true(n > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_route_and_type_is_as_the_table_says),
        cmocka_unit_test(the_rows_themselves_are_sound),
        cmocka_unit_test(a_register_that_is_closed_to_an_engagement_is_closed_whole),
        cmocka_unit_test(ones_own_account_is_never_bound_to_an_engagement),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
