/* Keys, signed notes, checkpoints, cosignatures, policies and proofs: what is
 * accepted, and every way of being wrong. */
#include "test.h"
#include "ledger/ledger.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
    arena  *a;
    hasher *h;
    note_signer *log, *other, *w1, *w2, *w3;
    char    dir[64];
} state;

static int begin(void **st)
{
    arena *a = arena_new(64 << 20);
    state *s = NEW(a, state);
    s->a = a;
    s->h = hasher_new();
    s->log = note_signer_new(S("ledger.example.com/soc2"));
    s->other = note_signer_new(S("elsewhere.example"));
    s->w1 = witness_signer_new(S("w1.example"));
    s->w2 = witness_signer_new(S("w2.example"));
    s->w3 = witness_signer_new(S("w3.example"));
    snprintf(s->dir, sizeof s->dir, "/tmp/attest-note-XXXXXX");
    *st = s;
    return mkdtemp(s->dir) ? 0 : -1;
}

static int end(void **st)
{
    state *s = *st;
    note_signer *keys[] = { s->log, s->other, s->w1, s->w2, s->w3 };
    for (size_t i = 0; i < COUNT(keys); i++)
        note_signer_free(keys[i]);
    hasher_free(s->h);
    arena *a = s->a;
    int    e = rmdir(s->dir);
    arena_free(a);
    return e;
}

static str file_in(state *s, const char *name) { return str_fmt(s->a, "%s/%s", s->dir, name); }

static void check_str(str have, str want)
{
    if (!str_eq(have, want))
        fail_msg("have \"%.*s\", want \"%.*s\"", STR_ARG(have), STR_ARG(want));
}

static err_t opened(state *s, str bytes, note *ret)
{
    return note_open(s->a, s->h, bytes, note_signer_public(s->log), 1, NULL, ret);
}

static str signed_text(state *s, str text)
{
    str out = S("");
    assert_int_equal(note_sign(s->a, text, s->log, &out), ERR_OK);
    return out;
}

/* ---- keys ---- */

/* The key of the Go checksum database, as published. */
static void a_published_verifier_key_is_read_and_written_back(void **st)
{
    state        *s = *st;
    note_verifier v;
    str           text = S("sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8");
    assert_int_equal(verifier_parse(s->a, text, NULL, &v), ERR_OK);
    check_str(v.name, S("sum.golang.org"));
    assert_int_equal(v.type, KEY_ED25519);
    check_str(verifier_text(s->a, &v), text);
}

static void wrong_verifier_keys_are_refused(void **st)
{
    static const char *const rows[] = {
        "", "sum.golang.org", "sum.golang.org+033de0ae", "sum.golang.org+033de0ae+",
        "sum.golang.org+033DE0AE+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
        "sum.golang.org+033de0af+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
        "sum.golang.or+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
        "+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
        "sum golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
        "sum\xC2\xA0golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
        "sum\xE2\x80\x89golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
        "sum.golang.org+33de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
        "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8=",
        "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuA==",
        "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8\n",
        "sum.golang.org+033de0ae+As4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
    };
    state *s = *st;
    for (size_t i = 0; i < COUNT(rows); i++) {
        note_verifier v;
        fault         f = { 0 };
        if (verifier_parse(s->a, str_of(rows[i]), &f, &v) != ERR_INVALID || !f.text[0])
            fail_msg("accepted: %s", rows[i]);
    }
}

static void a_key_file_keeps_the_key_and_only_the_owner_may_read_it(void **st)
{
    state           *s = *st;
    auto_note_signer note_signer *again = NULL;
    const char      *path = file_in(s, "key").p;
    struct stat      sb;
    mode_t           mask = umask(0);
    assert_int_equal(note_signer_save(s->log, path, NULL), ERR_OK);
    umask(mask);
    assert_int_equal(stat(path, &sb), 0);
    assert_int_equal(sb.st_mode & 07777, 0600);
    assert_int_equal(note_signer_load(path, NULL, &again), ERR_OK);
    check_str(verifier_text(s->a, note_signer_public(again)), verifier_text(s->a, note_signer_public(s->log)));
    fault f = { 0 };
    assert_int_equal(note_signer_save(s->log, path, &f), ERR_CONFLICT);      /* never over another key */
    static const mode_t open_modes[] = { 0640, 0604, 0660, 0610, 0601 };
    for (size_t i = 0; i < COUNT(open_modes); i++) {
        note_signer *k = NULL;
        f = (fault){ 0 };
        assert_int_equal(chmod(path, open_modes[i]), 0);
        assert_int_equal(note_signer_load(path, &f, &k), ERR_DENIED);
        assert_non_null(strstr(f.text, "chmod 600"));
    }
    assert_int_equal(unlink(path), 0);
}

static void put_file(const char *path, str bytes)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes.p, bytes.n), (ssize_t)bytes.n);
    close(fd);
}

static void wrong_key_files_are_refused(void **st)
{
    state      *s = *st;
    const char *path = file_in(s, "key").p, *link = file_in(s, "link").p;
    str         good;
    note_signer *k = NULL;
    assert_int_equal(note_signer_save(s->log, path, NULL), ERR_OK);
    assert_int_equal(file_read(s->a, path, 4096, NULL, &good), ERR_OK);
    assert_int_equal(symlink(path, link), 0);
    assert_int_not_equal(note_signer_load(link, NULL, &k), ERR_OK);
    for (size_t cut = 0; cut < good.n; cut++) {
        put_file(path, str_sub(good, 0, cut));
        assert_int_equal(note_signer_load(path, NULL, &k), ERR_INVALID);
    }
    for (size_t i = 0; i < good.n; i++) {
        char *bad = str_z(s->a, good);
        bad[i] ^= 1;
        put_file(path, (str){ bad, good.n });
        assert_int_equal(note_signer_load(path, NULL, &k), ERR_INVALID);
    }
    put_file(path, str_fmt(s->a, STR_FMT "\n", STR_ARG(good)));
    assert_int_equal(note_signer_load(path, NULL, &k), ERR_INVALID);
    assert_int_equal(note_signer_load(s->dir, NULL, &k), ERR_INVALID);
    unlink(link);
    unlink(path);
    assert_int_equal(note_signer_load(path, NULL, &k), ERR_NOT_FOUND);
    assert_null(k);
}

/* ---- notes ---- */

static void a_signed_note_opens_and_every_changed_byte_shows(void **st)
{
    state *s = *st;
    note   n;
    str    good = signed_text(s, S("If you think cryptography is the answer\n\nthen look again.\n"));
    assert_int_equal(opened(s, good, &n), ERR_OK);
    check_str(n.text, S("If you think cryptography is the answer\n\nthen look again.\n"));
    assert_int_equal(n.n_signatures, 1);
    assert_ptr_equal(n.signatures[0].verified, note_signer_public(s->log));
    for (size_t i = 0; i < good.n; i++)
        for (int bit = 0; bit < 8; bit++) {
            char *bad = str_z(s->a, good);
            bad[i] = (char)(bad[i] ^ 1 << bit);
            if (opened(s, (str){ bad, good.n }, &n) != ERR_INVALID)
                fail_msg("byte %zu, bit %d may change", i, bit);
        }
    for (size_t cut = 0; cut < good.n; cut++)
        assert_int_equal(opened(s, str_sub(good, 0, cut), &n), ERR_INVALID);
}

static str replace(arena *a, str s, const char *from, const char *to)
{
    const char *at = memmem(s.p, s.n, from, strlen(from));
    assert_non_null(at);
    size_t before = (size_t)(at - s.p), after = before + strlen(from);
    return str_fmt(a, STR_FMT "%s" STR_FMT, STR_ARG(str_sub(s, 0, before)), to, STR_ARG(str_sub(s, after, s.n)));
}

static void malformed_notes_are_refused(void **st)
{
    static const struct { const char *from, *to, *why; } rows[] = {
        { "two\n\n", "two\n", "no empty line" },       { "two\n\n", "two\r\n\n", "CR in the text" },
        { "one\n", "one\t\n", "TAB in the text" },     { "one\n", "o\xFFne\n", "not UTF-8" },
        { "=\n", "\n", "padding missing" },            { "=\n", "= \n", "blank after base64" },
        { "=\n", "=\r\n", "CR at the end" },           { "=\n", "=", "no LF at the end" },
        { "=\n", "=\n\n", "empty line at the end" },   { "=\n", "=\njunk\n", "junk line at the end" },
        { "=\n", "=\njunk", "junk at the end" },       { "\n\xE2\x80\x94 ", "\n- ", "another dash" },
        { "\n\xE2\x80\x94 ", "\n\xE2\x80\x94", "no blank after the dash" },
        { "\n\xE2\x80\x94 ", "\n \xE2\x80\x94 ", "blank before the dash" },
        { "\xE2\x80\x94 ledger", "\xE2\x80\x94  ledger", "two blanks" },
        { "/soc2 ", "/so+c2 ", "plus in a name" },     { "/soc2 ", "/so\xE2\x80\xA8" "c2 ", "line separator in a name" },
        { "/soc2 ", "/soc2  ", "two blanks after the name" },
        { "one\n", "\x01one\n", "control character" }, { "=\n", "=\n\xE2\x80\x94 x AAAAAA==\n", "four bytes of signature" },
        { "=\n", "=\n\xE2\x80\x94 x \n", "no base64" }, { "=\n", "=\n\xE2\x80\x94 x AAA*AAAA\n", "not base64" },
    };
    state *s = *st;
    note   n;
    str    good = signed_text(s, S("one\ntwo\n"));
    for (size_t i = 0; i < COUNT(rows); i++) {
        fault f = { 0 };
        str   bad = replace(s->a, good, rows[i].from, rows[i].to);
        if (note_open(s->a, s->h, bad, note_signer_public(s->log), 1, &f, &n) != ERR_INVALID || !f.text[0])
            fail_msg("accepted: %s", rows[i].why);
    }
    assert_int_equal(opened(s, S("\n\n"), &n), ERR_INVALID);
    assert_int_equal(opened(s, S("\n"), &n), ERR_INVALID);
}

static void unknown_signatures_are_passed_over_and_a_bad_known_one_is_not(void **st)
{
    state *s = *st;
    note   n;
    str    text = S("body\n"), mine = signed_text(s, text), theirs;
    assert_int_equal(note_sign(s->a, text, s->other, &theirs), ERR_OK);
    str their_line = str_sub(theirs, text.n + 1, theirs.n), my_line = str_sub(mine, text.n + 1, mine.n);
    str both = str_fmt(s->a, STR_FMT STR_FMT, STR_ARG(mine), STR_ARG(their_line));
    assert_int_equal(opened(s, both, &n), ERR_OK);
    assert_int_equal(n.n_signatures, 2);
    assert_int_equal(n.n_verified, 1);
    assert_int_equal(opened(s, theirs, &n), ERR_INVALID);

    /* the other's signature is over another text: known, it spoils the note */
    str wrong;
    assert_int_equal(note_sign(s->a, S("other body\n"), s->other, &wrong), ERR_OK);
    str wrong_line = str_sub(wrong, sizeof "other body\n", wrong.n);
    str mixed = str_fmt(s->a, STR_FMT STR_FMT, STR_ARG(mine), STR_ARG(wrong_line));
    note_verifier keys[2] = { *note_signer_public(s->log), *note_signer_public(s->other) };
    assert_int_equal(opened(s, mixed, &n), ERR_OK);
    assert_int_equal(note_open(s->a, s->h, mixed, keys, 2, NULL, &n), ERR_INVALID);
    assert_int_equal(note_open(s->a, s->h, both, keys, 2, NULL, &n), ERR_OK);
    assert_int_equal(n.n_verified, 2);

    buf many = buf_new(s->a, 1 << 20);
    buf_puts(&many, mine);
    for (int i = 1; i < 100; i++)
        buf_puts(&many, their_line);
    assert_int_equal(opened(s, buf_str(&many), &n), ERR_OK);
    assert_int_equal(n.n_signatures, 100);
    buf_puts(&many, my_line);
    assert_int_equal(opened(s, buf_str(&many), &n), ERR_INVALID);
}

static void only_text_that_can_be_a_note_is_signed(void **st)
{
    static const char *const rows[] = { "", "no LF", "tab\there\n", "CR\r\n", "bad \xC0\x80\n" };
    state *s = *st;
    str    out;
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(note_sign(s->a, str_of(rows[i]), s->log, &out), ERR_INVALID);
    assert_int_equal(note_sign(s->a, S("text\n"), s->w1, &out), ERR_INVALID);
}

/* ---- checkpoints and cosignatures ---- */

#define ROOT "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="

static void checkpoints_are_read_and_written_back(void **st)
{
    static const char *const good[] = { "o\n0\n" ROOT "\n", "a.b/c\n9223372036854775807\n" ROOT "\n" };
    state     *s = *st;
    checkpoint c;
    for (size_t i = 0; i < COUNT(good); i++) {
        assert_int_equal(checkpoint_parse(s->a, str_of(good[i]), NULL, &c), ERR_OK);
        check_str(checkpoint_text(s->a, &c), str_of(good[i]));
    }
    assert_int_equal(checkpoint_parse(s->a, S("o\n7\n" ROOT "\nextension\n"), NULL, &c), ERR_OK);
    assert_int_equal(c.size, 7);
}

static void malformed_checkpoints_are_refused(void **st)
{
    static const char *const rows[] = {
        "", "o\n", "o\n1\n", "\n1\n" ROOT "\n", "o\n1\n" ROOT, "o\n01\n" ROOT "\n", "o\n00\n" ROOT "\n",
        "o\n+1\n" ROOT "\n", "o\n-1\n" ROOT "\n", "o\n 1\n" ROOT "\n", "o\n1 \n" ROOT "\n", "o\n0x1\n" ROOT "\n",
        "o\n\n" ROOT "\n", "o\n9223372036854775808\n" ROOT "\n", "o\n1\r\n" ROOT "\n", "o\n1\n" ROOT "\r\n",
        "o\n1\n" ROOT "=\n", "o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU\n", "o\n1\nAAAA\n", "o\n1\n\n",
        "o\n1\n" ROOT " \n", "o\n1\n" ROOT "\n\n", "o\n1\n" ROOT "\nx", "o\n1\n" ROOT "\nx\n\n", "o\x01\n1\n" ROOT "\n",
        "o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n",
    };
    state *s = *st;
    for (size_t i = 0; i < COUNT(rows); i++) {
        checkpoint c;
        if (checkpoint_parse(s->a, str_of(rows[i]), NULL, &c) != ERR_INVALID)
            fail_msg("accepted row %zu: %s", i, rows[i]);
    }
}

static str checkpoint_of_size(state *s, uint64_t size)
{
    checkpoint c = { note_signer_public(s->log)->name, size, sha256_of(s->h, "x", 1) };
    return signed_text(s, checkpoint_text(s->a, &c));
}

static str cosigned(state *s, str checkpoint_note, const note_signer *w, uint64_t at_s)
{
    note n;
    str  line;
    assert_int_equal(opened(s, checkpoint_note, &n), ERR_OK);
    assert_int_equal(cosign(s->a, n.text, w, at_s, &line), ERR_OK);
    return str_fmt(s->a, STR_FMT STR_FMT, STR_ARG(checkpoint_note), STR_ARG(line));
}

static void a_cosignature_says_when_and_holds_for_its_text_and_time_only(void **st)
{
    state        *s = *st;
    note          n;
    note_verifier keys[2] = { *note_signer_public(s->log), *note_signer_public(s->w1) };
    str           cp = checkpoint_of_size(s, 7), good = cosigned(s, cp, s->w1, 1679315147), line, bytes;
    assert_int_equal(note_open(s->a, s->h, good, keys, 2, NULL, &n), ERR_OK);
    assert_int_equal(n.n_verified, 2);
    assert_int_equal(n.signatures[1].cosigned_s, 1679315147);
    assert_int_equal(n.signatures[1].bytes.n, 72);

    str body = n.text, later = checkpoint_of_size(s, 8);
    assert_int_equal(cosign(s->a, body, s->w1, 5, &line), ERR_OK);
    str other = str_fmt(s->a, STR_FMT STR_FMT, STR_ARG(later), STR_ARG(line));
    assert_int_equal(note_open(s->a, s->h, other, keys, 2, NULL, &n), ERR_INVALID);

    /* another time in front of the same signature */
    str base64 = str_sub(line, sizeof "\xE2\x80\x94 w1.example", line.n - 1);
    assert_true(base64_parse(s->a, base64, &bytes));
    char *moved = str_z(s->a, bytes);
    moved[11] = 6;
    other = str_fmt(s->a, STR_FMT "\xE2\x80\x94 w1.example " STR_FMT "\n", STR_ARG(cp), STR_ARG(base64_of(s->a, moved, bytes.n)));
    assert_int_equal(note_open(s->a, s->h, other, keys, 2, NULL, &n), ERR_INVALID);

    assert_int_equal(cosign(s->a, body, s->log, 5, &line), ERR_INVALID);        /* not a witness's key */
    assert_int_equal(cosign(s->a, body, s->w1, UINT64_MAX, &line), ERR_INVALID);
    assert_int_equal(cosign(s->a, S("not a checkpoint\n"), s->w1, 5, &line), ERR_INVALID);
}

/* ---- policies ---- */

static str vkey(state *s, const note_signer *k) { return verifier_text(s->a, note_signer_public(k)); }

/* %L, %O, %1, %2, %3 stand for the keys. */
static str policy_of(state *s, const char *form)
{
    buf b = buf_new(s->a, 1 << 20);
    for (; *form; form++) {
        const note_signer *k = NULL;
        if (*form == '%')
            switch (*++form) {
            case 'L': k = s->log; break;
            case 'O': k = s->other; break;
            case '1': k = s->w1; break;
            case '2': k = s->w2; break;
            default:  k = s->w3;
            }
        if (k)
            buf_puts(&b, vkey(s, k));
        else
            buf_putc(&b, *form);
    }
    return buf_str(&b);
}

static void policies_ask_for_their_log_and_their_quorum(void **st)
{
    static const struct { const char *form; int cosigners; bool good; } rows[] = {
        { "log %L\nquorum none\n", 0, true },
        { "log %O\nquorum none\n", 0, false },
        { "log %O https://x\nlog %L\nquorum none\n", 0, true },
        { "quorum none\n", 7, false },
        { "log %L\nwitness a %1\nquorum a\n", 0, false },
        { "log %L\nwitness a %1\nquorum a\n", 1, true },
        { "log %L\nwitness a %1\nquorum a\n", 2, false },
        { "  log\t%L\n# why\n\nwitness a %1 https://w\nwitness b %2\ngroup g any a b\nquorum g\n", 2, true },
        { "log %L\nwitness a %1\nwitness b %2\ngroup g all a b\nquorum g\n", 2, false },
        { "log %L\nwitness a %1\nwitness b %2\ngroup g all a b\nquorum g\n", 3, true },
        { "log %L\nwitness a %1\nwitness b %2\nwitness c %3\ngroup g 2 a b c\nquorum g\n", 5, true },
        { "log %L\nwitness a %1\nwitness b %2\nwitness c %3\ngroup g 2 a b c\nquorum g\n", 4, false },
        { "log %L\nwitness a %1\nwitness b %2\nwitness c %3\ngroup g any a b\ngroup h all g c\nquorum h\n", 5, true },
        { "log %L\nwitness a %1\nwitness b %2\nwitness c %3\ngroup g any a b\ngroup h all g c\nquorum h\n", 3, false },
        { "log %L\nwitness a %1\nwitness b %2\ngroup g any a b\nquorum a\n", 2, false },
    };
    state *s = *st;
    const note_signer *witnesses[3] = { s->w1, s->w2, s->w3 };
    for (size_t i = 0; i < COUNT(rows); i++) {
        policy    *p;
        checkpoint c;
        fault      f = { 0 };
        str        cp = checkpoint_of_size(s, 7);
        for (int w = 0; w < 3; w++)
            if (rows[i].cosigners & 1 << w)
                cp = cosigned(s, cp, witnesses[w], 99);
        if (policy_parse(s->a, policy_of(s, rows[i].form), &f, &p) != ERR_OK)
            fail_msg("row %zu: %s", i, f.text);
        err_t e = policy_check(s->a, s->h, p, cp, &f, &c);
        if (e != (rows[i].good ? ERR_OK : ERR_INVALID))
            fail_msg("row %zu: %u %s", i, e, f.text);
    }
}

static void malformed_policies_are_refused_by_line(void **st)
{
    static const char *const rows[] = {
        "", "log %L\n", "quorum\n", "quorum none", "quorum none none\n", "quorum none\nquorum none\n", "quorum a\n",
        "log\nquorum none\n", "log %L x y\nquorum none\n", "log %L\nlog %L\nquorum none\n", "log %1\nquorum none\n",
        "log %L\r\nquorum none\n", "witness a %L\nquorum a\n", "witness a\nquorum a\n", "witness none %1\nquorum none\n",
        "witness a %1\nwitness a %2\nquorum a\n", "witness a %1\nwitness b %1\nquorum a\n",
        "witness a %1 u v\nquorum a\n", "quorum a\nwitness a %1\n", "group g any\nquorum g\n", "group g any a\nquorum g\n",
        "witness a %1\ngroup g 0 a\nquorum g\n", "witness a %1\ngroup g 2 a\nquorum g\n",
        "witness a %1\ngroup g 01 a\nquorum g\n", "witness a %1\ngroup g +1 a\nquorum g\n",
        "witness a %1\ngroup g some a\nquorum g\n", "witness a %1\ngroup g any a a\nquorum g\n",
        "witness a %1\ngroup g any a\ngroup h any a\nquorum h\n", "witness a %1\ngroup a any a\nquorum a\n",
        "witness a %1\ngroup g any none\nquorum g\n", "group g any g\nquorum g\n", "policy x\nquorum none\n",
        "quorum none\n\x7F\n", "log %L+\nquorum none\n",
    };
    state *s = *st;
    for (size_t i = 0; i < COUNT(rows); i++) {
        policy *p;
        fault   f = { 0 };
        if (policy_parse(s->a, policy_of(s, rows[i]), &f, &p) != ERR_INVALID || !strstr(f.text, "policy"))
            fail_msg("accepted row %zu: %s (%s)", i, rows[i], f.text);
    }
}

/* ---- proofs ---- */

/* A proof of entry "one" as number 1 of a tree of three. */
static str proof_of_three(state *s, bool with_extra)
{
    hash32  leaves[3] = { merkle_leaf(s->h, "zero", 4), merkle_leaf(s->h, "one", 3), merkle_leaf(s->h, "two", 3) };
    merkle_range r = { 0 };
    for (size_t i = 0; i < 3; i++)
        merkle_add(s->h, &r, &leaves[i]);
    checkpoint c = { note_signer_public(s->log)->name, 3, merkle_root(s->h, &r) };
    tlog_proof p = { .index = 1, .has_extra = with_extra, .extra = S("seen"),
                     .checkpoint_note = signed_text(s, checkpoint_text(s->a, &c)) };
    merkle_path(s->a, s->h, leaves, 3, 1, &p.path, &p.n_path);
    return proof_text(s->a, &p);
}

static void a_proof_is_read_back_and_holds_for_its_entry_only(void **st)
{
    state *s = *st;
    policy *pol;
    assert_int_equal(policy_parse(s->a, policy_of(s, "log %L\nquorum none\n"), NULL, &pol), ERR_OK);
    for (int extra = 0; extra < 2; extra++) {
        tlog_proof p;
        str        text = proof_of_three(s, extra);
        assert_int_equal(proof_parse(s->a, text, NULL, &p), ERR_OK);
        check_str(proof_text(s->a, &p), text);
        assert_int_equal(p.has_extra, extra);
        assert_int_equal(proof_check(s->a, s->h, &p, S("one"), pol, NULL), ERR_OK);
        assert_int_equal(proof_check(s->a, s->h, &p, S("two"), pol, NULL), ERR_INVALID);
        p.index = 0;
        assert_int_equal(proof_check(s->a, s->h, &p, S("one"), pol, NULL), ERR_INVALID);
    }
}

static void every_changed_byte_of_a_proof_shows(void **st)
{
    state *s = *st;
    policy *pol;
    str     good = proof_of_three(s, false);
    assert_int_equal(policy_parse(s->a, policy_of(s, "log %L\nquorum none\n"), NULL, &pol), ERR_OK);
    for (size_t i = 0; i < good.n; i++) {
        tlog_proof p;
        char      *bad = str_z(s->a, good);
        bad[i] ^= 1;
        if (proof_parse(s->a, (str){ bad, good.n }, NULL, &p) == ERR_OK &&
            proof_check(s->a, s->h, &p, S("one"), pol, NULL) == ERR_OK)
            fail_msg("byte %zu may change", i);
        if (proof_parse(s->a, str_sub(good, 0, i), NULL, &p) == ERR_OK)
            fail_msg("cut at %zu accepted", i);
    }
}

static void malformed_proofs_are_refused(void **st)
{
    static const struct { const char *from, *to; } rows[] = {
        { "@v1\n", "@v2\n" },          { "@v1\n", "@v1\r\n" },        { "@v1\n", "@v1 \n" },     { "@v1\n", "@v1\n\n" },
        { "index 1", "index 01" },     { "index 1", "index +1" },     { "index 1", "index 1 " }, { "index 1", "index" },
        { "index 1", "index 3" },      { "index 1", "Index 1" },      { "index 1", "index -1" }, { "=\n\n", "=\n" },
        { "extra c2Vlbg==", "extra c2Vlbg" }, { "extra c2Vlbg==", "extra c2Vlbh==" }, { "extra ", "extra" },
        { "extra c2Vlbg==\n", "extra c2Vlbg==\nextra c2Vlbg==\n" },   { "=\n\n", "=\nAAAA\n\n" },
        { "index 1\n", "index 1\n \n" }, { "=\n\n", "=\nA" ROOT "\n\n" }, { "=\n\n", "=\r\n\n" },
    };
    state     *s = *st;
    tlog_proof p;
    str        good = proof_of_three(s, true);
    for (size_t i = 0; i < COUNT(rows); i++) {
        fault f = { 0 };
        if (proof_parse(s->a, replace(s->a, good, rows[i].from, rows[i].to), &f, &p) != ERR_INVALID || !f.text[0])
            fail_msg("accepted row %zu: %s", i, rows[i].to);
    }
    buf b = buf_new(s->a, 1 << 20);
    buf_puts(&b, S("index 1\n"));
    for (int i = 0; i < 62; i++)
        buf_puts(&b, S(ROOT "\n"));
    assert_int_equal(proof_parse(s->a, replace(s->a, good, "index 1\n", str_z(s->a, buf_str(&b))), NULL, &p), ERR_INVALID);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        T(a_published_verifier_key_is_read_and_written_back), T(wrong_verifier_keys_are_refused),
        T(a_key_file_keeps_the_key_and_only_the_owner_may_read_it), T(wrong_key_files_are_refused),
        T(a_signed_note_opens_and_every_changed_byte_shows), T(malformed_notes_are_refused),
        T(unknown_signatures_are_passed_over_and_a_bad_known_one_is_not), T(only_text_that_can_be_a_note_is_signed),
        T(checkpoints_are_read_and_written_back), T(malformed_checkpoints_are_refused),
        T(a_cosignature_says_when_and_holds_for_its_text_and_time_only),
        T(policies_ask_for_their_log_and_their_quorum), T(malformed_policies_are_refused_by_line),
        T(a_proof_is_read_back_and_holds_for_its_entry_only), T(every_changed_byte_of_a_proof_shows),
        T(malformed_proofs_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
