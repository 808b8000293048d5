#include "collect/host/authkey.h"

static bool is_type(str word)
{
    return str_starts(word, S("ssh-")) || str_starts(word, S("ecdsa-sha2-")) || str_starts(word, S("sk-ssh-"))
           || str_starts(word, S("sk-ecdsa-")) || str_starts(word, S("rsa-sha2-"));
}

/* Options end at the first blank outside quotes. */
static str take_options(str *line)
{
    bool   quoted = false;
    size_t i = 0;
    for (; i < line->n; i++) {
        char c = line->p[i];
        if (c == '\\' && i + 1 < line->n && line->p[i + 1] == '"')
            i++;
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && (c == ' ' || c == '\t'))
            break;
    }
    str options = str_sub(*line, 0, i);
    *line = str_trim(str_sub(*line, i, line->n));
    return options;
}

static bool has_option(arena *a, str options, str name)
{
    bool   quoted = false;
    size_t from = 0;
    for (size_t i = 0; i <= options.n; i++) {
        if (i < options.n && options.p[i] == '"' && (i == 0 || options.p[i - 1] != '\\'))
            quoted = !quoted;
        if (i < options.n && (options.p[i] != ',' || quoted))
            continue;
        str one = str_sub(options, from, i);
        if (str_starts(str_lower(a, str_sub(one, 0, name.n)), name))
            return true;
        from = i + 1;
    }
    return false;
}

/* The next length-prefixed string of a key blob, RFC 4251 section 5. */
static bool take_string(str *blob, str *ret)
{
    if (blob->n < 4)
        return false;
    const unsigned char *p = (const unsigned char *)blob->p;
    uint32_t             n = (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
    if (n > blob->n - 4)
        return false;
    *ret = str_sub(*blob, 4, 4 + (size_t)n);
    *blob = str_sub(*blob, 4 + (size_t)n, blob->n);
    return true;
}

static int64_t bits_of_number(str n)
{
    while (n.n && n.p[0] == 0)
        n = str_sub(n, 1, n.n);
    if (n.n == 0)
        return 0;
    return (int64_t)n.n * 8 - (__builtin_clz((unsigned)(unsigned char)n.p[0]) - 24);
}

static int64_t bits_of(str blob)
{
    static const struct { const char *type; int bits, number; } rows[] = {
        { "ssh-rsa", 0, 2 }, { "ssh-dss", 0, 1 }, { "ssh-ed25519", 256, 0 },
        { "sk-ssh-ed25519@openssh.com", 256, 0 }, { "sk-ecdsa-sha2-nistp256@openssh.com", 256, 0 },
        { "ecdsa-sha2-nistp256", 256, 0 }, { "ecdsa-sha2-nistp384", 384, 0 }, { "ecdsa-sha2-nistp521", 521, 0 },
    };
    str type, number = S("");
    if (!take_string(&blob, &type))
        return 0;
    for (size_t r = 0; r < COUNT(rows); r++) {
        if (!str_eq(type, str_of(rows[r].type)))
            continue;
        for (int i = 0; i < rows[r].number; i++)
            if (!take_string(&blob, &number))
                return 0;
        return rows[r].number ? bits_of_number(number) : rows[r].bits;
    }
    return 0;
}

bool authkey_parse(arena *a, hasher *h, str line, authkey *ret)
{
    str rest = str_trim(line), options = S(""), blob;
    if (rest.n == 0 || rest.p[0] == '#')
        return false;
    str peek = rest;
    if (!is_type(str_word(&peek)))
        options = take_options(&rest);
    str type = str_word(&rest), data = str_word(&rest);
    if (!is_type(type) || !base64_parse(a, data, &blob) || blob.n == 0)
        return false;
    hash32 digest = sha256_of(h, blob.p, blob.n);
    str    text = base64_of(a, digest.b, sizeof digest.b);
    *ret = (authkey){
        .type = type, .comment = str_trim(rest), .bits = bits_of(blob),
        .fingerprint = str_fmt(a, "SHA256:" STR_FMT, STR_ARG(str_sub(text, 0, 43))),
        .forced_command = has_option(a, options, S("command=")),
        .source_limited = has_option(a, options, S("from=")),
    };
    return true;
}
