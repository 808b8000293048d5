/* Second factors, recovery codes, passkeys, QR codes, and what is sealed. */
#include "auth_fixture.h"
#include "auth/parts.h"
#include "auth/totp.h"

#include <sys/stat.h>

static const char here[] = "192.0.2.1";

/* ---- one-time codes ----------------------------------------------------------------------- */

static void codes_are_those_of_rfc_6238(void **state)
{
    (void)state;
    static const char secret[] = "12345678901234567890";
    static const struct {
        int64_t time;
        int32_t code;                      /* the last six of the eight digits of appendix B */
    } rows[] = { { 59, 287082 }, { 1111111109, 81804 }, { 1111111111, 50471 }, { 1234567890, 5924 }, { 2000000000, 279037 }, { 20000000000, 353130 } };
    auto_arena arena *a = arena_new(1 << 16);
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_int_equal(totp_code(secret, 20, rows[i].time / 30), rows[i].code);
        int64_t step = rows[i].time / 30;
        str     code = str_fmt(a, "%06d", rows[i].code);
        assert_int_equal(totp_step_of(secret, 20, code, step, 0), step);
        assert_int_equal(totp_step_of(secret, 20, code, step + 1, 0), step);
        assert_int_equal(totp_step_of(secret, 20, code, step - 1, 0), step);
        assert_int_equal(totp_step_of(secret, 20, code, step + 2, 0), 0);
        assert_int_equal(totp_step_of(secret, 20, code, step - 2, 0), 0);
        assert_int_equal(totp_step_of(secret, 20, code, step, step), 0);
    }
}

static void base32_is_that_of_rfc_4648(void **state)
{
    (void)state;
    static const char *const rows[][2] = { { "", "" }, { "f", "MY" }, { "fo", "MZXQ" }, { "foo", "MZXW6" }, { "foob", "MZXW6YQ" },
                                           { "fooba", "MZXW6YTB" }, { "foobar", "MZXW6YTBOI" } };
    auto_arena arena *a = arena_new(1 << 16);
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_str(base32_of(a, rows[i][0], strlen(rows[i][0])), rows[i][1]);
}

static void base32_bytes(str text, uint8_t ret[TOTP_SECRET_BYTES])
{
    unsigned bits = 0, n = 0, out = 0;
    assert_int_equal(text.n, 32);
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        bits = bits << 5 | (unsigned)(c >= 'A' ? c - 'A' : c - '2' + 26);
        n += 5;
        if (n >= 8) {
            n -= 8;
            ret[out++] = (uint8_t)(bits >> n);
        }
    }
}

static str code_now(desk *d, str secret, int64_t later)
{
    uint8_t bytes[TOTP_SECRET_BYTES];
    base32_bytes(secret, bytes);
    return str_fmt(d->a, "%06d", totp_code(bytes, sizeof bytes, auth_now / SECONDS(30) + later));
}

/* What the list says of each is what is said of one. */
static void factors_of_many(desk *d)
{
    const str    people[] = { S("bob"), S("ann"), S("nobody") };
    auth_factors all[COUNT(people)], one;
    str          secret, codes[RECOVERY_CODES];
    fine(d, auth_password_set(d->au, S("bob"), S("seven grey herons at the weir"), &d->f));
    fine(d, auth_totp_begin(d->au, d->a, S("bob"), &d->f, &secret));
    fine(d, auth_totp_begin(d->au, d->a, S("ann"), &d->f, &secret));
    fine(d, auth_totp_confirm(d->au, S("ann"), code_now(d, secret, 0), &d->f));
    fine(d, auth_recovery_make(d->au, d->a, S("ann"), &d->f, codes));
    fine(d, auth_passkey_add(d->au, &(auth_passkey){ .id = S("key 1"), .person = S("ann"), .label = S("blue"), .alg = -8, .public_key = S("k") }, &d->f));
    fine(d, auth_factors_list(d->au, people, COUNT(people), &d->f, all));
    for (size_t i = 0; i < COUNT(people); i++) {
        fine(d, auth_factors_of(d->au, people[i], &d->f, &one));
        assert_int_equal(all[i].has_password, one.has_password);
        assert_int_equal(all[i].has_totp, one.has_totp);
        assert_int_equal(all[i].passkeys, one.passkeys);
        assert_int_equal(all[i].recovery_left, one.recovery_left);
    }
    assert_true(all[0].has_password && !all[0].has_totp && all[1].has_totp && all[1].passkeys == 1 && !all[2].has_password);
}
static void the_factors_of_many_are_those_of_each(void **state)
{
    (void)state;
    on_desks(factors_of_many);
}

static void totp_life(desk *d)
{
    auth_factors have;
    str          secret, newer;
    refused(d, ERR_NOT_FOUND, auth_totp_confirm(d->au, S("ann"), S("123456"), &d->f));
    fine(d, auth_totp_begin(d->au, d->a, S("ann"), &d->f, &secret));
    fine(d, auth_factors_of(d->au, S("ann"), &d->f, &have));
    assert_false(have.has_totp);
    refused(d, ERR_DENIED, auth_totp_try(d->au, S("ann"), code_now(d, secret, 0), str_of(here), &d->f));
    refused(d, ERR_DENIED, auth_totp_confirm(d->au, S("ann"), code_now(d, secret, 5), &d->f));
    fine(d, auth_totp_confirm(d->au, S("ann"), code_now(d, secret, 0), &d->f));
    fine(d, auth_factors_of(d->au, S("ann"), &d->f, &have));
    assert_true(have.has_totp);
    refused(d, ERR_DENIED, auth_totp_try(d->au, S("ann"), code_now(d, secret, 0), str_of(here), &d->f));      /* that one is used */
    str next = code_now(d, secret, 1);
    fine(d, auth_totp_try(d->au, S("ann"), str_fmt(d->a, STR_FMT " " STR_FMT, STR_ARG(str_sub(next, 0, 3)), STR_ARG(str_sub(next, 3, 6))),
                          str_of(here), &d->f));
    refused(d, ERR_DENIED, auth_totp_try(d->au, S("ann"), next, str_of(here), &d->f));
    refused(d, ERR_DENIED, auth_totp_try(d->au, S("bob"), next, str_of(here), &d->f));
    fine(d, auth_totp_begin(d->au, d->a, S("ann"), &d->f, &newer));        /* the old one stays in force until then */
    auth_now += SECONDS(90);
    fine(d, auth_totp_try(d->au, S("ann"), code_now(d, secret, 0), str_of(here), &d->f));
    auth_now += MINUTES(31);
    refused(d, ERR_NOT_FOUND, auth_totp_confirm(d->au, S("ann"), code_now(d, newer, 0), &d->f));
    auth_now -= HOURS(2);                                                   /* a clock set back lets no code in again */
    refused(d, ERR_DENIED, auth_totp_try(d->au, S("ann"), code_now(d, secret, 0), str_of(here), &d->f));
    fine(d, auth_totp_remove(d->au, S("ann"), &d->f));
    fine(d, auth_factors_of(d->au, S("ann"), &d->f, &have));
    assert_false(have.has_totp);
}
static void a_code_is_in_force_when_confirmed_and_works_once(void **state)
{
    (void)state;
    on_desks(totp_life);
}

static void a_key_uri_reads_as_apps_want_it(void **state)
{
    (void)state;
    auto_arena arena *a = arena_new(1 << 16);
    assert_str(auth_totp_uri(a, S("Acme: R&D"), S("ann@example.org"), S("MZXW6YTBOI")),
               "otpauth://totp/Acme%3A%20R%26D:ann@example.org?secret=MZXW6YTBOI&issuer=Acme%3A%20R%26D&algorithm=SHA1&digits=6&period=30");
}

/* ---- recovery codes ---------------------------------------------------------------------------- */

static void recovery(desk *d)
{
    str          codes[RECOVERY_CODES], newer[RECOVERY_CODES];
    auth_factors have;
    fine(d, auth_recovery_make(d->au, d->a, S("ann"), &d->f, codes));
    for (size_t i = 0; i < RECOVERY_CODES; i++) {
        assert_int_equal(codes[i].n, 24 + 5);
        for (size_t k = 0; k < i; k++)
            assert_false(str_eq(codes[i], codes[k]));
    }
    refused(d, ERR_DENIED, auth_recovery_try(d->au, S("bob"), codes[0], str_of(here), &d->f));
    fine(d, auth_recovery_try(d->au, S("ann"), codes[0], str_of(here), &d->f));
    refused(d, ERR_DENIED, auth_recovery_try(d->au, S("ann"), codes[0], str_of(here), &d->f));
    str typed = str_fmt(d->a, " " STR_FMT " ", STR_ARG(str_lower(d->a, codes[1])));
    for (size_t i = 0; i < typed.n; i++)                                    /* o for 0, l for 1, no dashes */
        if (strchr("01-", typed.p[i]))
            ((char *)(uintptr_t)typed.p)[i] = typed.p[i] == '0' ? 'o' : typed.p[i] == '1' ? 'l' : ' ';
    fine(d, auth_recovery_try(d->au, S("ann"), typed, str_of(here), &d->f));
    fine(d, auth_factors_of(d->au, S("ann"), &d->f, &have));
    assert_int_equal(have.recovery_left, RECOVERY_CODES - 2);
    fine(d, auth_recovery_make(d->au, d->a, S("ann"), &d->f, newer));
    refused(d, ERR_DENIED, auth_recovery_try(d->au, S("ann"), codes[2], str_of(here), &d->f));
    refused(d, ERR_DENIED, auth_recovery_try(d->au, S("ann"), S(""), str_of(here), &d->f));
    fine(d, auth_recovery_try(d->au, S("ann"), newer[2], str_of(here), &d->f));
}
static void a_recovery_code_works_once_and_new_ones_void_the_old(void **state)
{
    (void)state;
    on_desks(recovery);
}

/* ---- passkeys ------------------------------------------------------------------------------------- */

static void passkeys(desk *d)
{
    const auth_passkey key = { .id = S("\0\1\2id"), .person = S("ann"), .label = S("Blue key"), .alg = -7, .public_key = S("\4\0key"),
                               .sign_count = 3, .aaguid = S("00112233445566778899aabbccddeeff"), .transports = S("usb,nfc") };
    auth_passkey got, *all, other = key;
    size_t       n;
    bool         any;
    fine(d, auth_passkey_add(d->au, &key, &d->f));
    other.person = S("bob");
    refused(d, ERR_CONFLICT, auth_passkey_add(d->au, &other, &d->f));
    fine(d, auth_passkey_find(d->au, d->a, key.id, &d->f, &got));
    assert_true(str_eq(got.id, key.id) && str_eq(got.public_key, key.public_key) && got.alg == -7 && got.sign_count == 3);
    assert_str(got.person, "ann");
    refused(d, ERR_NOT_FOUND, auth_passkey_find(d->au, d->a, S("\0\1\2"), &d->f, &got));
    fine(d, auth_passkey_used(d->au, key.id, 3, 9, true, &d->f));
    refused(d, ERR_DENIED, auth_passkey_used(d->au, key.id, 3, 10, true, &d->f));
    refused(d, ERR_DENIED, auth_passkey_used(d->au, key.id, 9, 9, true, &d->f));
    refused(d, ERR_DENIED, auth_passkey_used(d->au, key.id, 9, 0, true, &d->f));
    fine(d, auth_passkey_list(d->au, d->a, S("ann"), &d->f, &all, &n));
    assert_int_equal(n, 1);
    assert_true(all[0].backed_up && all[0].used_at == auth_now && all[0].sign_count == 9);
    fine(d, auth_anybody(d->au, &d->f, &any));
    assert_true(any);
    refused(d, ERR_NOT_FOUND, auth_passkey_remove(d->au, S("bob"), key.id, &d->f));
    fine(d, auth_passkey_remove(d->au, S("ann"), key.id, &d->f));
    refused(d, ERR_NOT_FOUND, auth_passkey_find(d->au, d->a, key.id, &d->f, &got));
}
static void a_passkey_belongs_to_one_person_and_its_count_rises(void **state)
{
    (void)state;
    on_desks(passkeys);
}

static void forgotten(desk *d)
{
    str          codes[RECOVERY_CODES], secret;
    auth_factors have;
    bool         any;
    fine(d, auth_password_set(d->au, S("ann"), S("a long and odd phrase"), &d->f));
    fine(d, auth_totp_begin(d->au, d->a, S("ann"), &d->f, &secret));
    fine(d, auth_totp_confirm(d->au, S("ann"), code_now(d, secret, 0), &d->f));
    fine(d, auth_recovery_make(d->au, d->a, S("ann"), &d->f, codes));
    fine(d, auth_factors_of(d->au, S("ann"), &d->f, &have));
    assert_true(have.has_password && have.has_totp && have.recovery_left == RECOVERY_CODES);
    fine(d, auth_forget(d->au, S("ann"), &d->f));
    fine(d, auth_factors_of(d->au, S("ann"), &d->f, &have));
    assert_false(have.has_password || have.has_totp || have.recovery_left);
    fine(d, auth_anybody(d->au, &d->f, &any));
    assert_false(any);
}
static void nothing_is_left_of_who_left(void **state)
{
    (void)state;
    on_desks(forgotten);
}

/* ---- what is sealed ----------------------------------------------------------------------------------- */

static void sealing(desk *d)
{
    str out, box = sealed(d->au, d->a, "totp", S("ann"), S("secret"));
    assert_null(memmem(box.p, box.n, "secret", 6));
    fine(d, unsealed(d->au, d->a, "totp", S("ann"), box, &d->f, &out));
    assert_str(out, "secret");
    refused(d, ERR_CORRUPT, unsealed(d->au, d->a, "totp", S("bob"), box, &d->f, &out));      /* a row given another's */
    refused(d, ERR_CORRUPT, unsealed(d->au, d->a, "once", S("ann"), box, &d->f, &out));
    refused(d, ERR_CORRUPT, unsealed(d->au, d->a, "totp", S("ann"), str_sub(box, 0, box.n - 4), &d->f, &out));
    refused(d, ERR_CORRUPT, unsealed(d->au, d->a, "totp", S("ann"), S(""), &d->f, &out));
    for (size_t i = 0; i < box.n; i += 5) {
        str changed = str_dup(d->a, box);
        ((char *)(uintptr_t)changed.p)[i] = changed.p[i] == 'A' ? 'B' : 'A';
        refused(d, ERR_CORRUPT, unsealed(d->au, d->a, "totp", S("ann"), changed, &d->f, &out));
    }
    box = sealed(d->au, d->a, "totp", S("ann"), S(""));
    fine(d, unsealed(d->au, d->a, "totp", S("ann"), box, &d->f, &out));
    assert_int_equal(out.n, 0);
}
static void what_is_sealed_opens_only_as_what_it_was_and_whole(void **state)
{
    (void)state;
    on_desks(sealing);
}

static void key_file(desk *d)
{
    auth       *au = NULL;
    str         secret;
    struct stat st;
    const auth_options o = { .store_url = d->url, .key_path = d->key };
    assert_int_equal(stat(d->key, &st), 0);
    assert_int_equal(st.st_mode & 07777, 0600);
    assert_int_equal(chmod(d->key, 0640), 0);
    refused(d, ERR_DENIED, auth_open(&o, &d->f, &au));
    assert_int_equal(unlink(d->key), 0);
    fine(d, auth_open(&o, &d->f, &au));        /* nothing is sealed yet: a new one does no harm */
    fine(d, auth_totp_begin(au, d->a, S("ann"), &d->f, &secret));
    auth_close(au);
    assert_int_equal(unlink(d->key), 0);
    assert_int_equal(auth_open(&o, &d->f, &au), ERR_NOT_FOUND);
    assert_non_null(strstr(d->f.text, "Restore it from a backup"));
    d->f = (fault){ 0 };
    assert_int_equal(symlink("/etc/passwd", d->key), 0);
    refused(d, ERR_IO, auth_open(&o, &d->f, &au));
}
static void without_its_key_a_database_with_sealed_rows_is_refused(void **state)
{
    (void)state;
    on_desks(key_file);
}

static void relations_are_as_this_room_reads_them(void **state)
{
    (void)state;
#define X(name, n, fields) { &relation_auth_##name, n, fields },
    static const struct {
        const relation *r;
        size_t          n;
        const char     *fields;
    } rows[] = { AUTH_RELATIONS(X) };
#undef X
    size_t ours = 0;
    for (size_t i = 0; i < n_state_relations; i++)
        ours += str_starts(str_of(state_relations[i]->name), S("auth_"));
    assert_int_equal(COUNT(rows), ours);
    for (size_t i = 0; i < COUNT(rows); i++) {
        str rest = str_of(rows[i].fields);
        assert_int_equal(rows[i].n, rows[i].r->n_fields);
        for (size_t k = 0; k < rows[i].n; k++)
            assert_str(str_word(&rest), rows[i].r->fields[k].name);
        assert_int_equal(str_word(&rest).n, 0);
    }
}

/* ---- QR codes ---------------------------------------------------------------------------------------------- */

static void a_qr_code_is_a_small_picture_with_words(void **state)
{
    (void)state;
    auto_arena arena *a = arena_new(4 << 20);
    fault f = { 0 };
    str   svg, uri = auth_totp_uri(a, S("Attest"), S("ann@example.org"), S("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"));
    assert_int_equal(auth_qr_svg(a, uri, &f, &svg), ERR_OK);
    assert_true(str_starts(svg, S("<svg ")) && str_ends(svg, S("</svg>")));
    assert_non_null(memmem(svg.p, svg.n, "<title>", 7));
    assert_true(svg.n < 20000);
    char *big = memset(arena_alloc(a, 1, 900), 'x', 900);
    assert_int_equal(auth_qr_svg(a, (str){ big, 900 }, &f, &svg), ERR_TOO_LARGE);
    assert_int_equal(auth_qr_svg(a, S(""), NULL, &svg), ERR_INVALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_are_those_of_rfc_6238),
        cmocka_unit_test(base32_is_that_of_rfc_4648),
        cmocka_unit_test(the_factors_of_many_are_those_of_each),
        cmocka_unit_test(a_code_is_in_force_when_confirmed_and_works_once),
        cmocka_unit_test(a_key_uri_reads_as_apps_want_it),
        cmocka_unit_test(a_recovery_code_works_once_and_new_ones_void_the_old),
        cmocka_unit_test(a_passkey_belongs_to_one_person_and_its_count_rises),
        cmocka_unit_test(nothing_is_left_of_who_left),
        cmocka_unit_test(what_is_sealed_opens_only_as_what_it_was_and_whole),
        cmocka_unit_test(without_its_key_a_database_with_sealed_rows_is_refused),
        cmocka_unit_test(relations_are_as_this_room_reads_them),
        cmocka_unit_test(a_qr_code_is_a_small_picture_with_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
