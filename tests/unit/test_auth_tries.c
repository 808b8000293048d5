/* Guessing: how it is slowed down, and whom that does not touch. */
#include "auth_fixture.h"

#define WRONG S("certainly not this one")
#define RIGHT S("a long and odd phrase")

static err_t try_from(desk *d, const char *person, str password, const char *address, str device)
{
    d->f = (fault){ 0 };
    return auth_password_try(d->au, str_of(person), password, str_of(address), device, &d->f);
}

static void guess_until_refused(desk *d, const char *person, const char *address, str device)
{
    for (int i = 0; i < 5; i++)
        assert_int_equal(try_from(d, person, WRONG, address, device), ERR_DENIED);
    assert_int_equal(try_from(d, person, WRONG, address, device), ERR_LIMIT);
}

static void waits(desk *d)
{
    fine(d, auth_password_set(d->au, S("ann"), RIGHT, &d->f));
    guess_until_refused(d, "ann", "192.0.2.9", S(""));
    assert_int_equal(try_from(d, "ann", RIGHT, "192.0.2.9", S("")), ERR_LIMIT);      /* also the right one */
    assert_non_null(strstr(d->f.text, "try again in"));
    auth_now += SECONDS(16);
    assert_int_equal(try_from(d, "ann", WRONG, "192.0.2.9", S("")), ERR_DENIED);
    auth_now += SECONDS(16);
    assert_int_equal(try_from(d, "ann", WRONG, "192.0.2.9", S("")), ERR_LIMIT);      /* the wait has grown */
    auth_now += SECONDS(16);
    assert_int_equal(try_from(d, "ann", RIGHT, "192.0.2.9", S("")), ERR_OK);
    for (int i = 0; i < 4; i++)                                                       /* and begins anew */
        assert_int_equal(try_from(d, "ann", WRONG, "192.0.2.9", S("")), ERR_DENIED);
    assert_int_equal(try_from(d, "ann", RIGHT, "192.0.2.9", S("")), ERR_OK);
    guess_until_refused(d, "ann", "192.0.2.9", S(""));
    auth_now -= DAYS(1);                                                              /* a clock set back locks nobody out */
    assert_int_equal(try_from(d, "ann", RIGHT, "192.0.2.9", S("")), ERR_OK);
}
static void waiting_grows_with_tries_and_ends_with_the_right_password(void **state)
{
    (void)state;
    on_desks(waits);
}

static void nobody_locked_out(desk *d)
{
    str device = auth_device(d->au, d->a, S("ann"));
    fine(d, auth_password_set(d->au, S("ann"), RIGHT, &d->f));
    guess_until_refused(d, "ann", "192.0.2.9", S(""));
    assert_int_equal(try_from(d, "ann", RIGHT, "198.51.100.4", S("")), ERR_OK);
    assert_int_equal(try_from(d, "ann", RIGHT, "192.0.2.9", device), ERR_OK);
    assert_int_equal(try_from(d, "ann", RIGHT, "192.0.2.9", S("")), ERR_LIMIT);
    guess_until_refused(d, "ann", "192.0.2.10", device);                              /* a stolen device's cookie is slowed down too */
    assert_int_equal(try_from(d, "ann", RIGHT, "192.0.2.10", auth_device(d->au, d->a, S("ann"))), ERR_OK);
    guess_until_refused(d, "ann", "192.0.2.11", auth_device(d->au, d->a, S("bob")));  /* another's cookie is none */
    char *forged = str_z(d->a, device);
    forged[40] = forged[40] == '0' ? '1' : '0';
    guess_until_refused(d, "ann", "192.0.2.12", str_of(forged));
    guess_until_refused(d, "ann", "2001:db8::1", S(""));
    assert_int_equal(try_from(d, "ann", RIGHT, "2001:db8::2", S("")), ERR_LIMIT);     /* the same network of one customer */
    assert_int_equal(try_from(d, "ann", RIGHT, "2001:db8:0:1::2", S("")), ERR_OK);
}
static void guessing_locks_neither_another_address_nor_a_known_device_out(void **state)
{
    (void)state;
    on_desks(nobody_locked_out);
}

/* Many names from one address. */
static void address(desk *d)
{
    fine(d, auth_password_set(d->au, S("ann"), RIGHT, &d->f));
    str device = auth_device(d->au, d->a, S("ann"));
    int i = 0;
    while (try_from(d, str_fmt(d->a, "user%d", i).p, WRONG, "192.0.2.9", S("")) == ERR_DENIED && i < 100)
        i++;
    assert_int_equal(i, 50);
    assert_int_equal(try_from(d, "ann", RIGHT, "192.0.2.9", S("")), ERR_LIMIT);
    assert_int_equal(try_from(d, "ann", RIGHT, "192.0.2.9", device), ERR_OK);
    auth_now += SECONDS(16);
    assert_int_equal(try_from(d, "ann", RIGHT, "192.0.2.9", S("")), ERR_OK);
}
static void an_address_that_guesses_many_names_is_slowed_down(void **state)
{
    (void)state;
    on_desks(address);
}

static void office(desk *d)
{
    fine(d, auth_password_set(d->au, S("ann"), RIGHT, &d->f));
    for (int i = 0; i < 60; i++)
        assert_int_equal(try_from(d, "ann", RIGHT, "192.0.2.9", S("")), ERR_OK);
}
static void many_who_sign_in_from_one_office_do_not_wait(void **state)
{
    (void)state;
    on_desks(office);
}

static void unknown(desk *d)
{
    static const char *const persons[] = { "ann", "bob", "", "no such name", "\xff\xfe" };     /* ann has a password, bob a second factor only */
    str secret;
    fine(d, auth_password_set(d->au, S("ann"), RIGHT, &d->f));
    fine(d, auth_totp_begin(d->au, d->a, S("bob"), &d->f, &secret));
    for (size_t i = 0; i < COUNT(persons); i++) {
        char   addr[32];
        fault  said[2];
        snprintf(addr, sizeof addr, "192.0.2.%zu", 20 + i);
        int64_t before = auth_load_of(d->au).hashes;
        assert_int_equal(try_from(d, persons[i], WRONG, addr, S("")), ERR_DENIED);
        assert_int_equal(auth_load_of(d->au).hashes - before, 1);
        said[i != 0] = d->f;
        if (i)
            assert_string_equal(said[1].text, "the name or the password is wrong");
        for (int k = 1; k < 5; k++)
            assert_int_equal(try_from(d, persons[i], WRONG, addr, S("")), ERR_DENIED);
        assert_int_equal(try_from(d, persons[i], WRONG, addr, S("")), ERR_LIMIT);
        assert_int_equal(auth_load_of(d->au).hashes - before, 5);
    }
    char *huge = memset(arena_alloc(d->a, 1, 5000), 'a', 5000);
    int64_t before = auth_load_of(d->au).hashes;
    assert_int_equal(try_from(d, "ann", (str){ huge, 5000 }, "192.0.2.77", S("")), ERR_DENIED);
    assert_int_equal(auth_load_of(d->au).hashes - before, 1);
}
static void who_is_unknown_costs_as_many_hashes_and_tries_as_who_is_known(void **state)
{
    (void)state;
    on_desks(unknown);
}

static void second_factor(desk *d)
{
    str secret;
    fine(d, auth_totp_begin(d->au, d->a, S("ann"), &d->f, &secret));
    int tries = 0;
    err_t e = ERR_DENIED;
    for (int host = 0; e == ERR_DENIED && host < 100; host++) {                      /* each time from somewhere else */
        d->f = (fault){ 0 };
        e = auth_totp_try(d->au, S("ann"), S("000000"), str_fmt(d->a, "198.51.100.%d", host), &d->f);
        tries += e == ERR_DENIED;
    }
    assert_int_equal(e, ERR_LIMIT);
    assert_int_equal(tries, 15);
}
static void codes_cannot_be_guessed_from_many_addresses(void **state)
{
    (void)state;
    on_desks(second_factor);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(waiting_grows_with_tries_and_ends_with_the_right_password),
        cmocka_unit_test(guessing_locks_neither_another_address_nor_a_known_device_out),
        cmocka_unit_test(an_address_that_guesses_many_names_is_slowed_down),
        cmocka_unit_test(many_who_sign_in_from_one_office_do_not_wait),
        cmocka_unit_test(who_is_unknown_costs_as_many_hashes_and_tries_as_who_is_known),
        cmocka_unit_test(codes_cannot_be_guessed_from_many_addresses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
