/* log_verify finds every change and names its file; rebuild makes the tiles anew. */
#include "ledger_fixture.h"

#include "ledger/private.h"

typedef struct {
    buf      faults;
    uint64_t entries, next;
    bool     in_order;
    uint64_t stop_at;
} heard;

static void on_fault(void *arg, str what)
{
    heard *w = arg;
    buf_puts(&w->faults, what);
    buf_putc(&w->faults, '\n');
}

static err_t on_entry(void *arg, uint64_t index, str entry)
{
    heard *w = arg;
    char   text[32];
    if (index < w->next || !str_eq(entry, record_text(text, index)))
        w->in_order = false;
    w->next = index + 1;
    w->entries++;
    return w->entries == w->stop_at ? ERR_LIMIT : ERR_OK;
}

static log_verify_result verified(fixture *x, unsigned threads, heard *w)
{
    auto_note_signer note_signer *key = NULL;
    log_verify_result             result = { 0 };
    *w = (heard){ .faults = buf_new(x->a, 8 << 20), .in_order = true };
    GOOD(note_signer_load(x->paths.key_path, f, &key));
    log_verify_options o = { note_signer_public(key), threads, on_fault, on_entry, w };
    GOOD(log_verify(x->paths.dir, &o, f, &result));
    result.at.origin = S("");
    return result;
}

static void make(fixture *x, uint64_t size)
{
    ledger *l = NULL;
    GOOD(ledger_create(&x->paths, S("ledger.example.com/soc2"), f));
    GOOD(ledger_open(&x->paths, f, &l));
    GOOD(grow_to(l, size, f));
    ledger_close(l);
    put_bytes(x, "staging", S(""));
}

static void a_whole_log_verifies_with_any_number_of_threads_in_order(void **st)
{
    fixture *x = *st;
    heard    w;
    make(x, 70000);
    for (unsigned threads = 0; threads <= 4; threads++) {
        log_verify_result r = verified(x, threads, &w);
        if (w.faults.n)
            fail_msg("%.*s", STR_ARG(buf_str(&w.faults)));
        assert_int_equal(r.faults, 0);
        assert_int_equal(r.entries, 70000);
        assert_int_equal(r.at.size, 70000);
        assert_int_equal(r.tiles, 274 + 2 + 1);
        assert_int_equal(w.entries, 70000);
        assert_true(w.in_order);
    }
}

static void every_size_verifies(void **st)
{
    static const uint64_t sizes[] = { 1, 2, 255, 256, 257, 511, 512, 513, 2048, 2049, 4096 };
    fixture *x = *st;
    heard    w;
    ledger  *l = NULL;
    make(x, 0);
    assert_int_equal(verified(x, 2, &w).faults, 0);
    for (size_t i = 0; i < COUNT(sizes); i++) {
        GOOD(ledger_open(&x->paths, f, &l));
        GOOD(grow_to(l, sizes[i], f));
        ledger_close(l);
        log_verify_result r = verified(x, 2, &w);
        if (w.faults.n)
            fail_msg("%llu: %.*s", (unsigned long long)sizes[i], STR_ARG(buf_str(&w.faults)));
        assert_int_equal(r.entries, sizes[i]);
    }
}

static void check_heard(const heard *w, const char *words)
{
    if (!str_contains(buf_str(&w->faults), str_of(words)))
        fail_msg("no word of \"%s\" in: %.*s", words, STR_ARG(buf_str(&w->faults)));
}

/* Flips a bit in every file, one after the other; also cuts it, and removes it. */
static void every_changed_cut_or_missing_file_is_named(void **st)
{
    static const char *const names[] = {
        "tile/0/000", "tile/0/001", "tile/0/255", "tile/0/256", "tile/0/257.p/208", "tile/1/000", "tile/1/001.p/1",
        "tile/2/000.p/1", "tile/entries/000", "tile/entries/256", "tile/entries/257.p/208",
    };
    fixture *x = *st;
    heard    w;
    make(x, 66000);
    for (size_t i = 0; i < COUNT(names); i++) {
        str         good = slurp(x, names[i]);
        const char *path = str_fmt(x->a, "%s/%s", x->paths.dir, names[i]).p;
        for (int kind = 0; kind < 4; kind++) {
            char *bad = str_z(x->a, good);
            bad[good.n / 2] ^= 4;
            if (kind == 0)
                put_bytes(x, names[i], (str){ bad, good.n });
            else if (kind == 1)
                put_bytes(x, names[i], str_sub(good, 0, good.n - 1));
            else if (kind == 2)
                put_bytes(x, names[i], (str){ bad, good.n + 1 });        /* the NUL after it */
            else
                assert_int_equal(unlink(path), 0);
            log_verify_result r = verified(x, 2, &w);
            assert_true(r.faults > 0);
            assert_true(w.in_order);
            if (!str_contains(buf_str(&w.faults), str_of(names[i])) && !str_contains(buf_str(&w.faults), S("newest tiles")))
                fail_msg("%s, kind %d: %.*s", names[i], kind, STR_ARG(buf_str(&w.faults)));
            put_bytes(x, names[i], good);
        }
    }
    assert_int_equal(verified(x, 2, &w).faults, 0);
}

static void a_changed_entry_is_named_by_its_number_and_not_handed_on(void **st)
{
    fixture *x = *st;
    heard    w;
    make(x, 600);
    str   good = slurp(x, "tile/entries/001");
    char *bad = str_z(x->a, good);
    bad[2] = 'R';
    put_bytes(x, "tile/entries/001", (str){ bad, good.n });
    log_verify_result r = verified(x, 2, &w);
    assert_int_equal(r.faults, 1);
    check_heard(&w, "tile/entries/001: entry 256 is not the one whose hash was logged");
    assert_int_equal(w.entries, 599);
    assert_true(w.in_order);
}

/* The attack that Go's TileHashReader of x/mod 0.7.0 accepts: the entry and its
 * hash are forged together, the hashes above and the signed root are not. */
static void a_forged_entry_with_its_forged_tile_under_an_untouched_root_is_found(void **st)
{
    static const uint64_t sizes[] = { 1000, 70000 };
    fixture *x = *st;
    heard    w;
    for (size_t i = 0; i < COUNT(sizes); i++) {
        make(x, sizes[i]);
        str    bundle = slurp(x, "tile/entries/001"), tile = slurp(x, "tile/0/001");
        char  *forged_bundle = str_z(x->a, bundle), *forged_tile = str_z(x->a, tile);
        size_t at = 2 + 10 + 2;          /* "record 256", then the length of entry 257 */
        forged_bundle[at] = 'R';
        hash32 leaf = merkle_leaf(x->h, "Record 257", 10);
        memcpy(forged_tile + 32, leaf.b, 32);
        put_bytes(x, "tile/entries/001", (str){ forged_bundle, bundle.n });
        put_bytes(x, "tile/0/001", (str){ forged_tile, tile.n });
        log_verify_result r = verified(x, 2, &w);
        assert_true(r.faults >= 2);
        check_heard(&w, "tile/0/001: its hashes do not lead");
        check_heard(&w, "tile/entries/001: its entries do not lead");
        assert_int_equal(w.entries, sizes[i] - 256);
        remove_tree(x->root);
    }
}

static void files_that_do_not_belong_are_named(void **st)
{
    static const struct { const char *name, *words; } rows[] = {
        { "tile/0/003", "tile/0/003: hashes that no checkpoint covers" },
        { "tile/entries/003", "tile/entries/003: entries that no checkpoint covers" },
        { "tile/entries/002.p/89", "tile/entries/002.p/89: entries that no checkpoint covers" },
        { "tile/2/000.p/1", "tile/2/000.p/1: hashes that no checkpoint covers" },
        { "tile/0/000.bak", "tile/0/000.bak: no such file belongs" }, { "tile/notes", "tile/notes: no such file" },
        { "tile/0/002.p/5", "tile/0/002.p/5: an earlier state of this file, but not its beginning" },
        { "tile/entries/002.p/5", "tile/entries/002.p/5: an earlier state" },
        { "tile/8/000.p/1", "tile/8/000.p/1: hashes that no checkpoint covers" },
    };
    fixture *x = *st;
    heard    w;
    make(x, 600);
    assert_int_equal(mkdir(str_fmt(x->a, "%s/tile/8", x->paths.dir).p, 0755), 0);
    assert_int_equal(mkdir(str_fmt(x->a, "%s/tile/8/000.p", x->paths.dir).p, 0755), 0);
    assert_int_equal(mkdir(str_fmt(x->a, "%s/tile/2", x->paths.dir).p, 0755), 0);
    assert_int_equal(mkdir(str_fmt(x->a, "%s/tile/2/000.p", x->paths.dir).p, 0755), 0);
    for (size_t i = 0; i < COUNT(rows); i++) {
        put_bytes(x, rows[i].name, S("forged"));
        assert_int_equal(verified(x, 2, &w).faults, 1);
        check_heard(&w, rows[i].words);
        assert_int_equal(unlink(str_fmt(x->a, "%s/%s", x->paths.dir, rows[i].name).p), 0);
    }
    assert_int_equal(verified(x, 2, &w).faults, 0);
}

static void the_checkpoint_has_to_be_signed_by_the_key_and_of_the_tree(void **st)
{
    fixture *x = *st;
    heard    w;
    str      other_note;
    make(x, 600);
    str   good = slurp(x, "checkpoint");
    char *bad = str_z(x->a, good);
    bad[good.n - 5] = bad[good.n - 5] == 'A' ? 'B' : 'A';        /* still base64 */
    put_bytes(x, "checkpoint", (str){ bad, good.n });
    log_verify_result r = verified(x, 2, &w);
    assert_int_equal(r.faults, 1);       /* everything else is checked all the same */
    assert_int_equal(r.entries, 600);
    check_heard(&w, "checkpoint: the signature of");
    put_bytes(x, "checkpoint", S("rubbish"));
    r = verified(x, 2, &w);
    assert_true(r.faults > 0 && r.entries == 0);
    assert_int_equal(unlink(str_fmt(x->a, "%s/checkpoint", x->paths.dir).p), 0);
    assert_true(verified(x, 2, &w).faults > 0);
    check_heard(&w, "checkpoint: cannot be read");

    auto_note_signer note_signer *key = NULL;
    GOOD(note_signer_load(x->paths.key_path, f, &key));
    static const uint64_t sizes[] = { 599, 601, 1000, 70000, 100000000, INT64_MAX };
    for (size_t i = 0; i < COUNT(sizes); i++) {
        checkpoint c = { note_signer_public(key)->name, sizes[i], sha256_of(x->h, "x", 1) };
        assert_int_equal(note_sign(x->a, checkpoint_text(x->a, &c), key, &other_note), ERR_OK);
        put_bytes(x, "checkpoint", other_note);
        assert_true(verified(x, 2, &w).faults > 0);
    }
}

static void an_error_of_the_listener_stops_the_check(void **st)
{
    fixture *x = *st;
    heard    w = { .in_order = true, .stop_at = 3000 };
    make(x, 70000);
    auto_note_signer note_signer *key = NULL;
    GOOD(note_signer_load(x->paths.key_path, f, &key));
    for (unsigned threads = 1; threads < 4; threads++) {
        log_verify_result  r;
        log_verify_options o = { note_signer_public(key), threads, NULL, on_entry, &w };
        w.entries = w.next = 0;
        BAD(ERR_LIMIT, "stopped", log_verify(x->paths.dir, &o, f, &r));
        assert_int_equal(w.entries, 3000);
    }
    log_verify_result  r;
    log_verify_options o = { note_signer_public(key), 1, NULL, NULL, NULL };
    BAD(ERR_NOT_FOUND, "cannot open", log_verify("/nonexistent", &o, f, &r));
}

/* ---- recovery from staging, and rebuild ---- */

static void what_a_power_failure_took_from_the_final_files_comes_back(void **st)
{
    static const char *const names[] = {
        "tile/0/000", "tile/0/002.p/88", "tile/1/000.p/2", "tile/entries/001", "tile/entries/002.p/88", "checkpoint",
    };
    fixture *x = *st;
    heard    w;
    ledger  *l = NULL;
    GOOD(ledger_create(&x->paths, S("ledger.example.com/soc2"), f));
    GOOD(ledger_open(&x->paths, f, &l));
    GOOD(grow_to(l, 600, f));
    ledger_close(l);
    for (int kind = 0; kind < 4; kind++) {
        for (size_t i = 0; i < COUNT(names); i++) {
            str   good = slurp(x, names[i]);
            char *zeros = arena_alloc(x->a, good.n + 1, 1);
            if (kind == 0)
                assert_int_equal(unlink(str_fmt(x->a, "%s/%s", x->paths.dir, names[i]).p), 0);
            else if (kind == 1 || strcmp(names[i], "checkpoint") == 0)
                put_bytes(x, names[i], S(""));
            else if (kind == 2)
                put_bytes(x, names[i], str_sub(good, 0, good.n / 2));
            else
                put_bytes(x, names[i], (str){ zeros, good.n });
        }
        assert_true(verified(x, 1, &w).faults > 0);
        GOOD(ledger_open(&x->paths, f, &l));
        ledger_close(l);
        log_verify_result r = verified(x, 1, &w);
        assert_int_equal(r.faults, 0);
        assert_int_equal(r.entries, 600);
    }
    put_bytes(x, "tile/0/000", S("not what a power failure leaves"));
    BAD(ERR_CORRUPT, "tile/0/000 holds other bytes", ledger_open(&x->paths, f, &l));
}

static err_t give_record(void *arg, uint64_t index, arena *a, str *ret, fault *f)
{
    char text[32];
    (void)f;
    *ret = index == *(uint64_t *)arg ? S("altered") : str_dup(a, record_text(text, index));
    return ERR_OK;
}

static void tiles_are_rebuilt_from_the_entries_alone(void **st)
{
    fixture *x = *st;
    heard    w;
    ledger  *l = NULL;
    uint64_t altered = UINT64_MAX;
    const char *tiles = str_fmt(x->a, "%s/tile", x->paths.dir).p;
    make(x, 66000);
    remove_tree(tiles);
    BAD(ERR_CORRUPT, "rebuild its tiles", ledger_open(&x->paths, f, &l));
    GOOD(ledger_rebuild(&x->paths, 66000, give_record, &altered, f));
    assert_int_equal(verified(x, 2, &w).faults, 0);
    put_bytes(x, "tile/0/003", S("rubbish"));
    GOOD(ledger_rebuild(&x->paths, 66007, give_record, &altered, f));     /* 7 wait to be published */
    assert_int_equal(verified(x, 2, &w).faults, 0);
    assert_int_equal(access(str_fmt(x->a, "%s/rebuild", x->paths.dir).p, F_OK), -1);
    GOOD(ledger_open(&x->paths, f, &l));
    assert_int_equal(ledger_size(l), 66000);
    BAD(ERR_BUSY, "another process", ledger_rebuild(&x->paths, 66000, give_record, &altered, f));
    GOOD(grow_to(l, 66007, f));
    ledger_close(l);
    assert_int_equal(verified(x, 2, &w).faults, 0);

    altered = 40000;
    BAD(ERR_CORRUPT, "at least one of them was altered", ledger_rebuild(&x->paths, 66007, give_record, &altered, f));
    BAD(ERR_CORRUPT, "older copy", ledger_rebuild(&x->paths, 66006, give_record, &altered, f));
    assert_int_equal(verified(x, 2, &w).faults, 0);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, fixture_begin, fixture_end)
    const struct CMUnitTest tests[] = {
        T(a_whole_log_verifies_with_any_number_of_threads_in_order), T(every_size_verifies),
        T(every_changed_cut_or_missing_file_is_named), T(a_changed_entry_is_named_by_its_number_and_not_handed_on),
        T(a_forged_entry_with_its_forged_tile_under_an_untouched_root_is_found), T(files_that_do_not_belong_are_named),
        T(the_checkpoint_has_to_be_signed_by_the_key_and_of_the_tree), T(an_error_of_the_listener_stops_the_check),
        T(what_a_power_failure_took_from_the_final_files_comes_back), T(tiles_are_rebuilt_from_the_entries_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
