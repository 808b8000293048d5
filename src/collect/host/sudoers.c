#include "collect/host/sudoers.h"

#include <errno.h>

enum { SPECS_MAX = 20000, ITEMS_MAX = 2000, FILES_MAX = 1000 };

typedef struct {
    sudo_policy       policy;
    const conf_files *files;
    sudo_rights      *out;
    str               file;
    int64_t           line;
    int               depth, n_files;
} reader;

static void read_text(reader *r, const char *path, str text);

static bool blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }
static bool digit(char c) { return c >= '0' && c <= '9'; }
static str  skip_blanks(str s) { return str_trim(s); }
static bool next_is(str s, char c) { return s.n && s.p[0] == c; }
static str  rest_from(str s, size_t n) { return str_sub(s, n, s.n); }

/* ---- logical lines ---------------------------------------------------------- */

/* "#1000" is a user number where a name may begin; any other # is a comment. */
static bool is_number_sign(str line, size_t i)
{
    bool number = i + 1 < line.n && (digit(line.p[i + 1]) || (line.p[i + 1] == '-' && i + 2 < line.n && digit(line.p[i + 2])));
    return number && (i == 0 || blank(line.p[i - 1]) || memchr(",%(!:=", line.p[i - 1], 6));
}

static str without_comment(str line)
{
    bool quoted = false;
    for (size_t i = 0; i < line.n; i++) {
        if (line.p[i] == '\\')
            i++;
        else if (line.p[i] == '"')
            quoted = !quoted;
        else if (line.p[i] == '#' && !quoted && !is_number_sign(line, i))
            return str_sub(line, 0, i);
    }
    return line;
}

static bool is_hash_include(str line)
{
    line = str_trim(line);
    return str_starts(line, S("#include ")) || str_starts(line, S("#include\t")) || str_starts(line, S("#includedir "))
           || str_starts(line, S("#includedir\t"));
}

static bool logical_line(reader *r, str *rest, int64_t *n, str *ret)
{
    str line;
    if (!str_line(rest, &line))
        return false;
    r->line = ++*n;
    if (is_hash_include(line)) {
        *ret = str_trim(line);
        return true;
    }
    line = without_comment(line);
    if (!str_ends(line, S("\\"))) {
        *ret = str_trim(line);
        return true;
    }
    buf b = buf_new(r->policy.a, CONF_FILE_MAX);
    while (str_ends(line, S("\\"))) {
        buf_puts(&b, str_sub(line, 0, line.n - 1));
        buf_putc(&b, ' ');
        if (!str_line(rest, &line))
            line = S("");
        else
            ++*n;
        line = without_comment(line);
    }
    buf_puts(&b, line);
    *ret = str_trim(buf_str(&b));
    return true;
}

/* ---- lists ------------------------------------------------------------------ */

static str take_quoted(str *s)
{
    size_t i = 1;
    while (i < s->n && s->p[i] != '"')
        i++;
    str word = str_sub(*s, 1, i);
    *s = rest_from(*s, i + 1);
    return word;
}

/* A name up to a blank or one of , = : ( ) with backslashes taken off. */
static str take_name(arena *a, str *s)
{
    if (next_is(*s, '"'))
        return take_quoted(s);
    char  *out = NULL;
    size_t n = 0, i = 0, end = 0;
    while (end < s->n && !blank(s->p[end]) && (!memchr(",=:()", s->p[end], 5) || (end == 1 && s->p[0] == '%' && s->p[1] == ':')))
        end += s->p[end] == '\\' && end + 1 < s->n ? 2 : 1;
    out = str_z(a, str_sub(*s, 0, end));
    for (; i < end; i++) {
        if (s->p[i] == '\\' && i + 1 < end)
            i++;
        if (s->p[i] != '"')              /* %"domain users" keeps its name only */
            out[n++] = s->p[i];
    }
    *s = rest_from(*s, end);
    return (str){ out, n };
}

static bool take_negation(str *s)
{
    bool negated = false;
    *s = skip_blanks(*s);
    while (next_is(*s, '!')) {
        negated = !negated;
        *s = skip_blanks(rest_from(*s, 1));
    }
    return negated;
}

/* A command with its arguments, up to an unescaped comma or colon. */
static str take_command(arena *a, str *s)
{
    char  *out = str_z(a, *s);
    size_t n = 0, i = 0;
    for (; i < s->n && s->p[i] != ',' && s->p[i] != ':'; i++) {
        if (s->p[i] == '\\' && i + 1 < s->n && memchr(",:= #\\", s->p[i + 1], 6))
            i++;
        out[n++] = s->p[i];
    }
    *s = rest_from(*s, i);
    return str_trim((str){ out, n });
}

/* sha256:DIGEST[, sha256:DIGEST] before a command limits it to that content. */
static void skip_digests(str *s)
{
    static const char *const kinds[] = { "sha224", "sha256", "sha384", "sha512" };
    for (size_t k = 0; k < COUNT(kinds);) {
        str at = skip_blanks(rest_from(*s, 6));
        if (!str_starts(*s, str_of(kinds[k])) || !next_is(at, ':')) {
            k++;
            continue;
        }
        at = skip_blanks(rest_from(at, 1));
        str_word(&at);
        *s = skip_blanks(at);
        if (next_is(*s, ','))
            *s = skip_blanks(rest_from(*s, 1));
        k = 0;
    }
}

/* Items separated by commas; false when one is empty. */
static bool take_list(arena *a, str *s, bool commands, sudo_list *ret)
{
    do {
        if (next_is(*s, ','))
            *s = rest_from(*s, 1);
        sudo_item item = { .negated = take_negation(s) };
        if (commands)
            skip_digests(s);
        item.text = commands ? take_command(a, s) : take_name(a, s);
        if (item.text.n == 0 || ret->n >= ITEMS_MAX)
            return false;
        da_push(a, ret) = item;
        *s = skip_blanks(*s);
    } while (next_is(*s, ','));
    return true;
}

/* ---- rules ------------------------------------------------------------------ */

static bool take_runas(arena *a, str *s, sudo_command *c)
{
    *s = skip_blanks(rest_from(*s, 1));
    c->run_given = true;
    c->run_users = (sudo_list){ 0 };
    c->run_groups = (sudo_list){ 0 };
    if (!next_is(*s, ')') && !next_is(*s, ':') && !take_list(a, s, false, &c->run_users))
        return false;
    if (next_is(*s, ':')) {
        *s = skip_blanks(rest_from(*s, 1));
        if (!next_is(*s, ')') && !take_list(a, s, false, &c->run_groups))
            return false;
    }
    *s = skip_blanks(*s);
    if (!next_is(*s, ')'))
        return false;
    *s = skip_blanks(rest_from(*s, 1));
    return true;
}

/* A word of capitals followed by `end`, blanks between allowed. */
static bool take_capitals(str *s, char end, str *ret)
{
    size_t i = 0;
    while (i < s->n && ((s->p[i] >= 'A' && s->p[i] <= 'Z') || s->p[i] == '_'))
        i++;
    str after = skip_blanks(rest_from(*s, i));
    if (i == 0 || !next_is(after, end))
        return false;
    *ret = str_sub(*s, 0, i);
    *s = skip_blanks(rest_from(after, 1));
    return true;
}

static bool take_tags(str *s, sudo_command *c)
{
    static const struct { const char *name; int passwd, exec; } tags[] = {
        { "NOPASSWD", YES, -1 }, { "PASSWD", NO, -1 }, { "NOEXEC", -1, YES }, { "EXEC", -1, NO },
        { "SETENV", -1, -1 }, { "NOSETENV", -1, -1 }, { "LOG_INPUT", -1, -1 }, { "NOLOG_INPUT", -1, -1 },
        { "LOG_OUTPUT", -1, -1 }, { "NOLOG_OUTPUT", -1, -1 }, { "MAIL", -1, -1 }, { "NOMAIL", -1, -1 },
        { "FOLLOW", -1, -1 }, { "NOFOLLOW", -1, -1 }, { "INTERCEPT", -1, -1 }, { "NOINTERCEPT", -1, -1 },
    };
    str    word, before = *s;
    size_t t = 0;
    if (take_capitals(s, '=', &word)) {  /* CWD=/x, ROLE=y ... limit the command; the right stays */
        if (next_is(*s, '"'))
            take_quoted(s);
        else
            str_word(s);
        *s = skip_blanks(*s);
        return true;
    }
    if (!take_capitals(s, ':', &word))
        return false;
    while (t < COUNT(tags) && !str_eq(word, str_of(tags[t].name)))
        t++;
    if (t == COUNT(tags)) {              /* ALL : HOST2 = ... */
        *s = before;
        return false;
    }
    if (tags[t].passwd >= 0)
        c->no_passwd = (yes_no)tags[t].passwd;
    if (tags[t].exec >= 0)
        c->no_exec = (yes_no)tags[t].exec;
    return true;
}

static bool take_commands(arena *a, str *s, sudo_spec *spec)
{
    sudo_command c = { .no_passwd = UNKNOWN, .no_exec = UNKNOWN };   /* tags and (users) carry on to the next */
    do {
        if (next_is(*s, ','))
            *s = rest_from(*s, 1);
        *s = skip_blanks(*s);
        if (next_is(*s, '(') && !take_runas(a, s, &c))
            return false;
        while (take_tags(s, &c))
            ;
        c.command = (sudo_item){ .negated = take_negation(s) };
        skip_digests(s);
        c.command.text = take_command(a, s);
        if (c.command.text.n == 0 || spec->commands.n >= ITEMS_MAX)
            return false;
        da_push(a, &spec->commands) = c;
        *s = skip_blanks(*s);
    } while (next_is(*s, ','));
    return true;
}

static bool read_spec(reader *r, str s)
{
    arena    *a = r->policy.a;
    sudo_list users = { 0 };
    if (!take_list(a, &s, false, &users))
        return false;
    do {
        sudo_spec spec = { .users = users, .file = r->file, .line = r->line };
        if (next_is(s, ':'))
            s = rest_from(s, 1);
        if (!take_list(a, &s, false, &spec.hosts) || !next_is(s, '='))
            return false;
        s = rest_from(s, 1);
        if (!take_commands(a, &s, &spec))
            return false;
        if (r->policy.specs.n < SPECS_MAX)
            da_push(a, &r->policy.specs) = spec;
    } while (next_is(s, ':'));
    return s.n == 0;
}

static bool read_aliases(reader *r, sudo_kind kind, str s)
{
    arena *a = r->policy.a;
    do {
        if (next_is(s, ':'))
            s = rest_from(s, 1);
        s = skip_blanks(s);
        str         name = take_name(a, &s);
        sudo_alias *alias = NEW(a, sudo_alias);
        s = skip_blanks(s);
        if (name.n == 0 || !next_is(s, '='))
            return false;
        s = rest_from(s, 1);
        alias->kind = kind;
        if (!take_list(a, &s, kind == SUDO_CMND, &alias->items))
            return false;
        *map_put(&r->policy.aliases[kind], name) = alias;
    } while (next_is(s, ':'));
    return s.n == 0;
}

/* ---- Defaults: only what changes who may do what without a password --------- */

static void read_option(reader *r, str option, char scope, const sudo_list *items)
{
    sudo_policy *p = &r->policy;
    bool         negated = next_is(option, '!');
    str          name, val;
    option = skip_blanks(rest_from(option, negated));
    if (!conf_pair(option, '=', &name, &val))
        return;
    if (str_ends(val, S("\"")) && val.n > 1 && val.p[0] == '"')
        val = str_sub(val, 1, val.n - 1);
    if (str_eq(name, S("authenticate")))
        da_push(p->a, &p->defaults) = (sudo_default){ scope, *items, !negated };
    else if (str_eq(name, S("noexec")) && !scope)
        p->no_exec = !negated;
    else if (str_eq(name, S("runas_default")) && val.n && !scope)
        p->runas_default = val;
    else if (str_eq(name, S("exempt_group")) && val.n) {
        sudo_list group = { 0 };
        da_push(p->a, &group) = (sudo_item){ .text = str_fmt(p->a, "%%" STR_FMT, STR_ARG(val)) };
        da_push(p->a, &p->defaults) = (sudo_default){ ':', group, false };
    }
}

static bool read_defaults(reader *r, str s)
{
    sudo_list items = { 0 };
    char      scope = 0;
    if (s.n && memchr("@:>!", s.p[0], 4)) {
        scope = s.p[0];
        s = rest_from(s, 1);
        if (!take_list(r->policy.a, &s, false, &items))
            return false;
    }
    bool   quoted = false;
    size_t from = 0;
    for (size_t i = 0; i <= s.n; i++) {
        if (i < s.n && s.p[i] == '"')
            quoted = !quoted;
        if (i < s.n && (s.p[i] != ',' || quoted))
            continue;
        read_option(r, str_trim(str_sub(s, from, i)), scope, &items);
        from = i + 1;
    }
    return true;
}

/* ---- files ------------------------------------------------------------------ */

/* Another file of the policy; in a directory a name that leads nowhere is skipped as sudo does. */
static void include_file(reader *r, const char *path, bool in_directory)
{
    str text;
    if (r->depth >= CONF_DEPTH_MAX || r->n_files >= FILES_MAX) {
        conf_note_text(r->policy.a, &r->out->notes, "%s is not followed: sudoers files include each other too deeply", path);
        return;
    }
    int e = r->files->read(r->files->arg, r->policy.a, path, &text);
    if (in_directory && (e == ENOENT || e == EISDIR))
        return;
    if (e == ELOOP)
        conf_note_text(r->policy.a, &r->out->notes, "%s is a symbolic link that leads in a circle", path);
    else if (e)
        conf_note_errno(r->policy.a, &r->out->notes, e, path);
    else
        read_text(r, path, text);
}

static void include_dir(reader *r, const char *dir)
{
    str   *names;
    size_t n;
    int    e = r->files->names(r->files->arg, r->policy.a, dir, &names, &n);
    if (e && e != ENOENT)
        conf_note_errno(r->policy.a, &r->out->notes, e, dir);
    for (size_t i = 0; !e && i < n; i++)
        if (!memchr(names[i].p, '.', names[i].n) && !str_ends(names[i], S("~")))
            include_file(r, str_fmt(r->policy.a, "%s/" STR_FMT, dir, STR_ARG(names[i])).p, true);
}

static str include_path(reader *r, str s)
{
    arena *a = r->policy.a;
    str    short_host = r->policy.host, path;
    s = skip_blanks(s);
    path = next_is(s, '"') ? take_quoted(&s) : take_command(a, &s);
    if (short_host.n)
        short_host = str_cut(&short_host, '.');
    buf b = buf_new(a, 4096);
    if (path.n && path.p[0] != '/') {
        size_t slash = r->file.n;
        while (slash && r->file.p[slash - 1] != '/')
            slash--;
        buf_puts(&b, str_sub(r->file, 0, slash));
    }
    for (size_t i = 0; i < path.n; i++) {
        if (path.p[i] == '%' && i + 1 < path.n && path.p[i + 1] == 'h') {
            buf_puts(&b, short_host);
            i++;
        } else {
            buf_putc(&b, path.p[i]);
        }
    }
    return buf_str(&b);
}

static bool read_include(reader *r, str s, bool *ret_is_include)
{
    static const struct { const char *word; bool dir; } words[] = {
        { "include", false }, { "includedir", true },
    };
    str word = str_word(&s);
    *ret_is_include = false;
    for (size_t i = 0; i < COUNT(words); i++) {
        if (!str_eq(str_sub(word, 1, word.n), str_of(words[i].word)) || (word.p[0] != '@' && word.p[0] != '#'))
            continue;
        *ret_is_include = true;
        str path = include_path(r, s);
        if (path.n == 0)
            return false;
        if (words[i].dir)
            include_dir(r, str_z(r->policy.a, path));
        else
            include_file(r, str_z(r->policy.a, path), false);
    }
    return true;
}

static bool read_line(reader *r, str line)
{
    static const struct { const char *word; sudo_kind kind; } aliases[] = {
        { "User_Alias", SUDO_USER }, { "Runas_Alias", SUDO_RUNAS }, { "Host_Alias", SUDO_HOST },
        { "Cmnd_Alias", SUDO_CMND }, { "Cmd_Alias", SUDO_CMND },
    };
    bool is_include;
    str  rest = line, word;
    bool good = read_include(r, line, &is_include);
    if (is_include)
        return good;
    if (str_starts(line, S("Defaults")) && (line.n == 8 || memchr(" \t@:>!", line.p[8], 6)))
        return read_defaults(r, rest_from(line, 8));
    word = str_word(&rest);
    for (size_t i = 0; i < COUNT(aliases); i++)
        if (str_eq(word, str_of(aliases[i].word)))
            return read_aliases(r, aliases[i].kind, rest);
    return read_spec(r, line);
}

static void read_text(reader *r, const char *path, str text)
{
    str     line, outer_file = r->file;
    int64_t n = 0, outer_line = r->line;
    r->depth++;
    r->n_files++;
    r->file = str_of(path);
    while (logical_line(r, &text, &n, &line)) {
        int64_t at = r->line;
        if (line.n && !read_line(r, line))
            conf_note_text(r->policy.a, &r->out->notes, "%s:%lld is not a sudo rule that can be read", path, (long long)at);
    }
    r->depth--;
    r->file = outer_file;
    r->line = outer_line;
}

void sudo_read(arena *a, const conf_files *files, const char *path, str host, sudo_rights *ret)
{
    str text;
    *ret = (sudo_rights){ 0 };
    ret->err = files->read(files->arg, a, path, &text);
    if (ret->err)
        return;
    reader r = { .policy = { .a = a, .host = host, .runas_default = S("root") }, .files = files, .out = ret };
    for (size_t k = 0; k < COUNT(r.policy.aliases); k++)
        r.policy.aliases[k] = map_new(a);
    read_text(&r, path, text);
    sudo_expand(&r.policy, ret);
}
