#include "collect/host/passwd.h"

static line_kind kind_of(str line)
{
    str text = str_trim(line);
    if (text.n == 0 || text.p[0] == '#')
        return LINE_BLANK;
    return line.p[0] == '+' || line.p[0] == '-' ? LINE_NIS : LINE_ENTRY;
}

/* Cuts exactly `n` fields. */
static bool fields_of(str line, str *fields, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!line.p)
            return false;
        fields[i] = str_cut(&line, ':');
    }
    return !line.p;
}

static bool number(str s, int64_t *ret) { return parse_int(s, 0, UINT32_MAX, ret); }

line_kind passwd_parse(str line, passwd_entry *ret)
{
    str       f[7];
    int64_t   uid, gid;
    line_kind kind = kind_of(line);
    if (kind != LINE_ENTRY)
        return kind;
    if (!fields_of(line, f, COUNT(f)) || f[0].n == 0 || !number(f[2], &uid) || !number(f[3], &gid))
        return LINE_BROKEN;
    *ret = (passwd_entry){ .login = f[0], .password = f[1], .full_name = f[4], .home = f[5], .shell = f[6],
                           .uid = uid, .gid = gid };
    return LINE_ENTRY;
}

static int64_t days(str s)
{
    int64_t v;
    return parse_int(s, 0, 10000000, &v) ? v : SHADOW_EMPTY;
}

line_kind shadow_parse(str line, shadow_entry *ret)
{
    str       f[9];
    line_kind kind = kind_of(line);
    if (kind != LINE_ENTRY)
        return kind;
    if (!fields_of(line, f, COUNT(f)) || f[0].n == 0)
        return LINE_BROKEN;
    *ret = (shadow_entry){ .login = f[0], .hash = f[1], .changed_days = days(f[2]), .min_days = days(f[3]),
                           .max_days = days(f[4]), .inactive_days = days(f[6]), .expire_days = days(f[7]) };
    return LINE_ENTRY;
}

line_kind group_parse(str line, group_entry *ret)
{
    str       f[4];
    int64_t   gid;
    line_kind kind = kind_of(line);
    if (kind != LINE_ENTRY)
        return kind;
    if (!fields_of(line, f, COUNT(f)) || f[0].n == 0 || !number(f[2], &gid))
        return LINE_BROKEN;
    *ret = (group_entry){ .name = f[0], .members = f[3], .gid = gid };
    return LINE_ENTRY;
}

static str without_lock(str hash)
{
    while (hash.n && hash.p[0] == '!')
        hash = str_sub(hash, 1, hash.n);
    return hash;
}

static bool is_des(str hash)
{
    if (hash.n < 13)
        return false;
    for (size_t i = 0; i < hash.n; i++) {
        char c = hash.p[i];
        if (!((c >= '.' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')))
            return false;
    }
    return true;
}

const char *password_scheme(str hash)
{
    static const struct { const char *prefix, *scheme; } rows[] = {
        { "$y$", "yescrypt" }, { "$gy$", "yescrypt" }, { "$6$", "sha512" }, { "$5$", "sha256" },
        { "$2a$", "bcrypt" },  { "$2b$", "bcrypt" },   { "$2x$", "bcrypt" }, { "$2y$", "bcrypt" },
        { "$1$", "md5" },      { "$", "other" },       { "_", "des" },
    };
    hash = without_lock(hash);
    for (size_t i = 0; i < COUNT(rows); i++)
        if (hash.n > 3 && str_starts(hash, str_of(rows[i].prefix)))
            return rows[i].scheme;
    return is_des(hash) ? "des" : NULL;
}

const char *password_state(str hash)
{
    if (hash.n == 0)
        return "empty";
    bool any = password_scheme(hash) != NULL;
    if (hash.p[0] == '!')
        return any ? "locked" : "none";
    return any ? "set" : "none";
}
