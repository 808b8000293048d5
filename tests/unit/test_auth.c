/* Who somebody is: sessions, passwords, tokens, things told once. */
#include "auth_fixture.h"

/* ---- sessions ------------------------------------------------------------------------- */

static auth_session signed_in(const char *person)
{
    return (auth_session){ .person = str_of(person), .stage = STAGE_FULL, .method = S("password+totp"), .address = S("192.0.2.7"),
                           .agent = S("Browser 1"), .proven_at = auth_now, .second = true };
}

static str begin_session(desk *d, const char *person)
{
    auth_session s = signed_in(person);
    str          cookie;
    fine(d, auth_session_begin(d->au, d->a, &s, &d->f, &cookie));
    return cookie;
}

static void session_life(desk *d)
{
    auth_session got;
    str          cookie = begin_session(d, "ann");
    assert_int_equal(cookie.n, 32);
    fine(d, auth_session_find(d->au, d->a, cookie, &d->f, &got));
    assert_str(got.person, "ann");
    assert_str(got.method, "password+totp");
    assert_str(got.address, "192.0.2.7");
    assert_int_equal(got.stage, STAGE_FULL);
    assert_true(got.second);
    assert_int_equal(got.csrf.n, 32);
    assert_int_equal(got.started_at, auth_now);
    refused(d, ERR_NOT_FOUND, auth_session_find(d->au, d->a, S("00112233445566778899aabbccddeeff"), &d->f, &got));
    refused(d, ERR_NOT_FOUND, auth_session_find(d->au, d->a, S(""), &d->f, &got));
    refused(d, ERR_NOT_FOUND, auth_session_find(d->au, d->a, S("../../etc/passwd'; --"), &d->f, &got));
    fine(d, auth_session_end(d->au, S("ann"), got.handle, S(""), &d->f));
    refused(d, ERR_NOT_FOUND, auth_session_find(d->au, d->a, cookie, &d->f, &got));
    refused(d, ERR_NOT_FOUND, auth_session_end(d->au, S("ann"), got.handle, S(""), &d->f));
}
static void a_session_is_found_until_it_is_ended(void **state)
{
    (void)state;
    on_desks(session_life);
}

static void session_limit(desk *d)
{
    str          cookies[SESSIONS_MAX + 2];
    auth_session got;
    size_t       ended = 9;
    const auth_session half = { .person = S("ann"), .stage = STAGE_HALF, .method = S("password") };
    for (size_t i = 0; i < SESSIONS_MAX; i++) {
        cookies[i] = begin_session(d, "ann");
        auth_now += MINUTES(1);
    }
    str other = begin_session(d, "bob");
    fine(d, auth_session_limit(d->au, S("ann"), &d->f, &ended));
    assert_int_equal(ended, 0);
    auth_now += MINUTES(20);
    fine(d, auth_session_find(d->au, d->a, cookies[0], &d->f, &got));       /* the first is in use */
    cookies[SESSIONS_MAX] = begin_session(d, "ann");
    fine(d, auth_session_begin(d->au, d->a, &half, &d->f, &cookies[SESSIONS_MAX + 1]));
    fine(d, auth_session_limit(d->au, S("ann"), &d->f, &ended));
    assert_int_equal(ended, 2);
    refused(d, ERR_NOT_FOUND, auth_session_find(d->au, d->a, cookies[SESSIONS_MAX + 1], &d->f, &got));   /* a half one first */
    refused(d, ERR_NOT_FOUND, auth_session_find(d->au, d->a, cookies[1], &d->f, &got));
    fine(d, auth_session_find(d->au, d->a, cookies[0], &d->f, &got));
    fine(d, auth_session_find(d->au, d->a, cookies[2], &d->f, &got));
    fine(d, auth_session_find(d->au, d->a, other, &d->f, &got));
}
static void of_too_many_sessions_the_one_least_in_use_ends(void **state)
{
    (void)state;
    on_desks(session_limit);
}

static void session_times(desk *d)
{
    auth_session got;
    str          idle = begin_session(d, "ann"), busy = begin_session(d, "bob");
    for (int i = 0; i < 12; i++) {
        auth_now += MINUTES(59);
        fine(d, auth_session_find(d->au, d->a, busy, &d->f, &got));
    }
    refused(d, ERR_NOT_FOUND, auth_session_find(d->au, d->a, idle, &d->f, &got));
    auth_now += MINUTES(20);
    refused(d, ERR_NOT_FOUND, auth_session_find(d->au, d->a, busy, &d->f, &got));
    auth_now -= HOURS(10);                 /* a clock set back brings neither to life */
    refused(d, ERR_NOT_FOUND, auth_session_find(d->au, d->a, idle, &d->f, &got));
    refused(d, ERR_NOT_FOUND, auth_session_find(d->au, d->a, busy, &d->f, &got));
}
static void a_session_ends_when_idle_and_after_twelve_hours_at_the_latest(void **state)
{
    (void)state;
    on_desks(session_times);
}

static void session_raise(desk *d)
{
    auth_session s = signed_in("ann"), got;
    str          half, full, again;
    s.stage = STAGE_HALF;
    s.method = S("password");
    s.second = false;
    fine(d, auth_session_begin(d->au, d->a, &s, &d->f, &half));
    fine(d, auth_session_find(d->au, d->a, half, &d->f, &got));
    assert_true(got.ends_at - auth_now <= MINUTES(10));
    s = signed_in("mallory");
    fine(d, auth_session_raise(d->au, d->a, half, &s, &d->f, &full));
    refused(d, ERR_NOT_FOUND, auth_session_find(d->au, d->a, half, &d->f, &got));
    fine(d, auth_session_find(d->au, d->a, full, &d->f, &got));
    assert_str(got.person, "ann");         /* who it is does not change */
    assert_true(got.second);
    assert_int_equal(got.ends_at - auth_now, HOURS(12));
    time_us ends = got.ends_at;
    auth_now += HOURS(1);
    fine(d, auth_session_raise(d->au, d->a, full, &s, &d->f, &again));
    fine(d, auth_session_find(d->au, d->a, again, &d->f, &got));
    assert_int_equal(got.ends_at, ends);   /* proving it again lengthens nothing */
    refused(d, ERR_NOT_FOUND, auth_session_raise(d->au, d->a, half, &s, &d->f, &again));
}
static void raising_a_session_gives_a_new_secret_and_voids_the_old_one(void **state)
{
    (void)state;
    on_desks(session_raise);
}

static void session_list(desk *d)
{
    auth_session *all, got;
    size_t        n;
    str           first = begin_session(d, "ann"), second = begin_session(d, "ann"), other = begin_session(d, "bob");
    fine(d, auth_session_list(d->au, d->a, S("ann"), &d->f, &all, &n));
    assert_int_equal(n, 2);
    fine(d, auth_session_list(d->au, d->a, S(""), &d->f, &all, &n));
    assert_int_equal(n, 3);
    fine(d, auth_session_find(d->au, d->a, first, &d->f, &got));
    fine(d, auth_session_end(d->au, S("ann"), S(""), got.handle, &d->f));
    fine(d, auth_session_find(d->au, d->a, first, &d->f, &got));
    refused(d, ERR_NOT_FOUND, auth_session_find(d->au, d->a, second, &d->f, &got));
    fine(d, auth_session_find(d->au, d->a, other, &d->f, &got));
    refused(d, ERR_NOT_FOUND, auth_session_end(d->au, S("ann"), got.handle, S(""), &d->f));     /* not Ann's to end */
    fine(d, auth_forget(d->au, S("bob"), &d->f));
    refused(d, ERR_NOT_FOUND, auth_session_find(d->au, d->a, other, &d->f, &got));
}
static void a_person_sees_and_ends_own_sessions_only(void **state)
{
    (void)state;
    on_desks(session_list);
}

static void odd_browser(desk *d)
{
    auth_session s = signed_in("ann"), got;
    str          cookie;
    char         agent[3000];
    memset(agent, 'x', sizeof agent);
    memcpy(agent, "a\0b\xff", 4);
    s.agent = (str){ agent, sizeof agent };
    fine(d, auth_session_begin(d->au, d->a, &s, &d->f, &cookie));
    fine(d, auth_session_find(d->au, d->a, cookie, &d->f, &got));
    assert_true(got.agent.n <= 256 && utf8_valid(got.agent) && str_starts(got.agent, S("a\\x00b")));
}
static void a_browser_with_an_odd_name_may_sign_in(void **state)
{
    (void)state;
    on_desks(odd_browser);
}

static void session_elsewhere(desk *d)
{
    auth        *node = another(d);
    auth_session got, s = signed_in("ann");
    str          cookie = begin_session(d, "ann");
    fine(d, auth_session_find(node, d->a, cookie, &d->f, &got));
    fine(d, auth_session_find(d->au, d->a, cookie, &d->f, &s));
    assert_str(got.csrf, s.csrf.p);        /* a form made by one node is taken by another */
    fine(d, auth_session_end(d->au, S("ann"), S(""), S(""), &d->f));
    refused(d, ERR_NOT_FOUND, auth_session_find(d->au, d->a, cookie, &d->f, &got));
    time_us until = time_mono() + SECONDS(3);
    while (auth_session_find(node, d->a, cookie, NULL, &got) == ERR_OK && time_mono() < until)
        (void)usleep(50000);
    refused(d, ERR_NOT_FOUND, auth_session_find(node, d->a, cookie, &d->f, &got));
    auth_close(node);
}
static void an_end_is_seen_at_once_here_and_within_two_seconds_elsewhere(void **state)
{
    (void)state;
    on_desks(session_elsewhere);
}

/* ---- things told once ------------------------------------------------------------------ */

static void once(desk *d)
{
    str secret, other, text;
    fine(d, auth_once_put(d->au, d->a, "invite", S("person=ann"), HOURS(1), &d->f, &secret));
    fine(d, auth_once_put(d->au, d->a, "invite", S(""), HOURS(1), &d->f, &other));
    assert_int_equal(secret.n, 43);
    refused(d, ERR_NOT_FOUND, auth_once_take(d->au, d->a, "challenge", secret, &d->f, &text));
    fine(d, auth_once_look(d->au, d->a, "invite", secret, &d->f, &text));
    assert_str(text, "person=ann");
    fine(d, auth_once_take(d->au, d->a, "invite", secret, &d->f, &text));
    assert_str(text, "person=ann");
    refused(d, ERR_NOT_FOUND, auth_once_take(d->au, d->a, "invite", secret, &d->f, &text));
    refused(d, ERR_NOT_FOUND, auth_once_look(d->au, d->a, "invite", secret, &d->f, &text));
    fine(d, auth_once_look(d->au, d->a, "invite", other, &d->f, &text));
    auth_now += HOURS(1);
    refused(d, ERR_NOT_FOUND, auth_once_look(d->au, d->a, "invite", other, &d->f, &text));
    refused(d, ERR_NOT_FOUND, auth_once_take(d->au, d->a, "invite", other, &d->f, &text));
}
static void what_is_told_once_is_taken_once_for_its_purpose_and_in_time(void **state)
{
    (void)state;
    on_desks(once);
}

static void links(desk *d)
{
    str     first, second, bobs, other, text;
    time_us until = -1;
    fine(d, auth_link_until(d->au, S("ann"), &d->f, &until));
    assert_int_equal(until, 0);
    fine(d, auth_link_make(d->au, d->a, S("ann"), HOURS(72), &d->f, &first));
    fine(d, auth_link_make(d->au, d->a, S("bob"), HOURS(72), &d->f, &bobs));
    fine(d, auth_once_put(d->au, d->a, "passkey", S("ann"), HOURS(1), &d->f, &other));
    auth_now += HOURS(1) / 2;
    fine(d, auth_link_make(d->au, d->a, S("ann"), HOURS(72), &d->f, &second));
    refused(d, ERR_NOT_FOUND, auth_once_look(d->au, d->a, AUTH_LINK, first, &d->f, &text));
    refused(d, ERR_NOT_FOUND, auth_once_take(d->au, d->a, AUTH_LINK, first, &d->f, &text));
    fine(d, auth_once_look(d->au, d->a, AUTH_LINK, second, &d->f, &text));
    assert_str(text, "ann");
    fine(d, auth_link_until(d->au, S("ann"), &d->f, &until));
    assert_int_equal(until, auth_now + HOURS(72));
    const str people[] = { S("eve"), S("bob"), S("ann") };
    time_us   all[COUNT(people)];
    fine(d, auth_link_list(d->au, people, COUNT(people), &d->f, all));
    assert_true(all[0] == 0 && all[1] == auth_now + HOURS(72) - HOURS(1) / 2 && all[2] == until);
    fine(d, auth_once_look(d->au, d->a, AUTH_LINK, bobs, &d->f, &text));          /* nobody else's ends, and nothing of another kind */
    fine(d, auth_once_look(d->au, d->a, "passkey", other, &d->f, &text));
    fine(d, auth_link_end(d->au, S("ann"), &d->f));
    refused(d, ERR_NOT_FOUND, auth_once_take(d->au, d->a, AUTH_LINK, second, &d->f, &text));
    fine(d, auth_link_until(d->au, S("ann"), &d->f, &until));
    assert_int_equal(until, 0);
    fine(d, auth_link_end(d->au, S("ann"), &d->f));
    fine(d, auth_forget(d->au, S("bob"), &d->f));
    refused(d, ERR_NOT_FOUND, auth_once_take(d->au, d->a, AUTH_LINK, bobs, &d->f, &text));
}
static void a_newer_link_makes_the_older_void(void **state)
{
    (void)state;
    on_desks(links);
}

static void links_for_the_first(desk *d)
{
    str     first, second, text;
    time_us until = 0;
    fine(d, auth_link_make(d->au, d->a, S(""), HOURS(24), &d->f, &first));
    fine(d, auth_link_make(d->au, d->a, S(""), HOURS(24), &d->f, &second));
    refused(d, ERR_NOT_FOUND, auth_once_look(d->au, d->a, AUTH_LINK, first, &d->f, &text));
    fine(d, auth_once_take(d->au, d->a, AUTH_LINK, second, &d->f, &text));
    assert_int_equal(text.n, 0);
    fine(d, auth_link_make(d->au, d->a, S("ann"), HOURS(24), &d->f, &first));
    auth_now += HOURS(24);
    fine(d, auth_link_until(d->au, S("ann"), &d->f, &until));
    assert_int_equal(until, 0);
}
static void the_link_for_whoever_comes_first_is_one_as_well(void **state)
{
    (void)state;
    on_desks(links_for_the_first);
}

static void identities(desk *d)
{
    str person;
    refused(d, ERR_NOT_FOUND, auth_identity_find(d->au, d->a, S("https://id.example"), S("7"), &d->f, &person));
    fine(d, auth_identity_link(d->au, S("https://id.example"), S("7"), S("ann"), &d->f));
    fine(d, auth_identity_link(d->au, S("https://id.example"), S("7"), S("ann"), &d->f));
    refused(d, ERR_CONFLICT, auth_identity_link(d->au, S("https://id.example"), S("7"), S("bob"), &d->f));
    fine(d, auth_identity_find(d->au, d->a, S("https://id.example"), S("7"), &d->f, &person));
    assert_str(person, "ann");
    refused(d, ERR_NOT_FOUND, auth_identity_find(d->au, d->a, S("https://id.example7"), S(""), &d->f, &person));
    auth_identity *all;
    size_t         n;
    fine(d, auth_identity_link(d->au, S("https://other.example"), S("8"), S("ann"), &d->f));
    fine(d, auth_identity_list(d->au, d->a, S("ann"), &d->f, &all, &n));
    assert_int_equal(n, 2);
    refused(d, ERR_NOT_FOUND, auth_identity_remove(d->au, S("bob"), S("https://other.example"), S("8"), &d->f));
    fine(d, auth_identity_remove(d->au, S("ann"), S("https://other.example"), S("8"), &d->f));
    fine(d, auth_identity_list(d->au, d->a, S("ann"), &d->f, &all, &n));
    assert_int_equal(n, 1);
    assert_str(all[0].issuer, "https://id.example");
    fine(d, auth_forget(d->au, S("ann"), &d->f));
    refused(d, ERR_NOT_FOUND, auth_identity_find(d->au, d->a, S("https://id.example"), S("7"), &d->f, &person));
}
static void a_subject_of_a_provider_is_one_person(void **state)
{
    (void)state;
    on_desks(identities);
}

/* ---- tokens ----------------------------------------------------------------------------- */

static void tokens(desk *d)
{
    auth_token t = { .person = S("ann"), .label = S("backup"), .scopes = SCOPE_READ | SCOPE_INGEST, .made_by = S("bob"),
                     .ends_at = auth_now + DAYS(30) }, got, *all;
    str        secret;
    size_t     n;
    fine(d, auth_token_make(d->au, d->a, &t, &d->f, &secret));
    assert_int_equal(secret.n, 7 + 43);
    fine(d, auth_token_find(d->au, d->a, secret, &d->f, &got));
    assert_str(got.person, "ann");
    assert_int_equal(got.scopes, SCOPE_READ | SCOPE_INGEST);
    auth_now += MINUTES(2);
    fine(d, auth_token_find(d->au, d->a, secret, &d->f, &got));
    fine(d, auth_token_list(d->au, d->a, S("ann"), &d->f, &all, &n));
    assert_int_equal(n, 1);
    assert_int_equal(all[0].used_at, auth_now);
    refused(d, ERR_NOT_FOUND, auth_token_end(d->au, S("bob"), all[0].handle, &d->f));
    fine(d, auth_token_end(d->au, S("ann"), all[0].handle, &d->f));
    refused(d, ERR_NOT_FOUND, auth_token_find(d->au, d->a, secret, &d->f, &got));
    fine(d, auth_token_make(d->au, d->a, &t, &d->f, &secret));
    fine(d, auth_token_find(d->au, d->a, secret, &d->f, &got));
    auth_now += DAYS(30);
    refused(d, ERR_NOT_FOUND, auth_token_find(d->au, d->a, secret, &d->f, &got));
    t.ends_at = auth_now + DAYS(367);
    refused(d, ERR_INVALID, auth_token_make(d->au, d->a, &t, &d->f, &secret));
    t.ends_at = 0;
    refused(d, ERR_INVALID, auth_token_make(d->au, d->a, &t, &d->f, &secret));
}
static void a_token_works_until_it_ends_and_a_year_at_most(void **state)
{
    (void)state;
    on_desks(tokens);
}

static void scopes_are_read_and_written(void **state)
{
    (void)state;
    auto_arena arena *a = arena_new(1 << 16);
    fault    f = { 0 };
    unsigned s = 0;
    assert_int_equal(scopes_parse(S("write, read"), &f, &s), ERR_OK);
    assert_str(scopes_text(a, s), "read,write");
    assert_int_equal(scopes_parse(S("read,everything"), &f, &s), ERR_INVALID);
    assert_non_null(strstr(f.text, "\"everything\""));
    assert_int_equal(scopes_parse(S(""), NULL, &s), ERR_INVALID);
    assert_int_equal(scopes_parse(S("read,"), NULL, &s), ERR_INVALID);
    assert_int_equal(scopes_of(ROLE_AUDITOR), SCOPE_READ);
    assert_int_equal(scopes_of(ROLE_CONTRIBUTOR), SCOPE_READ | SCOPE_WRITE);
    assert_int_equal(scopes_of(ROLE_MANAGER), SCOPE_READ | SCOPE_WRITE | SCOPE_INGEST | SCOPE_SCIM | SCOPE_AGENT | SCOPE_METRICS | SCOPE_ADMIN);
    assert_int_equal(scopes_of(ROLE_UNSET), 0);
}

/* ---- passwords ---------------------------------------------------------------------------- */

static void passwords(desk *d)
{
    static const char good[] = "  correct horse b\xc3\xa4ttery  ";
    bool any;
    fine(d, auth_anybody(d->au, &d->f, &any));
    assert_false(any);
    refused(d, ERR_INVALID, auth_password_set(d->au, S("ann"), S("short"), &d->f));
    fine(d, auth_password_set(d->au, S("ann"), str_of(good), &d->f));
    fine(d, auth_anybody(d->au, &d->f, &any));
    assert_true(any);
    fine(d, auth_password_try(d->au, S("ann"), str_of(good), S("192.0.2.1"), S(""), &d->f));
    refused(d, ERR_DENIED, auth_password_try(d->au, S("ann"), str_trim(str_of(good)), S("192.0.2.1"), S(""), &d->f));
    refused(d, ERR_DENIED, auth_password_try(d->au, S("ann"), S(""), S("192.0.2.1"), S(""), &d->f));
    refused(d, ERR_DENIED, auth_password_try(d->au, S("bob"), str_of(good), S("192.0.2.1"), S(""), &d->f));
    refused(d, ERR_DENIED, auth_password_try(d->au, S(""), str_of(good), S("192.0.2.1"), S(""), &d->f));
}
static void a_password_is_taken_as_it_is_and_no_other(void **state)
{
    (void)state;
    on_desks(passwords);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_session_is_found_until_it_is_ended),
        cmocka_unit_test(of_too_many_sessions_the_one_least_in_use_ends), cmocka_unit_test(a_session_ends_when_idle_and_after_twelve_hours_at_the_latest),
        cmocka_unit_test(raising_a_session_gives_a_new_secret_and_voids_the_old_one),
        cmocka_unit_test(a_person_sees_and_ends_own_sessions_only),
        cmocka_unit_test(a_browser_with_an_odd_name_may_sign_in),
        cmocka_unit_test(an_end_is_seen_at_once_here_and_within_two_seconds_elsewhere),
        cmocka_unit_test(what_is_told_once_is_taken_once_for_its_purpose_and_in_time),
        cmocka_unit_test(a_newer_link_makes_the_older_void),
        cmocka_unit_test(the_link_for_whoever_comes_first_is_one_as_well),
        cmocka_unit_test(a_subject_of_a_provider_is_one_person),
        cmocka_unit_test(a_token_works_until_it_ends_and_a_year_at_most),
        cmocka_unit_test(scopes_are_read_and_written),
        cmocka_unit_test(a_password_is_taken_as_it_is_and_no_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
