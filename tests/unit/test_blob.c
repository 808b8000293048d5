/* Files of evidence: what is put comes back or is told to be missing, altered or foreign. */
#include "test.h"

#include "blob/blob.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct {
    arena      *a;
    const char *home;
    blobs      *b;
} fixture;

static blobs *open_at(fixture *x)
{
    return blobs_new(x->a, str_fmt(x->a, "%s/blobs", x->home).p, str_fmt(x->a, "%s/blob.key", x->home).p);
}

static int begin(void **st)
{
    arena   *a = arena_new(2ul << 30);
    fixture *x = NEW(a, fixture);
    x->a = a;
    x->home = mkdtemp(str_z(a, S("/tmp/attest-blob-XXXXXX")));
    assert_non_null(x->home);
    x->b = open_at(x);
    *st = x;
    return 0;
}

static void remove_tree(arena *a, const char *path)
{
    str   *names;
    size_t n = 0;
    if (dir_names(a, path, 10000, &names, &n) == 0)
        for (size_t i = 0; i < n; i++)
            remove_tree(a, str_fmt(a, "%s/" STR_FMT, path, STR_ARG(names[i])).p);
    (void)remove(path);
}

static int end(void **st)
{
    fixture *x = *st;
    remove_tree(x->a, x->home);
    arena_free(x->a);
    return 0;
}

static blob put(fixture *x, str bytes)
{
    fault f = { 0 };
    blob  b = { 0 };
    err_t e = blob_put(x->b, x->a, bytes, &f, &b);
    if (e != ERR_OK)
        fail_msg("%s", f.text);
    return b;
}

static err_t get(fixture *x, str digest, str *ret, fault *f)
{
    *f = (fault){ 0 };
    return blob_get(open_at(x), x->a, digest, f, ret);     /* a new one: nothing is remembered */
}

static const char *path_of(fixture *x, str digest)
{
    return str_fmt(x->a, "%s/blobs/" STR_FMT "/" STR_FMT, x->home, STR_ARG(str_sub(digest, 0, 2)), STR_ARG(digest)).p;
}

static str stored(fixture *x, str digest)
{
    str   bytes;
    fault f = { 0 };
    assert_int_equal(file_read(x->a, path_of(x, digest), 1 << 28, &f, &bytes), ERR_OK);
    return bytes;
}

static void overwrite(fixture *x, str digest, str bytes)
{
    fault f = { 0 };
    assert_int_equal(file_replace(path_of(x, digest), bytes, 0600, &f), ERR_OK);
}

static void a_blob_is_named_by_its_sha_256(void **st)
{
    assert_true(str_eq(put(*st, S("abc")).digest, S("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")));
}

static void what_is_put_comes_back_whatever_its_size(void **st)
{
    static const size_t sizes[] = { 1, 100, 65535, 65536, 65537, 131072, 1 << 20, 5 << 20 };
    fixture            *x = *st;
    for (size_t i = 0; i < COUNT(sizes); i++)
        for (int noise = 0; noise < 2; noise++) {
            char *p = arena_alloc(x->a, sizes[i], 1);
            if (noise)
                random_bytes(p, sizes[i]);
            str   bytes = { p, sizes[i] }, back;
            fault f;
            blob  b = put(x, bytes);
            assert_int_equal(b.size, sizes[i]);
            assert_int_equal(get(x, b.digest, &back, &f), ERR_OK);
            assert_true(str_eq(back, bytes));
        }
}

static void the_same_bytes_are_kept_once_and_are_not_readable_as_they_lie(void **st)
{
    fixture *x = *st;
    str      bytes = S("the minutes of the board meeting, in clear text, said several times: the minutes of the board meeting");
    blob     first = put(x, bytes);
    struct stat a, b;
    assert_false(first.known);
    assert_int_equal(stat(path_of(x, first.digest), &a), 0);
    assert_true(put(x, bytes).known);
    assert_int_equal(stat(path_of(x, first.digest), &b), 0);
    assert_int_equal(a.st_ino, b.st_ino);
    assert_int_equal(a.st_mode & 0777, 0400);
    assert_false(str_contains(stored(x, first.digest), S("minutes")));
    assert_int_equal(stat(str_fmt(x->a, "%s/blob.key", x->home).p, &a), 0);
    assert_int_equal(a.st_mode & 0777, 0600);
}

static void any_byte_that_changes_is_told(void **st)
{
    fixture *x = *st;
    char     noise[3000];
    random_bytes(noise, sizeof noise);
    blob     b = put(x, (str){ noise, sizeof noise });
    str      sealed = stored(x, b.digest), back;
    fault    f;
    for (size_t i = 0; i < sealed.n; i += i < 80 ? 1 : 97) {
        char *p = str_z(x->a, sealed);
        p[i] ^= 1;
        overwrite(x, b.digest, (str){ p, sealed.n });
        err_t e = get(x, b.digest, &back, &f);
        if (e != ERR_CORRUPT)
            fail_msg("byte %zu changed: %s", i, err_describe(e)->wire);
    }
    for (size_t n = 0; n < sealed.n; n += 61) {
        overwrite(x, b.digest, str_sub(sealed, 0, n));
        assert_int_equal(get(x, b.digest, &back, &f), ERR_CORRUPT);
    }
    overwrite(x, b.digest, str_fmt(x->a, STR_FMT "x", STR_ARG(sealed)));
    assert_int_equal(get(x, b.digest, &back, &f), ERR_CORRUPT);
    assert_true(strstr(f.text, "altered") != NULL);
}

static void one_blob_cannot_stand_for_another(void **st)
{
    fixture *x = *st;
    blob     one = put(x, S("we are compliant")), two = put(x, S("we are not"));
    str      back;
    fault    f;
    overwrite(x, two.digest, stored(x, one.digest));
    assert_int_equal(get(x, two.digest, &back, &f), ERR_CORRUPT);
    assert_false(put(x, S("we are not")).known);     /* put again, it is whole again */
    assert_int_equal(get(x, two.digest, &back, &f), ERR_OK);
    assert_true(str_eq(back, S("we are not")));
}

static void missing_and_foreign_have_errors_of_their_own(void **st)
{
    fixture *x = *st;
    blob     b = put(x, S("evidence"));
    str      back;
    fault    f;
    const char *key = str_fmt(x->a, "%s/blob.key", x->home).p, *aside = str_fmt(x->a, "%s/aside", x->home).p;
    assert_int_equal(get(x, S("00000000000000000000000000000000000000000000000000000000000000ff"), &back, &f), ERR_NOT_FOUND);
    assert_true(strstr(f.text, "is missing") != NULL);
    assert_int_equal(get(x, S("../../etc/passwd"), &back, &f), ERR_INVALID);
    assert_int_equal(rename(key, aside), 0);
    assert_int_equal(get(x, b.digest, &back, &f), ERR_NOT_FOUND);
    assert_true(strstr(f.text, "key file") != NULL);
    f = (fault){ 0 };
    assert_int_equal(blob_put(open_at(x), x->a, S("more"), &f, &b), ERR_NOT_FOUND);      /* no new key over old files */
    b = (blob){ 0 };
    assert_int_equal(file_replace(key, S("attest-blob-key-1 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\n"), 0600, &f), ERR_OK);
    f = (fault){ 0 };
    hash32 d;
    auto_hasher hasher *h = hasher_new();
    d = sha256_of(h, "evidence", 8);
    assert_int_equal(get(x, hex_of(x->a, d.b, 32), &back, &f), ERR_DENIED);
    assert_true(strstr(f.text, "another key") != NULL);
    assert_int_equal(file_replace(key, S("nonsense\n"), 0600, &f), ERR_OK);
    assert_int_equal(get(x, hex_of(x->a, d.b, 32), &back, &f), ERR_INVALID);
    assert_int_equal(chmod(key, 0644), 0);
    assert_int_equal(get(x, hex_of(x->a, d.b, 32), &back, &f), ERR_DENIED);
}

static void more_than_the_limit_is_refused(void **st)
{
    fixture *x = *st;
    char    *p = arena_alloc(x->a, BLOB_BYTES_MAX + 1, 1);
    fault    f = { 0 };
    blob     b;
    assert_int_equal(blob_put(x->b, x->a, (str){ p, BLOB_BYTES_MAX + 1 }, &f, &b), ERR_TOO_LARGE);
    b = put(x, (str){ p, BLOB_BYTES_MAX });
    assert_int_equal(b.size, BLOB_BYTES_MAX);
    assert_true(stored(x, b.digest).n < 1 << 20);
}

static size_t files_in(fixture *x, const char *ending)
{
    size_t n = 0, total = 0;
    str   *dirs, *names;
    if (dir_names(x->a, str_fmt(x->a, "%s/blobs", x->home).p, 1000, &dirs, &n) != 0)
        return 0;
    for (size_t i = 0, m = 0; i < n; i++) {
        (void)dir_names(x->a, str_fmt(x->a, "%s/blobs/" STR_FMT, x->home, STR_ARG(dirs[i])).p, 1000, &names, &m);
        for (size_t k = 0; k < m; k++)
            total += str_ends(names[k], str_of(ending));
    }
    return total;
}

static void a_full_disk_leaves_nothing_and_the_next_try_works(void **st)
{
    fixture      *x = *st;
    enum { NOISE = 200000 };
    char         *noise = arena_alloc(x->a, NOISE, 1);
    struct rlimit was, small;
    fault         f = { 0 };
    blob          b;
    (void)put(x, S("first"));
    random_bytes(noise, NOISE);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &was), 0);
    small = was;
    small.rlim_cur = 50000;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    err_t e = blob_put(x->b, x->a, (str){ noise, NOISE }, &f, &b);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &was), 0);
    assert_int_not_equal(e, ERR_OK);
    assert_int_equal(files_in(x, ".tmp"), 0);
    assert_int_equal(files_in(x, ""), 1);
    assert_false(put(x, (str){ noise, NOISE }).known);
}

static void what_a_killed_writer_left_is_no_blob_and_is_swept_later(void **st)
{
    fixture *x = *st;
    blob     b = put(x, S("evidence"));
    const char *left = str_fmt(x->a, "%s.0011223344556677.tmp", path_of(x, b.digest)).p;
    str         half = str_sub(stored(x, b.digest), 0, 40), back;
    fault       f = { 0 };
    assert_int_equal(file_replace(left, half, 0600, &f), ERR_OK);
    assert_int_equal(unlink(path_of(x, b.digest)), 0);      /* killed between writing and renaming */
    assert_int_equal(get(x, b.digest, &back, &f), ERR_NOT_FOUND);
    assert_false(put(x, S("evidence")).known);
    assert_int_equal(get(x, b.digest, &back, &f), ERR_OK);
    assert_int_equal(files_in(x, ".tmp"), 1);               /* it may belong to somebody who still writes */
    struct timespec old[2] = { { .tv_sec = 1 }, { .tv_sec = 1 } };
    assert_int_equal(utimensat(AT_FDCWD, left, old, 0), 0);
    assert_int_equal(unlink(path_of(x, b.digest)), 0);
    (void)put(x, S("evidence"));
    assert_int_equal(files_in(x, ".tmp"), 0);
}

static void writers_at_once_end_up_with_one_key_and_whole_files(void **st)
{
    enum { WRITERS = 6 };
    fixture *x = *st;
    pid_t    pids[WRITERS];
    for (int i = 0; i < WRITERS; i++) {
        pids[i] = fork();
        if (pids[i] == 0) {
            arena *a = arena_new(1 << 30);
            blobs *b = blobs_new(a, str_fmt(a, "%s/blobs", x->home).p, str_fmt(a, "%s/blob.key", x->home).p);
            blob   made;
            int    bad = 0;
            for (int k = 0; k < 20; k++)
                bad += blob_put(b, a, str_fmt(a, "evidence %d", k), NULL, &made) != ERR_OK;
            _exit(bad != 0);
        }
    }
    for (int i = 0; i < WRITERS; i++) {
        int status;
        assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
        assert_int_equal(status, 0);
    }
    for (int k = 0; k < 20; k++) {
        auto_hasher hasher *h = hasher_new();
        str    text = str_fmt(x->a, "evidence %d", k), back;
        hash32 d = sha256_of(h, text.p, text.n);
        fault  f;
        assert_int_equal(get(x, hex_of(x->a, d.b, 32), &back, &f), ERR_OK);
        assert_true(str_eq(back, text));
    }
    assert_int_equal(files_in(x, ""), 20);
}

/* ---- types ------------------------------------------------------------------------------ */

#define B(s) { s, sizeof(s) - 1 }
static const char png[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

static void a_file_is_what_its_bytes_show_and_its_name_says(void **st)
{
    static const struct { const char *name; str bytes; const char *media; } rows[] = {
        { "a.pdf", B("%PDF-1.7\n\x80\x81"), "application/pdf" }, { "a.PNG", B(png), "image/png" }, { "shot", B(png), "image/png" },
        { "a.jpeg", B("\xFF\xD8\xFF\xE0\0"), "image/jpeg" }, { "a.gif", B("GIF89a\0"), "image/gif" },
        { "a.webp", B("RIFF\1\2\3\4WEBPVP8 "), "image/webp" }, { "a.txt", B("hello\n"), "text/plain" },
        { "a.csv", B("a,b\n1,2\n"), "text/csv" }, { "a.csv", B("caf\xE9,b\n"), "text/csv" }, { "a.json", B(" {\"a\":1}"), "application/json" },
        { "a.html", B("<!DOCTYPE html><p>"), "text/html" }, { "noname", B("<!DOCTYPE html><p>"), "text/html" },
        { "a.xml", B("<?xml version=\"1.0\"?><a/>"), "application/xml" }, { "a.eml", B("From: a\nTo: b\n\nhi"), "message/rfc822" },
        { "a.md", B("# Minutes\n"), "text/markdown" }, { "a.txt", B("\xFF\xFEh\0i\0"), "text/plain" }, { "MZ.txt", B("MZ is a country code\n"), "text/plain" },
        { "dump", B("\1\2\3\0"), "application/octet-stream" }, { "a.gz", B("\x1F\x8B\x08\0\0"), "application/gzip" },
        { "a.odt", B("PK\3\4aaaaaaaaaaaaaaaaaaaaaaaaaamimetypeapplication/vnd.oasis.opendocument.textPK"), "application/vnd.oasis.opendocument.text" },
    };
    fixture *x = *st;
    for (size_t i = 0; i < COUNT(rows); i++) {
        fault f = { 0 };
        str   media;
        if (blob_type(x->a, str_of(rows[i].name), rows[i].bytes, &f, &media) != ERR_OK)
            fail_msg("%s: %s", rows[i].name, f.text);
        assert_true(str_eq(media, str_of(rows[i].media)));
    }
}

static void a_lying_name_and_a_program_are_refused_with_both_named(void **st)
{
    static const struct { const char *name; str bytes; const char *part; } rows[] = {
        { "a.pdf", B(png), "is called a PDF document, but its bytes are a PNG image" },
        { "a.png", B("plain"), "is called a PNG image, but its bytes are plain text" },
        { "a.txt", B("%PDF-1.7\n"), "is called plain text, but its bytes are a PDF document" },
        { "a.csv", B("PK\3\4aaaaaaaaaaaaaaaaaaaaaaaaaaa"), "is called a CSV table, but its bytes are a ZIP archive" },
        { "a.docx", B("PK\3\4aaaaaaaaaaaaaaaaaaaaaaaaaaa"), "is called a Word document, but its bytes are a ZIP archive" },
        { "a.txt", B("a\0b"), "is called plain text, but its bytes are binary data" },
        { "a.json", B("a,b\n"), "is called JSON" },
        { "report.pdf", B("\x7F" "ELF\2\1\1"), "a Linux program" }, { "a.txt", B("#!/bin/sh\nrm\n"), "a script" },
        { "a.png", B("MZ\x90\0\3\0"), "a Windows program" }, { "a.class", B("\xCA\xFE\xBA\xBE\0"), "a Java" },
        { "run.bat", B("echo hi\n"), "ends with .bat" }, { "a.txt", B(""), "is empty" },
    };
    fixture *x = *st;
    for (size_t i = 0; i < COUNT(rows); i++) {
        fault f = { 0 };
        str   media;
        assert_int_equal(blob_type(x->a, str_of(rows[i].name), rows[i].bytes, &f, &media), ERR_INVALID);
        if (!strstr(f.text, rows[i].part))
            fail_msg("%s: %s", rows[i].name, f.text);
    }
}

/* A central directory with one name, and its end. */
static str zip_with(arena *a, const char *name)
{
    buf     b = buf_new(a, 4096);
    size_t  n = strlen(name);
    char    entry[46] = "PK\1\2", end_of[22] = "PK\5\6";
    buf_put(&b, "PK\3\4", 4);
    buf_put(&b, (char[26]){ 0 }, 26);
    size_t at = b.n;
    entry[28] = (char)n;
    buf_put(&b, entry, sizeof entry);
    buf_put(&b, name, n);
    end_of[10] = 1;
    end_of[16] = (char)at;
    buf_put(&b, end_of, sizeof end_of);
    return buf_str(&b);
}

static void office_files_are_told_from_archives_by_what_is_inside(void **st)
{
    static const struct { const char *name, *inside; bool good; } rows[] = {
        { "a.docx", "word/document.xml", true }, { "a.xlsx", "xl/workbook.xml", true }, { "a.pptx", "ppt/presentation.xml", true },
        { "a.zip", "notes.txt", true }, { "a.docx", "xl/workbook.xml", false }, { "a.zip", "word/document.xml", false },
        { "a.zip", "META-INF/MANIFEST.MF", false }, { "a.zip", "classes.dex", false },
    };
    fixture *x = *st;
    for (size_t i = 0; i < COUNT(rows); i++) {
        fault f = { 0 };
        str   media;
        err_t e = blob_type(x->a, str_of(rows[i].name), zip_with(x->a, rows[i].inside), &f, &media);
        if ((e == ERR_OK) != rows[i].good)
            fail_msg("%s with %s: %s", rows[i].name, rows[i].inside, f.text);
    }
}

#define TEST(t) cmocka_unit_test_setup_teardown(t, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_blob_is_named_by_its_sha_256),
        TEST(what_is_put_comes_back_whatever_its_size),
        TEST(the_same_bytes_are_kept_once_and_are_not_readable_as_they_lie),
        TEST(any_byte_that_changes_is_told),
        TEST(one_blob_cannot_stand_for_another),
        TEST(missing_and_foreign_have_errors_of_their_own),
        TEST(more_than_the_limit_is_refused),
        TEST(a_full_disk_leaves_nothing_and_the_next_try_works),
        TEST(what_a_killed_writer_left_is_no_blob_and_is_swept_later),
        TEST(writers_at_once_end_up_with_one_key_and_whole_files),
        TEST(a_file_is_what_its_bytes_show_and_its_name_says),
        TEST(a_lying_name_and_a_program_are_refused_with_both_named),
        TEST(office_files_are_told_from_archives_by_what_is_inside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
