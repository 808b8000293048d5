/* Which passwords are refused, and how passwords are kept. */
#include "auth_fixture.h"
#include "auth/parts.h"

static const str own[] = { { "Ann Smith", 9 }, { "ann.smith@example.org", 21 }, { "Acme Widgets", 12 } };

static void obvious_passwords_are_refused(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "passwordpassword", "Password1234", "P@ssw0rd1234", "P4$$w0rdP4$$w0rd", "123456789012", "111111111111", "aaaaaaaaaaaaaaaaaaaaaaaa",
        "abcabcabcabcabc", "qwertyuiop12", "qwertyuiopasdfghjkl", "1qaz2wsx3edc4rfv", "poiuytrewqlkjh", "abcdefghijkl", "zyxwvutsrqpo",
        "iloveyou1234", "letmeinletmein", "Welcome2024!", "Summer2025!!", "changeme1234", "adminadmin123", "monkeydragon99", "trustno1trustno1",
        "qwerty123456", "123qweasdzxc", "unbelievable", "administrator1", "january2024january2024", "20240101202401", "!@#$%^&*()!@#",
        "superman2superman2", "AdministratorAdministrator", "azertyuiop123", "footballfootballfootball", "p a s s w o r d",
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        if (auth_password_check(str_of(rows[i]), NULL, 0, NULL) != ERR_INVALID)
            fail_msg("%s is taken", rows[i]);
}

static void passwords_made_of_ones_own_words_are_refused(void **state)
{
    (void)state;
    static const char *const rows[] = { "AnnSmithAcme2024", "acmewidgets2025", "smith.ann.smith", "ann.smith@example.org", "Acm3Widg3ts!" };
    for (size_t i = 0; i < COUNT(rows); i++) {
        fault f = { 0 };
        if (auth_password_check(str_of(rows[i]), own, COUNT(own), &f) != ERR_INVALID)
            fail_msg("%s is taken", rows[i]);
    }
    fault f = { 0 };
    assert_int_equal(auth_password_check(S("Xanadu Widgets Zq"), NULL, 0, &f), ERR_OK);
    const str org[] = { S("Xanadu Widgets Zq") };
    assert_int_equal(auth_password_check(S("Xanadu Widgets Zq"), org, 1, &f), ERR_INVALID);
    assert_non_null(strstr(f.text, "the organisation"));
}

static void good_passwords_are_taken_whatever_they_are_made_of(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "correct horse battery staple", "zebra foxtail lantern", "vqmzkrtwyhbp", "        tulip drawer      ", "Tr0ub4dor&3xQv9",
        "\xd0\xba\xd0\xbe\xd0\xbd\xd1\x8c \xd0\xb1\xd0\xb0\xd1\x82\xd0\xb0\xd1\x80\xd0\xb5\xd1\x8f", "\xe6\xad\xa3\xe7\xa1\xae\xe9\xa9\xac\xe7\x94\xb5\xe6\xb1\xa0\xe8\xae\xa2\xe4\xb9\xa6\xe9\x92\x89\xe9\xa9\xac\xe7\x94\xb5\xe6\xb1\xa0\xe8\xae\xa2\xe4\xb9\xa6",
        "482917365025934", "plum;rivet;gasket;09",
    };
    fault f = { 0 };
    for (size_t i = 0; i < COUNT(rows); i++)
        if (auth_password_check(str_of(rows[i]), own, COUNT(own), &f) != ERR_OK)
            fail_msg("%s: %s", rows[i], f.text);
    char text[PASSWORD_MAX_BYTES + 2];
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = (char)('a' + (i * i * 7 + i / 3) % 26);
    assert_int_equal(auth_password_check((str){ text, PASSWORD_MAX_BYTES }, NULL, 0, &f), ERR_OK);
    assert_int_equal(auth_password_check((str){ text, PASSWORD_MAX_BYTES + 1 }, NULL, 0, NULL), ERR_INVALID);
    assert_int_equal(auth_password_check((str){ text, 64 }, NULL, 0, &f), ERR_OK);
}

static void twelve_characters_not_bytes_are_asked(void **state)
{
    (void)state;
    fault f = { 0 };
    assert_int_equal(auth_password_check(S("vqmzkrtwyhb"), NULL, 0, &f), ERR_INVALID);
    assert_non_null(strstr(f.text, "at least 12"));
    assert_int_equal(auth_password_check(S("\xc3\xa4\xc3\xb6\xc3\xbc\xc3\xa4\xc3\xb6\xc3\xbc"), NULL, 0, NULL), ERR_INVALID);
    assert_int_equal(auth_password_check(S("\xff\xfe bad bytes bad bytes"), NULL, 0, NULL), ERR_INVALID);
    assert_int_equal(auth_password_check(S(""), NULL, 0, NULL), ERR_INVALID);
}

/* ---- how they are kept ---------------------------------------------------------------------- */

static str stored_hash(desk *d, const char *person)
{
    value *row, key = v_z(person);
    fine(d, state_get(d->au->st, d->a, &relation_auth_password, &key, &d->f, &row));
    return row[PW_HASH].s;
}

static void put_hash(desk *d, const char *person, const char *hash)
{
    const value row[PW_N] = { v_z(person), v_z(hash), v_int(auth_now) };
    fine(d, apply_one(d->au, STATE_PUT, &relation_auth_password, row, &d->f));
}

static void parameters(desk *d)
{
    /* "a long and odd phrase" under half the memory, as another program made it. */
    char     old[256];
    uint8_t  salt[16] = "0123456789abcdef";
    assert_int_equal(d->au->argon.argon2id_hash_encoded(1, 8192, 1, "a long and odd phrase", 21, salt, 16, 32, old, sizeof old), 0);
    put_hash(d, "ann", old);
    refused(d, ERR_DENIED, auth_password_try(d->au, S("ann"), S("another odd phrase"), S("192.0.2.1"), S(""), &d->f));
    assert_str(stored_hash(d, "ann"), old);
    fine(d, auth_password_try(d->au, S("ann"), S("a long and odd phrase"), S("192.0.2.1"), S(""), &d->f));
    str now = stored_hash(d, "ann");
    assert_true(str_starts(now, S("$argon2id$v=19$m=19456,t=2,p=1$")));
    fine(d, auth_password_try(d->au, S("ann"), S("a long and odd phrase"), S("192.0.2.1"), S(""), &d->f));
    assert_str(stored_hash(d, "ann"), str_z(d->a, now));
    put_hash(d, "ann", "$argon2id$v=19$m=99999999,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$AAAA");      /* somebody wrote into the table */
    refused(d, ERR_CORRUPT, auth_password_try(d->au, S("ann"), S("a long and odd phrase"), S("192.0.2.1"), S(""), &d->f));
}
static void old_parameters_are_replaced_at_the_next_sign_in(void **state)
{
    (void)state;
    on_desks(parameters);
}

static void *try_wrong(void *arg)
{
    fault f = { 0 };
    return (void *)(uintptr_t)auth_password_try(arg, S("nobody"), S("a long and odd phrase"), S("192.0.2.1"), S(""), &f);
}

static void queue(desk *d)
{
    enum { AT_ONCE = 2 + HASHES_WAIT_MAX };
    pthread_t threads[AT_ONCE];
    for (int i = 0; i < 2; i++)
        fine(d, hash_enter(d->au, false, &d->f));
    for (int i = 0; i < HASHES_WAIT_MAX; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, try_wrong, d->au), 0);
    for (time_us until = time_mono() + SECONDS(20); auth_load_of(d->au).waiting < HASHES_WAIT_MAX && time_mono() < until;)
        (void)usleep(1000);
    assert_int_equal(auth_load_of(d->au).waiting, HASHES_WAIT_MAX);
    refused(d, ERR_BUSY, auth_password_try(d->au, S("ann"), S("a long and odd phrase"), S("192.0.2.2"), S(""), &d->f));
    assert_int_equal(auth_load_of(d->au).hashes, 0);
    refused(d, ERR_BUSY, hash_enter(d->au, false, &d->f));
    hash_leave(d->au);
    hash_leave(d->au);
    for (int i = 0; i < HASHES_WAIT_MAX; i++) {
        void *got;
        assert_int_equal(pthread_join(threads[i], &got), 0);
        assert_true((uintptr_t)got == ERR_DENIED || (uintptr_t)got == ERR_LIMIT);
    }
    assert_int_equal(auth_load_of(d->au).hashes, 5);          /* who came too often was not hashed for */
    assert_int_equal(auth_load_of(d->au).running + auth_load_of(d->au).waiting, 0);
}
static void hashes_wait_in_a_queue_that_ends(void **state)
{
    (void)state;
    on_desks(queue);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(obvious_passwords_are_refused),
        cmocka_unit_test(passwords_made_of_ones_own_words_are_refused),
        cmocka_unit_test(good_passwords_are_taken_whatever_they_are_made_of),
        cmocka_unit_test(twelve_characters_not_bytes_are_asked),
        cmocka_unit_test(old_parameters_are_replaced_at_the_next_sign_in),
        cmocka_unit_test(hashes_wait_in_a_queue_that_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
