#include "collect/git/secret.h"

#include <ctype.h>
#include <math.h>

enum { VALUE_MIN = 12, VALUE_MAX = 200, NAME_MAX_BYTES = 64 };

/* ---- tables ------------------------------------------------------------------ */

/* A prefix nobody writes by accident, then min..max characters of the set. */
typedef struct {
    const char *rule, *prefix, *more;    /* more: characters beside letters and digits; "A": capitals and digits only */
    size_t      min, max;
} token_rule;

static const token_rule tokens[] = {
    { "aws-access-key", "AKIA", "A", 16, 16 },
    { "aws-access-key", "ASIA", "A", 16, 16 },
    { "github-token", "ghp_", "", 36, 36 },
    { "github-token", "gho_", "", 36, 36 },
    { "github-token", "ghu_", "", 36, 36 },
    { "github-token", "ghs_", "", 36, 36 },
    { "github-token", "ghr_", "", 36, 76 },
    { "github-token", "github_pat_", "_", 82, 82 },
    { "gitlab-token", "glpat-", "_-", 20, 64 },
    { "gitlab-token", "gldt-", "_-", 20, 64 },
    { "slack-token", "xoxb-", "-", 20, 120 },
    { "slack-token", "xoxp-", "-", 20, 120 },
    { "slack-token", "xoxa-", "-", 20, 120 },
    { "slack-token", "xoxr-", "-", 20, 120 },
    { "slack-token", "xoxs-", "-", 20, 120 },
    { "slack-webhook", "hooks.slack.com/services/T", "/", 30, 80 },
    { "stripe-key", "sk_live_", "", 20, 120 },
    { "stripe-key", "rk_live_", "", 20, 120 },
    { "google-api-key", "AIza", "_-", 35, 35 },
    { "npm-token", "npm_", "", 36, 36 },
    { "pypi-token", "pypi-AgEIcHlwaS5vcmc", "_-", 50, 400 },
    { "sendgrid-key", "SG.", "._-", 66, 66 },
    { "digitalocean-token", "dop_v1_", "", 64, 64 },
    { "shopify-token", "shpat_", "", 32, 32 },
    { "age-key", "AGE-SECRET-KEY-1", "A", 58, 58 },
};

static const char *const placeholders[] = {
    "example", "xxxx", "changeme", "change-me", "change_me", "placeholder", "redacted", "123456", "abcdef", "....", "****",
};
/* Words a made-up value holds, but a random one of a token's length may not be judged by. */
static const char *const made_up[] = {
    "your", "insert", "dummy", "sample", "test", "fake", "foobar", "qwerty", "todo", "password", "passwd", "secret", "token", "12345",
};
static const char *const secret_names[] = {
    "password", "passwd", "passphrase", "secret", "token", "api_key", "api-key", "apikey", "access_key", "access-key",
    "accesskey", "auth_key", "authkey", "private_key", "privatekey", "credential",
};
/* Names that speak about a secret and do not hold it. */
static const char *const about[] = {
    "url", "uri", "name", "path", "file", "type", "field", "label", "prefix", "env", "_id", "length", "policy", "header",
    "regex", "pattern", "endpoint", "param", "column", "ttl", "format", "title", "text", "message", "placeholder", "hint",
    "arn", "issuer", "algorithm", "digest", "hash", "fingerprint", "selector", "class", "version",
};

struct secret_scanner {
    uint8_t pairs[65536 / 8];            /* two bytes something may begin with */
};

typedef struct {
    const secret_scanner *sc;
    str                   text;
    bool                  settings;
    void                (*hit)(void *arg, const secret_hit *h);
    void                 *arg;
    size_t                counted;       /* lines are counted up to here */
    int64_t               line;
    const char           *told[8];       /* rules told on this line */
    size_t                n_told;
} scan;

static void mark(secret_scanner *sc, char x, char y)
{
    unsigned k = (unsigned)(unsigned char)x | (unsigned)(unsigned char)y << 8;
    sc->pairs[k >> 3] |= (uint8_t)(1u << (k & 7));
}

secret_scanner *secret_scanner_new(arena *a)
{
    secret_scanner *sc = NEW(a, secret_scanner);
    for (size_t i = 0; i < COUNT(tokens); i++)
        mark(sc, tokens[i].prefix[0], tokens[i].prefix[1]);
    mark(sc, 'e', 'y');
    mark(sc, '-', '-');
    for (int c = ' '; c < 127; c++) {
        mark(sc, '=', (char)c);
        if (c == ' ' || c == '"' || c == '\'' || c == '`')
            mark(sc, ':', (char)c);
    }
    return sc;
}

/* ---- judging values -------------------------------------------------------------- */

static bool contains_nocase(str s, const char *part)
{
    size_t n = strlen(part);
    for (size_t i = 0; i + n <= s.n; i++)
        if (strncasecmp(s.p + i, part, n) == 0)
            return true;
    return false;
}

static bool has_any(str s, const char *const *parts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (contains_nocase(s, parts[i]))
            return true;
    return false;
}

static bool repeats(str s)
{
    size_t run = 1;
    for (size_t i = 1; i < s.n; i++) {
        run = s.p[i] == s.p[i - 1] ? run + 1 : 1;
        if (run >= 6)
            return true;
    }
    return false;
}

static double entropy_bits(str s)
{
    unsigned count[256] = { 0 };
    double   bits = 0;
    for (size_t i = 0; i < s.n; i++)
        count[(unsigned char)s.p[i]]++;
    for (size_t i = 0; i < COUNT(count); i++)
        if (count[i])
            bits -= count[i] * log2((double)count[i] / (double)s.n);
    return s.n ? bits / (double)s.n : 0;
}

static bool is_real_token(str random_part)
{
    return !has_any(random_part, placeholders, COUNT(placeholders)) && !repeats(random_part) &&
           entropy_bits(str_sub(random_part, 0, 64)) >= (random_part.n < 20 ? 2.5 : 3.0);
}

/* Random enough, and not code, a path, a template or something said for show. */
static bool is_real_value(str v)
{
    size_t digits = 0, uppers = 0, lowers = 0, signs = 0;
    if (v.n < VALUE_MIN || v.n > VALUE_MAX || strchr("/.$%<{@[(", v.p[0]))
        return false;
    for (size_t i = 0; i < v.n; i++) {
        unsigned char c = (unsigned char)v.p[i];
        if (c <= ' ' || c >= 127 || strchr("()[]{}<>;,\\`\"'", c))
            return false;
        digits += isdigit(c) != 0;
        uppers += isupper(c) != 0;
        lowers += islower(c) != 0;
        signs += ispunct(c) != 0 && c != '_' && c != '-' && c != '.';
    }
    bool mixed = digits && (uppers || lowers) && (digits > 2 || (uppers && lowers) || signs);
    return mixed && entropy_bits(v) >= 3.2 && !repeats(v) && !contains_nocase(v, "://") &&
           !has_any(v, placeholders, COUNT(placeholders)) && !has_any(v, made_up, COUNT(made_up));
}

static bool is_secret_name(str name)
{
    if (!has_any(name, secret_names, COUNT(secret_names)))
        return false;
    for (size_t i = 0; i < COUNT(about); i++) {
        size_t n = strlen(about[i]);
        if (name.n >= n && strncasecmp(name.p + name.n - n, about[i], n) == 0)
            return false;
    }
    return true;
}

/* ---- rules at a place ---------------------------------------------------------------- */

static void tell(scan *s, const char *rule, size_t at, size_t length)
{
    for (const char *lf; s->counted < at && (lf = memchr(s->text.p + s->counted, '\n', at - s->counted)); s->line++) {
        s->counted = (size_t)(lf - s->text.p) + 1;
        s->n_told = 0;
    }
    for (size_t i = 0; i < s->n_told; i++)
        if (strcmp(s->told[i], rule) == 0)
            return;
    if (s->n_told < COUNT(s->told))
        s->told[s->n_told++] = rule;
    s->hit(s->arg, &(secret_hit){ .line = s->line, .rule = rule, .length = (int64_t)length });
}

static size_t run_of(str s, const char *more, size_t max)
{
    bool   capitals = more[0] == 'A';
    size_t n = 0;
    while (n < s.n && n <= max) {
        unsigned char c = (unsigned char)s.p[n];
        bool          in = capitals ? isupper(c) || isdigit(c) : isalnum(c) || (c && strchr(more, c));
        if (!in)
            break;
        n++;
    }
    return n;
}

static bool starts_word(const scan *s, size_t at)
{
    unsigned char before = at ? (unsigned char)s->text.p[at - 1] : ' ';
    return !isalnum(before) && before != '_';
}

static bool try_token(scan *s, size_t at, bool quiet)
{
    str rest = str_sub(s->text, at, s->text.n);
    for (size_t i = 0; i < COUNT(tokens); i++) {
        const token_rule *t = &tokens[i];
        if (!str_starts(rest, str_of(t->prefix)))
            continue;
        size_t from = strlen(t->prefix), n = run_of(str_sub(rest, from, rest.n), t->more, t->max);
        if (n < t->min || n > t->max || !is_real_token(str_sub(rest, from, from + n)))
            continue;
        if (!quiet)
            tell(s, t->rule, at, from + n);
        return true;
    }
    return false;
}

static bool try_jwt(scan *s, size_t at, bool quiet)
{
    str    rest = str_sub(s->text, at, s->text.n);
    size_t head = run_of(rest, "_-", 4096);
    if (!str_starts(rest, S("eyJ")) || head < 15 || head >= rest.n || rest.p[head] != '.')
        return false;
    size_t body = run_of(str_sub(rest, head + 1, rest.n), "_-", 16384), dot = head + 1 + body;
    if (body < 10 || !str_starts(str_sub(rest, head + 1, rest.n), S("ey")) || dot >= rest.n || rest.p[dot] != '.')
        return false;
    size_t sign = run_of(str_sub(rest, dot + 1, rest.n), "_-", 4096);
    if (sign < 20 || !is_real_token(str_sub(rest, dot + 1, dot + 1 + sign)))
        return false;
    if (!quiet)
        tell(s, "jwt", at, dot + 1 + sign);
    return true;
}

/* Past line ends as they are or as text in a program, blanks, quotes, signs that join lines. */
static size_t skip_joints(str s, size_t at)
{
    while (at < s.n) {
        if (s.p[at] == '\\' && at + 1 < s.n && strchr("nrt", s.p[at + 1]) && s.p[at + 1])
            at += 2;
        else if (strchr(" \t\r\n\"'+,.\\#*|>", s.p[at]) && s.p[at])
            at++;
        else
            break;
    }
    return at;
}

/* Base64 that follows the BEGIN line, header lines left out; broken off after 64. */
static str key_body(str rest, size_t at)
{
    for (int headers = 0; headers < 8; headers++) {
        at = skip_joints(rest, at);
        size_t n = run_of(str_sub(rest, at, rest.n), "+/=-", 64);
        if (at + n >= rest.n || rest.p[at + n] != ':')
            return str_sub(rest, at, at + n);
        while (at < rest.n && rest.p[at] != '\n' && rest.p[at] != '\\')
            at++;
    }
    return (str){ 0 };
}

static void try_private_key(scan *s, size_t at)
{
    str    rest = str_sub(s->text, at, at + 4096), begin = S("-----BEGIN ");
    size_t n = begin.n;
    if (!str_starts(rest, begin))
        return;
    while (n < rest.n && n < 64 && (isupper((unsigned char)rest.p[n]) || rest.p[n] == ' ' || isdigit((unsigned char)rest.p[n])))
        n++;
    str kind = str_sub(rest, begin.n, n);
    if (!str_starts(str_sub(rest, n, rest.n), S("-----")) ||
        !(str_ends(kind, S("PRIVATE KEY")) || str_ends(kind, S("PRIVATE KEY BLOCK"))))
        return;
    str body = key_body(rest, n + 5);
    if (body.n < 40 || repeats(str_sub(body, 16, body.n)) || entropy_bits(body) < 3.0 || contains_nocase(body, "example"))
        return;
    const char *end = memmem(s->text.p + at, s->text.n - at, "-----END ", 9);
    bool        locked = str_contains(kind, S("ENCRYPTED")) || str_contains(str_sub(rest, 0, 200), S("Proc-Type: 4,ENCRYPTED"));
    tell(s, locked ? "encrypted-private-key" : "private-key", at, (end ? (size_t)(end - s->text.p) : s->text.n) - at);
}

/* The name left of an assignment: password = , "password": , config["password"] = . */
static str name_before(str text, size_t at)
{
    size_t end = at;
    while (end > 0 && at - end < 8 && strchr(" \t\"']:", text.p[end - 1]) && text.p[end - 1])
        end--;
    size_t from = end;
    while (from > 0 && end - from < NAME_MAX_BYTES) {
        unsigned char c = (unsigned char)text.p[from - 1];
        if (!isalnum(c) && c != '_' && c != '-' && c != '.')
            break;
        from--;
    }
    if (from > 1 && text.p[from - 1] == ':')         /* part of a type's name: AWS::IAM::AccessKey */
        return S("");
    return str_sub(text, from, end);
}

static void try_assignment(scan *s, size_t at)
{
    str    t = s->text;
    size_t from = at + 1;
    if (from < t.n && t.p[from] == '>')
        from++;
    if ((from < t.n && (t.p[from] == '=' || t.p[from] == '~')) || (at && strchr("=!<>", t.p[at - 1])))
        return;                          /* a comparison */
    while (from < t.n && from - at < 8 && (t.p[from] == ' ' || t.p[from] == '\t'))
        from++;
    char quote = from < t.n && strchr("\"'`", t.p[from]) ? t.p[from] : '\0';
    if (!quote && !(s->settings && t.p[at] == '='))
        return;
    if (quote)
        from++;
    size_t end = from;
    while (end < t.n && end - from <= VALUE_MAX && t.p[end] != '\n' && t.p[end] != '\r' && t.p[end] != (quote ? quote : ' '))
        end++;
    if (quote && (end >= t.n || t.p[end] != quote))
        return;
    str v = str_sub(t, from, end);
    if (is_real_value(v) && is_secret_name(name_before(t, at)) && !try_token(s, from, true) && !try_jwt(s, from, true))
        tell(s, "generic-secret", from, v.n);
}

void secret_scan(const secret_scanner *sc, str text, bool settings, void (*hit)(void *arg, const secret_hit *h), void *arg)
{
    scan s = { .sc = sc, .text = text, .settings = settings, .hit = hit, .arg = arg, .line = 1 };
    for (size_t i = 0; i + 1 < text.n; i++) {
        unsigned k = (unsigned)(unsigned char)text.p[i] | (unsigned)(unsigned char)text.p[i + 1] << 8;
        if (!(sc->pairs[k >> 3] & 1u << (k & 7)))
            continue;
        char c = text.p[i];
        if (c == '=' || c == ':')
            try_assignment(&s, i);
        else if (c == '-' && (i == 0 || text.p[i - 1] != '-'))
            try_private_key(&s, i);
        else if (c != '-' && starts_word(&s, i) && !try_token(&s, i, false) && c == 'e')
            try_jwt(&s, i, false);
    }
}

/* ---- paths ---------------------------------------------------------------------------- */

bool path_is_test_data(str path)
{
    static const char *const dirs[] = {
        "test", "tests", "testing", "testdata", "test-data", "test_data", "spec", "specs", "fixture", "fixtures", "example",
        "examples", "sample", "samples", "mock", "mocks", "__tests__", "__mocks__", "e2e", "demo", "doc", "docs", "testcases",
    };
    static const char *const parts[] = { "_test.", ".test.", ".spec.", "-test.", "example", "sample", "dummy", "fixture", "mock" };
    while (path.p) {
        str  part = str_cut(&path, '/');
        bool is_last = !path.p;
        for (size_t i = 0; i < COUNT(dirs) && !is_last; i++)
            if (part.n == strlen(dirs[i]) && strncasecmp(part.p, dirs[i], part.n) == 0)
                return true;
        if (is_last && (str_starts(part, S("test_")) || has_any(part, parts, COUNT(parts))))
            return true;
    }
    return false;
}

bool path_is_settings(str path)
{
    static const char *const ends[] = { ".env", ".properties", ".ini", ".cfg", ".conf", ".tfvars", "credentials", ".npmrc", ".pypirc" };
    const char *slash = path.n ? memrchr(path.p, '/', path.n) : NULL;
    if (slash)
        path = str_sub(path, (size_t)(slash - path.p) + 1, path.n);
    for (size_t i = 0; i < COUNT(ends); i++)
        if (str_ends(path, str_of(ends[i])))
            return true;
    return str_starts(path, S(".env"));
}
