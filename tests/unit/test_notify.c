/* Messages, addresses and settings: what goes over the wire, and where it may go. */
#include "test.h"
#include "notify/parts.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/stat.h>
#include <unistd.h>

static int begin(void **st) { *st = arena_new(64 << 20); return 0; }
static int end(void **st) { arena_free(*st); return 0; }

/* ---- signatures ------------------------------------------------------------------------ */

static webhook_keys keys_of(arena *a, const char *text)
{
    webhook_keys k = { 0 };
    fault        f = { 0 };
    if (webhook_keys_parse(a, str_of(text), "keys", &f, &k) != ERR_OK)
        fail_msg("%s", f.text);
    return k;
}

static void a_signature_is_that_of_the_published_vector(void **st)
{
    webhook_keys k = keys_of(*st, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n");
    str          s = webhook_signature(*st, &k, S("msg_p5jXN8AQM9LWM0D4loKWxJek"), 1614265330, S("{\"test\": 2432232314}"));
    assert_string_equal(str_z(*st, s), "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

static void two_secrets_give_two_signatures(void **st)
{
    webhook_keys k = keys_of(*st, "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n\n whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    str          s = webhook_signature(*st, &k, S("msg_p5jXN8AQM9LWM0D4loKWxJek"), 1614265330, S("{\"test\": 2432232314}"));
    assert_int_equal(k.n, 2);
    assert_true(str_starts(s, S("v1,")));
    assert_true(str_ends(s, S("= v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")));
}

static void secrets_that_are_none_are_refused_and_not_told(void **st)
{
    static const char *const rows[] = {
        "", "\n\n", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS", "whsec_MfKQ9r8GKYqrTwjU",
        "whsk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw x",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\nwhsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\nwhsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        webhook_keys k;
        fault        f = { 0 };
        if (webhook_keys_parse(*st, str_of(rows[i]), "keys", &f, &k) != ERR_INVALID)
            fail_msg("\"%s\" is taken for secrets", rows[i]);
        assert_null(strstr(f.text, "MfKQ9r8"));
    }
}

/* ---- mail ------------------------------------------------------------------------------- */

static void only_plain_addresses_are_written_to(void **st)
{
    (void)st;
    static const char *const good[] = { "ann@example.com", "a.b+c@x-1.example.org", "o'hara@example.com", "x@localhost", "A@EXAMPLE.COM" };
    static const char *const bad[] = {
        "", "@", "a@", "@b.c", "a", "a@b", "a@b\r\nBcc: x", "a@b.c\r\nBcc: x", "a@b.c\n", "a b@c.d", "a@b c.d", "a@b..c", "a@.b.c", "a@b.c.",
        "a@-b.c", "a@b-.c", ".a@b.c", "a.@b.c", "a..b@c.d", "\"a\"@b.c", "<a@b.c>", "a@b.c,d@e.f", "a@b.c;d", "a@[127.0.0.1]", "a@b@c.d",
        "ann@ex\xc3\xa4mple.com", "\xc3\xa4@b.c", "a@b.c\t", "-oProxy@b.c", "a(c)@b.c", "a\\@b.c", "a@b_c.d", "a:b@c.d",
    };
    for (size_t i = 0; i < COUNT(good); i++)
        if (!mail_address_sound(str_of(good[i])))
            fail_msg("%s is refused", good[i]);
    for (size_t i = 0; i < COUNT(bad); i++)
        if (mail_address_sound(str_of(bad[i])))
            fail_msg("%s is taken", bad[i]);
    char longest[400];
    memset(longest, 'a', sizeof longest);
    memcpy(longest + 65, "@b.c", 5);
    assert_false(mail_address_sound(str_of(longest)));
    assert_true(mail_address_sound(str_of(longest + 1)));
    assert_false(mail_address_sound((str){ "a@b\0.c", 6 }));
}

static str compose(arena *a, const char *subject, const char *body)
{
    outbox_row row = { .id = S("01M803RDMBFCXHE1PBF3AYEAAC"), .recipient = S("ann@example.com"), .subject = str_of(subject),
                       .body = str_of(body), .queued_at = 1782129845000000 };
    return mail_compose(a, "attest@example.org", &row);
}

static void a_message_reads_as_the_standard_says(void **st)
{
    assert_string_equal(str_z(*st, compose(*st, "Review is due", "Hello\nworld = 1 \n")),
        "From: attest@example.org\r\nTo: ann@example.com\r\nSubject: Review is due\r\nDate: Mon, 22 Jun 2026 12:04:05 +0000\r\n"
        "Message-ID: <01M803RDMBFCXHE1PBF3AYEAAC@example.org>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\nAuto-Submitted: auto-generated\r\n\r\nHello\r\nworld =3D 1=20\r\n");
}

static void subjects_beyond_ascii_are_encoded_in_whole_characters(void **st)
{
    str m = compose(*st, "\xc3\x9c" "bung f\xc3\xa4llig", "");
    assert_true(str_contains(m, S("Subject: =?UTF-8?B?w5xidW5nIGbDpGxsaWc=?=\r\nDate: ")));
    assert_true(str_contains(compose(*st, "looks like =?UTF-8?B?QQ==?= to some", ""), S("Subject: =?UTF-8?B?bG9va3")));
    char many[200];
    for (size_t i = 0; i + 2 < sizeof many; i += 2)
        memcpy(many + i, "\xc3\xa4", 3);
    str rest = compose(*st, many, ""), line;
    int words = 0;
    while (str_line(&rest, &line) && line.n) {
        str part, bytes;
        assert_true(line.n <= 76);
        if (!str_contains(line, S("=?UTF-8?B?")))
            continue;
        part = str_sub(line, str_starts(line, S(" ")) ? 1 : S("Subject: ").n, line.n);
        assert_true(base64_parse(*st, str_sub(part, S("=?UTF-8?B?").n, part.n - 2), &bytes));
        assert_true(utf8_valid(bytes));
        words++;
    }
    assert_true(words > 2);
}

static void no_line_of_a_message_is_too_long_or_breaks_out(void **st)
{
    char *body = arena_alloc(*st, 5001, 1);
    for (size_t i = 0; i < 5000; i++)
        body[i] = (char)(i % 97 == 0 ? ' ' : i % 31 == 0 ? '=' : i % 251 == 0 ? '\r' : 'a' + i % 26);
    str m = compose(*st, "s", str_fmt(*st, "%s\n.\nFrom x\r\n\xc3\xa4\t\n", body).p);
    for (size_t i = 0; i < m.n; i++)
        assert_true((m.p[i] != '\n' || m.p[i - 1] == '\r') && (m.p[i] != '\r' || m.p[i + 1] == '\n'));
    for (str line; str_line(&m, &line);)
        assert_true(line.n <= 200 && (line.n <= 76 || str_starts(line, S("Message-ID:"))));
}

static void a_webhook_says_type_time_and_data(void **st)
{
    outbox_row row = { .id = S("01M8"), .event = S("task.reminder"), .subject = S("Due \"soon\""), .body = S("x\ny"), .about = S("task/T-1"),
                       .queued_at = 1782129845000000 };
    assert_string_equal(str_z(*st, webhook_body(*st, &row)),
        "{\"type\":\"task.reminder\",\"timestamp\":\"2026-06-22T12:04:05Z\",\"data\":{\"about\":\"task/T-1\","
        "\"subject\":\"Due \\\"soon\\\"\",\"text\":\"x\\ny\"}}");
}

/* ---- where it may go ---------------------------------------------------------------------- */

static address_kind judged(const char *text)
{
    struct sockaddr_in  v4 = { .sin_family = AF_INET };
    struct sockaddr_in6 v6 = { .sin6_family = AF_INET6 };
    struct sockaddr     sa = { .sa_family = AF_UNIX };
    if (inet_pton(AF_INET, text, &v4.sin_addr) == 1)
        return address_judge((const struct sockaddr *)&v4);
    if (inet_pton(AF_INET6, text, &v6.sin6_addr) == 1)
        return address_judge((const struct sockaddr *)&v6);
    return address_judge(&sa);
}

static void addresses_are_judged_by_where_they_lead(void **st)
{
    (void)st;
    static const struct { const char *address; address_kind kind; } rows[] = {
        { "8.8.8.8", ADDRESS_PUBLIC },        { "1.1.1.1", ADDRESS_PUBLIC },        { "172.15.255.255", ADDRESS_PUBLIC },
        { "172.32.0.0", ADDRESS_PUBLIC },     { "192.167.255.255", ADDRESS_PUBLIC }, { "11.0.0.0", ADDRESS_PUBLIC },
        { "100.63.255.255", ADDRESS_PUBLIC }, { "100.128.0.0", ADDRESS_PUBLIC },    { "223.255.255.255", ADDRESS_PUBLIC },
        { "127.0.0.1", ADDRESS_LOOPBACK },    { "127.255.255.255", ADDRESS_LOOPBACK }, { "::1", ADDRESS_LOOPBACK },
        { "::ffff:127.0.0.1", ADDRESS_LOOPBACK }, { "10.0.0.1", ADDRESS_PRIVATE },  { "10.255.255.255", ADDRESS_PRIVATE },
        { "172.16.0.0", ADDRESS_PRIVATE },    { "172.31.255.255", ADDRESS_PRIVATE }, { "192.168.1.1", ADDRESS_PRIVATE },
        { "100.64.0.1", ADDRESS_PRIVATE },    { "fc00::1", ADDRESS_PRIVATE },       { "fdff::1", ADDRESS_PRIVATE },
        { "::ffff:10.0.0.1", ADDRESS_PRIVATE }, { "64:ff9b::10.0.0.1", ADDRESS_PRIVATE }, { "2002:0a00:0001::", ADDRESS_PRIVATE },
        { "0.0.0.0", ADDRESS_NEVER },         { "169.254.169.254", ADDRESS_NEVER }, { "::ffff:169.254.169.254", ADDRESS_NEVER },
        { "64:ff9b::a9fe:a9fe", ADDRESS_NEVER }, { "224.0.0.1", ADDRESS_NEVER },    { "255.255.255.255", ADDRESS_NEVER },
        { "240.0.0.1", ADDRESS_NEVER },       { "192.0.0.192", ADDRESS_NEVER },     { "198.18.0.1", ADDRESS_NEVER },
        { "::", ADDRESS_NEVER },              { "::7f00:1", ADDRESS_NEVER },        { "fe80::1", ADDRESS_NEVER },
        { "febf::1", ADDRESS_NEVER },         { "fec0::1", ADDRESS_NEVER },         { "ff02::1", ADDRESS_NEVER },
        { "2001:db8::1", ADDRESS_NEVER },     { "2606:4700:4700::1111", ADDRESS_PUBLIC }, { "2a00:1450::1", ADDRESS_PUBLIC },
        { "64:ff9b::8.8.8.8", ADDRESS_PUBLIC }, { "2001:4860:4860::8888", ADDRESS_PUBLIC }, { "/run/x.sock", ADDRESS_NEVER },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        if (judged(rows[i].address) != rows[i].kind)
            fail_msg("%s is judged as %d", rows[i].address, (int)judged(rows[i].address));
}

static void urls_are_read_narrowly(void **st)
{
    static const struct { const char *url, *scheme, *host; bool loopback; } good[] = {
        { "https://hooks.example.com/a/b?x=1&y=%20", "https", "hooks.example.com", false },
        { "https://hooks.example.com:8443", "https", "hooks.example.com", false },
        { "smtp://localhost:25", "smtp", "localhost", true }, { "http://127.0.0.1:1/", "http", "127.0.0.1", true },
        { "http://127.9.9.9/", "http", "127.9.9.9", true },   { "http://[::1]:80/x", "http", "::1", true },
        { "http://127.1/", "http", "127.1", false },          { "http://2130706433/", "http", "2130706433", false },
        { "http://localhost.example.com/", "http", "localhost.example.com", false }, { "https://[fe80::1]/", "https", "fe80::1", false },
    };
    static const char *const bad[] = {
        "", "https", "https:", "https:/a", "https://", "https:///x", "https://a b/", "https://a\nb/", "https://user@example.com/",
        "https://user:pw@example.com/", "https://example.com/#x", "https://example.com\\@evil/", "https://exa_mple.com/", "https://example.com:/",
        "https://example.com:0/", "https://example.com:65536/", "https://example.com:+80/", "https://[::1", "https://[::1]x/", "https://[g]/",
        "https://ex\xc3\xa4mple.com/", "https://[]/", "https://example.com:80:80/", "https://[fe80::1%25eth0]/",
    };
    (void)st;
    for (size_t i = 0; i < COUNT(good); i++) {
        url_parts u;
        if (!url_cut(str_of(good[i].url), &u))
            fail_msg("%s is refused", good[i].url);
        assert_true(str_eq(u.scheme, str_of(good[i].scheme)) && str_eq(u.host, str_of(good[i].host)));
        assert_int_equal(u.loopback, good[i].loopback);
    }
    for (size_t i = 0; i < COUNT(bad); i++) {
        url_parts u;
        if (url_cut(str_of(bad[i]), &u))
            fail_msg("%s is taken", bad[i]);
    }
}

/* ---- settings ------------------------------------------------------------------------------- */

static void settings_are_read_line_by_line(void **st)
{
    static const struct { const char *key, *setting; err_t want; bool known; } rows[] = {
        { "smtp", "smtps://mail.example.com", ERR_OK, true },        { "smtp", "smtp://mail.example.com:587", ERR_OK, true },
        { "smtp", "https://mail.example.com", ERR_INVALID, true },   { "smtp", "smtps://me:pw@mail.example.com", ERR_INVALID, true },
        { "smtp", "smtps://mail.example.com/x", ERR_INVALID, true }, { "smtp", "mail.example.com", ERR_INVALID, true },
        { "mail-from", "attest@example.com", ERR_OK, true },         { "mail-from", "Attest <attest@example.com>", ERR_INVALID, true },
        { "smtp-user", "attest", ERR_OK, true },                     { "smtp-user", "", ERR_INVALID, true },
        { "smtp-secret-file", "/etc/attest/smtp", ERR_OK, true },    { "smtp-secret-file", "smtp", ERR_INVALID, true },
        { "tls-ca-file", "/etc/ca.pem", ERR_OK, true },              { "tls-ca-file", "ca.pem", ERR_INVALID, true },
        { "webhook", "https://a.example.com/x /s", ERR_OK, true },   { "webhook", "https://a.example.com/x /s", ERR_INVALID, true },
        { "webhook", "https://a.example.com/y /s private", ERR_OK, true }, { "webhook", "http://a.example.com/ /s", ERR_INVALID, true },
        { "webhook", "http://127.0.0.1:9/ /s", ERR_OK, true },       { "webhook", "http://127.1:9/ /s", ERR_INVALID, true },
        { "webhook", "https://b.example.com/", ERR_INVALID, true },  { "webhook", "https://b.example.com/ s", ERR_INVALID, true },
        { "webhook", "https://b.example.com/ /s public", ERR_INVALID, true }, { "webhook", "ftp://b.example.com/ /s", ERR_INVALID, true },
        { "webhook", "https://b.example.com/ /s private x", ERR_INVALID, true }, { "name", "x", ERR_OK, false },
    };
    notify_settings s = { 0 };
    for (size_t i = 0; i < COUNT(rows); i++) {
        bool  known = false;
        fault f = { 0 };
        err_t e = notify_setting(*st, &s, str_of(rows[i].key), str_of(rows[i].setting), &f, &known);
        if (e != rows[i].want || known != rows[i].known)
            fail_msg("%s: %s: %s %s", rows[i].key, rows[i].setting, err_describe(e)->wire, f.text);
    }
    assert_string_equal(s.smtp, "smtp://mail.example.com:587");
    assert_int_equal(s.n_webhooks, 3);
    assert_true(s.webhooks[1].inside && !s.webhooks[0].inside);
    assert_ptr_equal(notify_webhook_find(&s, s.webhooks[1].id), &s.webhooks[1]);
    assert_null(notify_webhook_find(&s, S("a.example.com")));
    assert_true(str_starts(s.webhooks[0].id, S("a.example.com#")) && s.webhooks[0].id.n == S("a.example.com#12345678").n);
    assert_false(str_eq(s.webhooks[0].id, s.webhooks[1].id));
}

static void a_secret_everybody_may_read_is_refused(void **st)
{
    char  path[] = "/tmp/attest-secret-XXXXXX";
    fault f = { 0 };
    str   text;
    int   fd = mkstemp(path);
    assert_true(fd >= 0 && write(fd, " hidden \n", 9) == 9 && close(fd) == 0);
    assert_int_equal(chmod(path, 0640), 0);
    assert_int_equal(file_secret(*st, path, &f, &text), ERR_OK);
    assert_true(str_eq(text, S("hidden")));
    assert_int_equal(chmod(path, 0644), 0);
    assert_int_equal(file_secret(*st, path, &f, &text), ERR_DENIED);
    assert_null(strstr(f.text, "hidden"));
    assert_int_equal(unlink(path), 0);
    assert_int_equal(file_secret(*st, path, &f, &text), ERR_NOT_FOUND);
}

/* ---- patience --------------------------------------------------------------------------------- */

static void waiting_grows_up_to_six_hours(void **st)
{
    (void)st;
    static const time_us want[] = { SECONDS(5), SECONDS(30), MINUTES(3), MINUTES(18), MINUTES(108), HOURS(6), HOURS(6) };
    for (size_t i = 0; i < COUNT(want); i++)
        assert_true(notify_backoff((int64_t)i + 1) == want[i]);
    assert_true(notify_backoff(1000000) == HOURS(6));
}

static void attempts_lead_to_sent_failed_or_given_up(void **st)
{
    (void)st;
    const time_us now = DAYS(20000);
    outbox_row    row = { .state = OUTBOX_QUEUED, .status = -1 };
    for (int i = 1; i < NOTIFY_ATTEMPTS_MAX; i++) {
        outbox_advance(&row, &(attempt){ .status = 500, .error = S("no") }, now);
        assert_int_equal(row.state, OUTBOX_FAILED);
        assert_int_equal(row.attempts, i);
        assert_true(row.next_try_at == now + notify_backoff(i) && row.tried_at == now && row.sent_at == 0);
    }
    outbox_row more = row, good = row, asked = row;
    outbox_advance(&more, &(attempt){ .status = 500, .error = S("no") }, now);
    assert_int_equal(more.state, OUTBOX_GIVEN_UP);
    assert_true(more.next_try_at == 0 && str_eq(more.last_error, S("no")));
    outbox_advance(&good, &(attempt){ .ok = true, .status = 204 }, now);
    assert_int_equal(good.state, OUTBOX_SENT);
    assert_true(good.sent_at == now && good.last_error.n == 0 && good.status == 204);
    asked.attempts = 0;
    outbox_advance(&asked, &(attempt){ .status = 429, .error = S("later"), .wait = HOURS(2) }, now);
    assert_true(asked.next_try_at == now + HOURS(2));
    outbox_row hopeless = { .state = OUTBOX_QUEUED };
    outbox_advance(&hopeless, &(attempt){ .status = 550, .permanent = true, .error = S("no such user") }, now);
    assert_int_equal(hopeless.state, OUTBOX_GIVEN_UP);
    assert_int_equal(hopeless.attempts, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_signature_is_that_of_the_published_vector, begin, end),
        cmocka_unit_test_setup_teardown(two_secrets_give_two_signatures, begin, end),
        cmocka_unit_test_setup_teardown(secrets_that_are_none_are_refused_and_not_told, begin, end),
        cmocka_unit_test(only_plain_addresses_are_written_to),
        cmocka_unit_test_setup_teardown(a_message_reads_as_the_standard_says, begin, end),
        cmocka_unit_test_setup_teardown(subjects_beyond_ascii_are_encoded_in_whole_characters, begin, end),
        cmocka_unit_test_setup_teardown(no_line_of_a_message_is_too_long_or_breaks_out, begin, end),
        cmocka_unit_test_setup_teardown(a_webhook_says_type_time_and_data, begin, end),
        cmocka_unit_test(addresses_are_judged_by_where_they_lead),
        cmocka_unit_test(urls_are_read_narrowly),
        cmocka_unit_test_setup_teardown(settings_are_read_line_by_line, begin, end),
        cmocka_unit_test_setup_teardown(a_secret_everybody_may_read_is_refused, begin, end),
        cmocka_unit_test(waiting_grows_up_to_six_hours),
        cmocka_unit_test(attempts_lead_to_sent_failed_or_given_up),
    };
    return cmocka_run_group_tests_name("notify", tests, NULL, NULL);
}
