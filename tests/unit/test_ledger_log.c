/* The log on disk: exact names and bytes, growth, readers, and what refuses to open. */
#include "ledger_fixture.h"

#include "ledger/private.h"

#include <dirent.h>
#include <sys/wait.h>

static const char origin[] = "ledger.example.com/soc2";

static ledger *made(fixture *x)
{
    ledger *l = NULL;
    GOOD(ledger_create(&x->paths, str_of(origin), f));
    GOOD(ledger_open(&x->paths, f, &l));
    return l;
}

/* ---- names ---- */

static void tiles_have_the_names_of_the_format(void **st)
{
    static const struct { tile_ref t; const char *path; } rows[] = {
        { { 0, 0, 256 }, "tile/0/000" },                     { { 0, 1234067, 256 }, "tile/0/x001/x234/067" },
        { { BUNDLE, 123456789, 256 }, "tile/entries/x123/x456/789" },
        { { 3, 1000, 7 }, "tile/3/x001/000.p/7" },           { { 63, 5, 255 }, "tile/63/005.p/255" },
        { { BUNDLE, 999, 1 }, "tile/entries/999.p/1" },
        { { 1, UINT64_MAX, 256 }, "tile/1/x018/x446/x744/x073/x709/x551/615" },
    };
    (void)st;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char     path[TILE_PATH_BYTES];
        tile_ref t;
        tile_path(rows[i].t, path);
        assert_string_equal(path, rows[i].path);
        assert_true(tile_path_parse(str_of(path), &t));
        assert_int_equal(t.level, rows[i].t.level);
        assert_int_equal(t.n, rows[i].t.n);
        assert_int_equal(t.width, rows[i].t.width);
    }
}

static void other_names_are_not_tiles(void **st)
{
    static const char *const rows[] = {
        "", "tile", "tile/", "tile/0", "tile/0/", "tile/0/00", "tile/0/0000", "tile/0/x000/001", "tile/00/000", "tile/64/000",
        "tile/-1/000", "tile/+1/000", "tile/0/000/", "tile/0/000.p", "tile/0/000.p/", "tile/0/000.p/0", "tile/0/000.p/256",
        "tile/0/000.p/01", "tile/0/000.p/1/", "tile/0/001/002", "tile/0/x001", "tile/0/x001/", "tile/0/+01", "tile/entries",
        "tile/data/000", "/tile/0/000", "tile//000", "tile/0/x01/002", "tile/0/000.q/1",
        "tile/1/x018/x446/x744/x073/x709/x551/616", "tile/1/x100/x018/x446/x744/x073/x709/x551/615",
    };
    (void)st;
    for (size_t i = 0; i < COUNT(rows); i++) {
        tile_ref t;
        if (tile_path_parse(str_of(rows[i]), &t))
            fail_msg("accepted: %s", rows[i]);
    }
}

/* ---- growth ---- */

static void list_into(fixture *x, const char *dir, const char *name, buf *out)
{
    str   *names;
    size_t n;
    const char *path = str_fmt(x->a, "%s/%s", dir, name).p;
    if (dir_names(x->a, path, 100000, &names, &n) != 0) {
        buf_fmt(out, "%s ", name);
        return;
    }
    for (size_t i = 0; i < n; i++)
        list_into(x, dir, str_fmt(x->a, "%s/" STR_FMT, name, STR_ARG(names[i])).p, out);
}

static void check_files(fixture *x, const char *want)
{
    buf out = buf_new(x->a, 1 << 20);
    list_into(x, x->paths.dir, "tile", &out);
    if (!str_eq(str_trim(buf_str(&out)), str_of(want)))
        fail_msg("have %.*s\nwant %s", STR_ARG(buf_str(&out)), want);
}

static void only_published_sizes_have_partial_files_until_their_tile_is_full(void **st)
{
    fixture    *x = *st;
    auto_ledger ledger *l = made(x);
    assert_false(exists(x, "tile"));
    GOOD(grow_to(l, 2, f));
    check_files(x, "tile/0/000.p/2 tile/entries/000.p/2");
    GOOD(ledger_append(l, &S("record 2"), 1, f));
    assert_int_equal(ledger_size(l), 3);
    assert_int_equal(ledger_signed(l)->size, 2);
    check_files(x, "tile/0/000.p/2 tile/entries/000.p/2");
    GOOD(grow_to(l, 255, f));
    check_files(x, "tile/0/000.p/2 tile/0/000.p/255 tile/entries/000.p/2 tile/entries/000.p/255");
    GOOD(grow_to(l, 256, f));
    check_files(x, "tile/0/000 tile/1/000.p/1 tile/entries/000");
    GOOD(grow_to(l, 600, f));
    check_files(x, "tile/0/000 tile/0/001 tile/0/002.p/88 tile/1/000.p/1 tile/1/000.p/2 "
                   "tile/entries/000 tile/entries/001 tile/entries/002.p/88");
    GOOD(ledger_publish(l, f));          /* the size is unchanged: nothing happens */
    GOOD(grow_to(l, 1024, f));
    check_files(x, "tile/0/000 tile/0/001 tile/0/002 tile/0/003 tile/1/000.p/1 tile/1/000.p/2 tile/1/000.p/4 "
                   "tile/entries/000 tile/entries/001 tile/entries/002 tile/entries/003");
}

static void check_root(fixture *x, uint64_t size, const char *root)
{
    note       n;
    checkpoint c;
    auto_note_signer note_signer *key = NULL;
    GOOD(note_signer_load(x->paths.key_path, f, &key));
    GOOD(note_open(x->a, x->h, slurp(x, "checkpoint"), note_signer_public(key), 1, f, &n));
    GOOD(checkpoint_parse(x->a, n.text, f, &c));
    assert_true(str_eq(c.origin, str_of(origin)));
    assert_int_equal(c.size, size);
    assert_true(str_eq(base64_of(x->a, c.root.b, 32), str_of(root)));
}

static void sizes_past_65536_have_the_roots_and_tiles_of_other_implementations(void **st)
{
    fixture *x = *st;
    ledger  *l = made(x);
    GOOD(grow_to(l, 257, f));
    check_root(x, 257, "e8lTONnrdW/d1vzeOGps12khFsE79avvFd+35TWOaK4=");
    GOOD(grow_to(l, 65536, f));
    check_root(x, 65536, "GigqHEr3TbqFajL56mOiMlnP+L3XlVr/5mnhjC2xWu0=");
    assert_true(exists(x, "tile/1/000"));
    assert_true(exists(x, "tile/2/000.p/1"));
    assert_false(exists(x, "tile/1/000.p"));
    ledger_close(l);
    GOOD(ledger_open(&x->paths, f, &l));
    GOOD(grow_to(l, 70000, f));
    check_root(x, 70000, "25Wlw4AqrnlkUtIrNNU+dJybwG++mtIplU2A2Oqj7hY=");
    assert_int_equal(slurp(x, "tile/0/272").n, 8192);
    assert_int_equal(slurp(x, "tile/0/273.p/112").n, 112 * 32);
    assert_int_equal(slurp(x, "tile/1/001.p/17").n, 17 * 32);
    assert_int_equal(slurp(x, "tile/2/000.p/1").n, 32);
    assert_false(exists(x, "tile/0/274"));
    assert_false(exists(x, "tile/1/002"));
    assert_false(exists(x, "tile/3"));
    str bundle = slurp(x, "tile/entries/273.p/112"), entries[TILE_WIDTH];
    assert_true(bundle_parse(bundle, 112, entries));
    assert_true(str_eq(entries[111], S("record 69999")));
    ledger_close(l);
}

/* tessera#1178: integrated to 66000 while the checkpoint stood at 65537. */
static void a_published_65537_keeps_its_partial_tiles_while_66000_is_added(void **st)
{
    fixture *x = *st;
    ledger  *l = made(x);
    GOOD(grow_to(l, 65537, f));
    assert_int_equal(slurp(x, "tile/0/256.p/1").n, 32);
    assert_false(exists(x, "tile/1/001"));
    assert_false(exists(x, "tile/1/001.p"));
    str cp = slurp(x, "checkpoint");
    GOOD(grow_to(l, 66000, f));
    assert_true(exists(x, "tile/0/256"));
    assert_false(exists(x, "tile/0/256.p"));
    assert_int_equal(slurp(x, "tile/1/001.p/1").n, 32);
    assert_false(exists(x, "tile/1/001"));
    tlog_proof p;                        /* of the older checkpoint, through the full tile */
    GOOD(log_prove(x->a, x->h, x->paths.dir, 65536, cp, f, &p));
    assert_int_equal(p.n_path, 1);
    ledger_close(l);
}

/* ---- readers ---- */

static void every_entry_and_proof_is_read_from_the_files_alone(void **st)
{
    fixture    *x = *st;
    auto_ledger ledger *l = made(x);
    merkle_range r = { 0 };
    hash32      roots[701];
    for (uint64_t i = 0; i < 700; i++) {
        char   text[32];
        str    entry = record_text(text, i);
        hash32 leaf = merkle_leaf(x->h, entry.p, entry.n);
        merkle_add(x->h, &r, &leaf);
        roots[i + 1] = merkle_root(x->h, &r);
    }
    GOOD(grow_to(l, 700, f));
    str cp = slurp(x, "checkpoint");
    for (uint64_t i = 0; i < 700; i += i < 20 || i > 680 ? 1 : 19) {
        char       text[32];
        str        entry;
        tlog_proof p;
        GOOD(log_entry(x->a, x->paths.dir, 700, i, f, &entry));
        assert_true(str_eq(entry, record_text(text, i)));
        GOOD(log_prove(x->a, x->h, x->paths.dir, i, cp, f, &p));
        hash32 leaf = merkle_leaf(x->h, entry.p, entry.n);
        assert_true(merkle_included(x->h, &leaf, i, 700, p.path, p.n_path, &roots[700]));
    }
    for (uint64_t n = 1; n <= 700; n += 23)
        for (uint64_t m = 1; m <= n; m += 7) {
            hash32 *proof;
            size_t  proof_n;
            GOOD(log_consistency(x->a, x->h, x->paths.dir, m, n, f, &proof, &proof_n));
            assert_true(merkle_consistent(x->h, m, n, proof, proof_n, &roots[m], &roots[n]));
        }
    str         entry;
    tlog_proof  p;
    hash32     *proof;
    size_t      proof_n;
    BAD(ERR_NOT_FOUND, "700 entries", log_entry(x->a, x->paths.dir, 700, 700, f, &entry));
    BAD(ERR_NOT_FOUND, "700 entries", log_prove(x->a, x->h, x->paths.dir, 700, cp, f, &p));
    BAD(ERR_INVALID, "no consistency proof", log_consistency(x->a, x->h, x->paths.dir, 0, 5, f, &proof, &proof_n));
    BAD(ERR_INVALID, "no consistency proof", log_consistency(x->a, x->h, x->paths.dir, 6, 5, f, &proof, &proof_n));
    BAD(ERR_CORRUPT, "missing", log_consistency(x->a, x->h, x->paths.dir, 5, 100000, f, &proof, &proof_n));
}

static void readers_refuse_files_of_a_wrong_size_or_with_other_bytes(void **st)
{
    fixture *x = *st;
    ledger  *l = made(x);
    str      entry;
    GOOD(grow_to(l, 300, f));
    ledger_close(l);
    str tile = slurp(x, "tile/0/000"), bundle = slurp(x, "tile/entries/000");
    put_bytes(x, "tile/0/000", str_sub(tile, 0, 32));
    BAD(ERR_CORRUPT, "32 bytes instead of 8192", log_entry(x->a, x->paths.dir, 300, 0, f, &entry));
    put_bytes(x, "tile/0/000", str_fmt(x->a, STR_FMT ".", 31, tile.p));
    BAD(ERR_CORRUPT, "32 bytes", log_entry(x->a, x->paths.dir, 300, 0, f, &entry));
    put_bytes(x, "tile/0/000", tile);
    put_bytes(x, "tile/entries/000", str_sub(bundle, 0, bundle.n - 1));
    BAD(ERR_CORRUPT, "exactly 256 entries", log_entry(x->a, x->paths.dir, 300, 0, f, &entry));
    buf longer = buf_new(x->a, 1 << 20);
    buf_puts(&longer, bundle);
    buf_putc(&longer, 'x');
    put_bytes(x, "tile/entries/000", buf_str(&longer));
    BAD(ERR_CORRUPT, "exactly 256 entries", log_entry(x->a, x->paths.dir, 300, 0, f, &entry));
    char *other = str_z(x->a, bundle);
    other[5] ^= 1;
    put_bytes(x, "tile/entries/000", (str){ other, bundle.n });
    BAD(ERR_CORRUPT, "entry 0", log_entry(x->a, x->paths.dir, 300, 0, f, &entry));
    GOOD(log_entry(x->a, x->paths.dir, 300, 1, f, &entry));
}

static void entries_of_any_bytes_and_up_to_65535_of_them_are_kept(void **st)
{
    fixture    *x = *st;
    auto_ledger ledger *l = made(x);
    char       *big = arena_alloc(x->a, 65536, 1);
    str         entries[3] = { { "", 0 }, { "a\0b", 3 }, { big, 65535 } }, back;
    random_bytes(big, 65536);
    GOOD(ledger_append(l, entries, 3, f));
    GOOD(ledger_publish(l, f));
    for (uint64_t i = 0; i < 3; i++) {
        GOOD(log_entry(x->a, x->paths.dir, 3, i, f, &back));
        assert_true(str_eq(back, entries[i]));
    }
    BAD(ERR_TOO_LARGE, "65535", ledger_append(l, &(str){ big, 65536 }, 1, f));
    assert_int_equal(ledger_size(l), 3);
}

/* ---- refusals ---- */

static void a_log_is_never_made_over_another(void **st)
{
    fixture *x = *st;
    ledger  *l = NULL;
    BAD(ERR_NOT_FOUND, "there is no log", ledger_open(&x->paths, f, &l));
    BAD(ERR_INVALID, "name of a log", ledger_create(&x->paths, S("with space"), f));
    BAD(ERR_INVALID, "name of a log", ledger_create(&x->paths, S(""), f));
    ledger_close(made(x));
    BAD(ERR_CONFLICT, "stands here", ledger_create(&x->paths, str_of(origin), f));
    assert_int_equal(unlink(x->paths.signed_path), 0);
    BAD(ERR_CONFLICT, "stands here", ledger_create(&x->paths, str_of(origin), f));
    BAD(ERR_CORRUPT, "is missing", ledger_open(&x->paths, f, &l));
    remove_tree(x->paths.dir);
    BAD(ERR_CONFLICT, "another log", ledger_create(&x->paths, S("other"), f));
    GOOD(ledger_create(&x->paths, str_of(origin), f));   /* only the key stood: an interrupted creation */
}

static void a_second_process_is_told_to_wait(void **st)
{
    fixture    *x = *st;
    auto_ledger ledger *l = made(x);
    assert_non_null(l);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        ledger *second = NULL;
        fault   f = { 0 };
        err_t   e = ledger_open(&x->paths, &f, &second);
        _exit(e == ERR_BUSY && strstr(f.text, "another process") ? 0 : 1);
    }
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
}

static void an_older_copy_of_the_log_is_refused(void **st)
{
    fixture    *x = *st;
    ledger     *l = made(x);
    const char *copy = str_fmt(x->a, "%s/backup", x->root).p;
    GOOD(grow_to(l, 300, f));
    ledger_close(l);
    copy_tree(x, x->paths.dir, copy);
    GOOD(ledger_open(&x->paths, f, &l));
    GOOD(grow_to(l, 1000, f));
    ledger_close(l);
    remove_tree(x->paths.dir);
    copy_tree(x, copy, x->paths.dir);
    BAD(ERR_CORRUPT, "ends at 300 entries but 1000 were signed; this is an older copy", ledger_open(&x->paths, f, &l));
    remove_tree(x->paths.dir);
    assert_int_equal(mkdir(x->paths.dir, 0755), 0);
    BAD(ERR_CORRUPT, "ends at 0 entries but 1000 were signed", ledger_open(&x->paths, f, &l));
}

static void an_older_or_foreign_signed_checkpoint_is_refused(void **st)
{
    fixture *x = *st;
    ledger  *l = made(x);
    str      older, note_bytes;
    GOOD(grow_to(l, 10, f));
    GOOD(file_read(x->a, x->paths.signed_path, 4096, f, &older));
    GOOD(grow_to(l, 20, f));
    ledger_close(l);
    str newest = slurp(x, "checkpoint");
    GOOD(file_replace(x->paths.signed_path, older, 0600, f));
    BAD(ERR_CORRUPT, "published with 20 entries", ledger_open(&x->paths, f, &l));
    GOOD(file_replace(x->paths.signed_path, S("rubbish\n"), 0600, f));
    BAD(ERR_CORRUPT, "not a checkpoint signed by the key", ledger_open(&x->paths, f, &l));
    auto_note_signer note_signer *key = NULL;
    GOOD(note_signer_load(x->paths.key_path, f, &key));
    checkpoint other = { str_of(origin), 20, sha256_of(x->h, "other", 5) };
    assert_int_equal(note_sign(x->a, checkpoint_text(x->a, &other), key, &note_bytes), ERR_OK);
    GOOD(file_replace(x->paths.signed_path, note_bytes, 0600, f));
    BAD(ERR_CORRUPT, "two different histories", ledger_open(&x->paths, f, &l));
    other.size = 30;
    assert_int_equal(note_sign(x->a, checkpoint_text(x->a, &other), key, &note_bytes), ERR_OK);
    GOOD(file_replace(x->paths.signed_path, note_bytes, 0600, f));
    BAD(ERR_CORRUPT, "older copy", ledger_open(&x->paths, f, &l));
    GOOD(file_replace(x->paths.signed_path, newest, 0600, f));
    GOOD(ledger_open(&x->paths, f, &l));
    ledger_close(l);
}

static void a_foreign_key_is_refused(void **st)
{
    fixture *x = *st;
    ledger  *l = made(x);
    GOOD(grow_to(l, 10, f));
    ledger_close(l);
    auto_note_signer note_signer *same_name = note_signer_new(str_of(origin)), *witness = witness_signer_new(S("w"));
    assert_int_equal(unlink(x->paths.key_path), 0);
    GOOD(note_signer_save(same_name, x->paths.key_path, f));
    BAD(ERR_CORRUPT, "signed by the key of this log", ledger_open(&x->paths, f, &l));
    assert_int_equal(unlink(x->paths.key_path), 0);
    GOOD(note_signer_save(witness, x->paths.key_path, f));
    BAD(ERR_INVALID, "key of a witness", ledger_open(&x->paths, f, &l));
}

static void a_changed_edge_is_refused(void **st)
{
    static const char *const names[] = { "tile/0/002.p/88", "tile/1/000.p/2", "tile/entries/002.p/88" };
    fixture *x = *st;
    ledger  *l = made(x);
    GOOD(grow_to(l, 600, f));
    ledger_close(l);
    put_bytes(x, "staging", S(""));      /* settled: nothing to repair from */
    for (size_t i = 0; i < COUNT(names); i++) {
        str   good = slurp(x, names[i]);
        char *bad = str_z(x->a, good);
        bad[good.n - 1] ^= 1;
        put_bytes(x, names[i], (str){ bad, good.n });
        BAD(ERR_CORRUPT, "rebuild", ledger_open(&x->paths, f, &l));
        put_bytes(x, names[i], str_sub(good, 0, good.n - 1));
        BAD(ERR_CORRUPT, names[i], ledger_open(&x->paths, f, &l));
        put_bytes(x, names[i], good);
    }
    GOOD(ledger_open(&x->paths, f, &l));
    ledger_close(l);
}

/* Every commit of a server opens the log: it must not read for ever what was published long ago. */
static void what_is_read_again_at_each_opening_has_a_bound(void **st)
{
    fixture *x = *st;
    ledger  *l = made(x);
    str      large = { arena_alloc(x->a, 60000, 1), 60000 };
    for (int i = 0; i < 10; i++)
        GOOD(ledger_append(l, &large, 1, f));
    GOOD(ledger_publish(l, f));
    ledger_close(l);
    assert_true(slurp(x, "staging").n > 10 * large.n);       /* not synced yet: a power failure may have cost the files */
    GOOD(ledger_open(&x->paths, f, &l));
    assert_int_equal(slurp(x, "staging").n, 0);
    GOOD(grow_to(l, 20, f));
    ledger_close(l);
    GOOD(ledger_open(&x->paths, f, &l));
    assert_int_equal(ledger_size(l), 20);
    ledger_close(l);
}

static void a_signed_checkpoint_changed_under_an_open_log_stops_it(void **st)
{
    fixture    *x = *st;
    auto_ledger ledger *l = made(x);
    GOOD(grow_to(l, 10, f));
    GOOD(file_replace(x->paths.signed_path, S("rubbish\n"), 0600, f));
    BAD(ERR_CORRUPT, "changed while the log was open", grow_to(l, 20, f));
    BAD(ERR_CORRUPT, "close and open", ledger_publish(l, f));
    BAD(ERR_CORRUPT, "close and open", ledger_append(l, &S("x"), 1, f));
    check_files(x, "tile/0/000.p/10 tile/entries/000.p/10");
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, fixture_begin, fixture_end)
    const struct CMUnitTest tests[] = {
        T(tiles_have_the_names_of_the_format), T(other_names_are_not_tiles),
        T(only_published_sizes_have_partial_files_until_their_tile_is_full),
        T(sizes_past_65536_have_the_roots_and_tiles_of_other_implementations),
        T(a_published_65537_keeps_its_partial_tiles_while_66000_is_added),
        T(every_entry_and_proof_is_read_from_the_files_alone),
        T(readers_refuse_files_of_a_wrong_size_or_with_other_bytes),
        T(entries_of_any_bytes_and_up_to_65535_of_them_are_kept), T(a_log_is_never_made_over_another),
        T(a_second_process_is_told_to_wait), T(an_older_copy_of_the_log_is_refused),
        T(an_older_or_foreign_signed_checkpoint_is_refused), T(a_foreign_key_is_refused), T(a_changed_edge_is_refused),
        T(what_is_read_again_at_each_opening_has_a_bound),
        T(a_signed_checkpoint_changed_under_an_open_log_stops_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
