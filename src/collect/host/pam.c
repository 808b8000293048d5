#include "collect/host/pam.h"

#include <errno.h>

enum { RULES_MAX = 20000, SERVICES_MAX = 2000, READS_MAX = 500 };

typedef struct {
    arena            *a;
    const conf_files *files;
    pam_stacks       *out;
    map               texts;             /* path -> str *, so that common-auth is read once */
    str               service, facility; /* the stack being built */
    int64_t           position;
    int               depth, reads;
    bool              told_deep;
} reader;

static void read_file(reader *r, const char *path);

/* The next line with its continuations; comments go before lines are joined, as libpam does. */
static bool logical_line(arena *a, str *rest, int64_t *n, int64_t *ret_first, str *ret)
{
    str  line;
    bool more = true, any = false;
    buf  b = buf_new(a, CONF_FILE_MAX);
    *ret = S("");
    while (more && str_line(rest, &line)) {
        ++*n;
        if (!any)
            *ret_first = *n;
        const char *hash = line.n ? memchr(line.p, '#', line.n) : NULL;
        if (hash)
            line = str_sub(line, 0, (size_t)(hash - line.p));
        more = line.n && line.p[line.n - 1] == '\\';
        if (!any && !more) {
            *ret = str_trim(line);
            return true;
        }
        buf_puts(&b, str_sub(line, 0, line.n - more));
        buf_putc(&b, ' ');
        any = true;
    }
    if (any)
        *ret = str_trim(buf_str(&b));
    return any;
}

/* One word, or a [...] with its blanks; "\]" does not end it. */
static str token(str *rest)
{
    *rest = str_trim(*rest);
    if (rest->n == 0 || rest->p[0] != '[')
        return str_word(rest);
    size_t i = 1;
    while (i < rest->n && !(rest->p[i] == ']' && rest->p[i - 1] != '\\'))
        i++;
    size_t n = i < rest->n ? i + 1 : i;
    str    word = str_sub(*rest, 0, n);
    *rest = str_sub(*rest, n, rest->n);
    return word;
}

static str base_name(str path)
{
    for (size_t i = path.n; i > 0; i--)
        if (path.p[i - 1] == '/')
            return str_sub(path, i, path.n);
    return path;
}

/* The control's runs of blanks become one, so that rules compare. */
static str tidy(arena *a, str s)
{
    buf b = buf_new(a, CONF_FILE_MAX);
    for (str w = str_word(&s); w.n; w = str_word(&s)) {
        if (b.n)
            buf_putc(&b, ' ');
        buf_puts(&b, w);
    }
    return (str){ b.p ? b.p : "", b.n };
}

static void follow(reader *r, str name)
{
    if (name.n == 0 || name.n > 255)
        return;
    const char *path = name.p[0] == '/' ? str_z(r->a, name) : str_fmt(r->a, "/etc/pam.d/" STR_FMT, STR_ARG(name)).p;
    read_file(r, path);
}

static void read_rule(reader *r, str file, int64_t n, str line)
{
    str rest = line, type = token(&rest);
    if (str_eq(type, S("@include"))) {
        follow(r, token(&rest));
        return;
    }
    if (str_starts(type, S("-")))        /* a missing module is not logged; the rule counts all the same */
        type = str_sub(type, 1, type.n);
    if (!conf_same(type, r->facility))
        return;
    str control = token(&rest), module = token(&rest);
    if (conf_same(control, S("include")) || conf_same(control, S("substack"))) {
        follow(r, module);
        return;
    }
    if (r->out->rules.n >= RULES_MAX)
        return;
    da_push(r->a, &r->out->rules) = (pam_line){
        .service = r->service, .facility = r->facility, .position = ++r->position, .control = tidy(r->a, control),
        .module = base_name(module), .arguments = str_trim(rest), .file = file, .line = n,
    };
}

static const str *text_of(reader *r, const char *path)
{
    void **slot = map_put(&r->texts, str_of(path));
    if (!*slot) {
        str *text = NEW(r->a, str);
        int  e = r->files->read(r->files->arg, r->a, path, text);
        if (e) {
            conf_note_errno(r->a, &r->out->notes, e, path);
            *text = S("");
        }
        *slot = text;
    }
    return *slot;
}

static void read_file(reader *r, const char *path)
{
    if (r->depth >= CONF_DEPTH_MAX || ++r->reads > READS_MAX) {
        if (!r->told_deep)
            conf_note_text(r->a, &r->out->notes, "%s is not followed: PAM files include each other too deeply", path);
        r->told_deep = true;
        return;
    }
    str     rest = *text_of(r, path), line;
    int64_t n = 0, first = 0;
    r->depth++;
    while (!r->told_deep && r->out->rules.n < RULES_MAX && logical_line(r->a, &rest, &n, &first, &line))
        if (line.n)
            read_rule(r, str_of(path), first, line);
    r->depth--;
}

static bool is_service(str name)
{
    static const char *const left_over[] = { "~", ".dpkg-old", ".dpkg-new", ".dpkg-dist", ".dpkg-tmp", ".rpmsave",
                                             ".rpmnew", ".rpmorig", ".swp", ".bak" };
    for (size_t i = 0; i < COUNT(left_over); i++)
        if (str_ends(name, str_of(left_over[i])))
            return false;
    return name.n && name.p[0] != '.';
}

static void read_service(reader *r, str name)
{
    static const char *const facilities[] = { "auth", "account", "password", "session" };
    r->service = name;
    for (size_t f = 0; f < COUNT(facilities); f++) {
        r->facility = str_of(facilities[f]);
        r->position = 0;
        r->told_deep = false;
        r->reads = 0;
        follow(r, name);
    }
}

/* With /etc/pam.d there libpam reads nothing from /etc/pam.conf. */
static void tell_pam_conf(reader *r)
{
    str text, line;
    int e = r->files->read(r->files->arg, r->a, "/etc/pam.conf", &text);
    while (!e && str_line(&text, &line)) {
        line = str_trim(line);
        if (line.n && line.p[0] != '#') {
            conf_note_text(r->a, &r->out->notes, "/etc/pam.conf has rules, which PAM ignores because /etc/pam.d exists");
            return;
        }
    }
}

void pam_read(arena *a, const conf_files *files, pam_stacks *ret)
{
    str   *names;
    size_t n;
    *ret = (pam_stacks){ 0 };
    ret->err = files->names(files->arg, a, "/etc/pam.d", &names, &n);
    if (ret->err)
        return;
    reader r = { .a = a, .files = files, .out = ret, .texts = map_new(a) };
    for (size_t i = 0; i < n && i < SERVICES_MAX; i++)
        if (is_service(names[i]))
            read_service(&r, names[i]);
    if (ret->rules.n >= RULES_MAX || n > SERVICES_MAX)
        conf_note_text(a, &ret->notes, "/etc/pam.d has more than %d rules; the rest was not read", RULES_MAX);
    tell_pam_conf(&r);
}

const pam_line *pam_find(const pam_stacks *p, str service, str facility, const char *const *modules)
{
    for (size_t i = 0; i < p->rules.n; i++) {
        const pam_line *l = &p->rules.v[i];
        if ((service.n && !str_eq(l->service, service)) || (facility.n && !str_eq(l->facility, facility)))
            continue;
        for (size_t m = 0; modules[m]; m++)
            if (str_eq(l->module, str_of(modules[m])))
                return l;
    }
    return NULL;
}
