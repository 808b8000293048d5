/* Receivers in configuration made of blocks: syslog-ng, YAML and TOML. */
#include "collect/host/log_targets.h"

static bool is_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
}

/* ---- syslog-ng ---- */

typedef struct {
    str    text;
    size_t at, line;
} scanner;

typedef struct {
    char kind;                           /* 'w' word, 's' quoted, else the sign itself; 0 at the end */
    str  text;
} token;

static void skip_blank(scanner *s)
{
    while (s->at < s->text.n) {
        char ch = s->text.p[s->at];
        if (ch == '#')
            while (s->at < s->text.n && s->text.p[s->at] != '\n')
                s->at++;
        else if (ch == '\n' || ch == ' ' || ch == '\t' || ch == '\r')
            s->line += s->text.p[s->at++] == '\n';
        else
            return;
    }
}

static token next_token(scanner *s)
{
    skip_blank(s);
    if (s->at >= s->text.n)
        return (token){ 0 };
    size_t from = s->at;
    char   ch = s->text.p[s->at++];
    if (ch == '"' || ch == '\'') {
        while (s->at < s->text.n && s->text.p[s->at] != ch)
            s->line += s->text.p[s->at++] == '\n';
        s->at++;
        return (token){ 's', str_sub(s->text, from + 1, s->at - 1) };
    }
    if (!is_name(ch) && ch != '@')
        return (token){ ch, str_sub(s->text, from, s->at) };
    while (s->at < s->text.n && is_name(s->text.p[s->at]))
        s->at++;
    return (token){ 'w', str_sub(s->text, from, s->at) };
}

typedef struct {
    const char *name, *protocol, *port;
} driver;

static const driver drivers[] = {
    { "network", "tcp", "514" }, { "syslog", "tcp", "601" }, { "tcp", "tcp", "514" }, { "tcp6", "tcp", "514" },
    { "udp", "udp", "514" },     { "udp6", "udp", "514" },   { "http", "http", "" },
};

static const driver *driver_of(str name)
{
    for (size_t i = 0; i < COUNT(drivers); i++)
        if (str_eq(name, str_of(drivers[i].name)))
            return &drivers[i];
    return NULL;
}

/* Options stand as name(value) inside the driver's brackets; the receiver is its first text. */
static void read_driver(arena *a, scanner *s, const driver *d, log_reader *r)
{
    log_target t = { .protocol = d->protocol, .port = str_of(d->port), .encrypted = 0, .line = s->line };
    str        option = { 0 }, url = { 0 };
    int        depth = 1;
    for (token k = next_token(s); k.kind && depth; k = next_token(s)) {
        depth += k.kind == '(' ? 1 : k.kind == ')' ? -1 : 0;
        if (k.kind == 'w' && str_eq(k.text, S("tls")))
            t.encrypted = 1;
        bool value_token = (k.kind == 'w' || k.kind == 's') && depth == 2;
        if (k.kind == 's' && depth == 1 && !t.host.n)
            t.host = k.text;
        else if (value_token && str_eq(option, S("port")))
            t.port = k.text;
        else if (value_token && str_eq(option, S("url")))
            url = k.text;
        else if (value_token && str_eq(option, S("transport")))
            t.encrypted = str_contains(k.text, S("tls")), t.protocol = str_eq(k.text, S("udp")) ? "udp" : d->protocol;
        if (k.kind == 'w' && depth == 1)
            option = k.text;
        if (!depth)
            break;
    }
    if (url.n) {
        size_t line = t.line;
        if (!log_url(a, url, &t))
            return;
        t.line = line;
    }
    if (t.host.n)
        r->target(r->arg, &t);
}

void syslog_ng_targets(arena *a, str text, log_reader *r)
{
    scanner s = { .text = text, .line = 1 };
    int     depth = 0, destination = -1;
    for (token k = next_token(&s); k.kind; k = next_token(&s)) {
        depth += k.kind == '{' ? 1 : k.kind == '}' ? -1 : 0;
        if (destination >= 0 && k.kind == '}' && depth <= destination)
            destination = -1;
        if (k.kind != 'w')
            continue;
        if (str_eq(k.text, S("@include")) || (depth == 0 && str_eq(k.text, S("include")))) {
            token file = next_token(&s);
            if (file.kind == 's')
                r->include(r->arg, file.text);
        } else if (str_eq(k.text, S("destination")) && destination < 0) {
            destination = depth;
        } else if (destination >= 0 && driver_of(k.text)) {
            const driver *d = driver_of(k.text);
            if (next_token(&s).kind == '(')
                read_driver(a, &s, d, r);
        }
    }
}

/* ---- YAML and TOML ---- */

typedef struct {
    bool in_scope;                       /* below a key that tells receivers */
    bool list;                           /* the lines that follow may be members */
    int  tls;
    DA(log_target) found;
} yaml_state;

static bool in_words(str s, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(s, str_of(words[i])))
            return true;
    return false;
}

static str bare(str s)
{
    s = str_trim(s);
    while (s.n && strchr("\"'[], ", s.p[0]))
        s = str_sub(s, 1, s.n);
    while (s.n && strchr("\"'[], ", s.p[s.n - 1]))
        s.n--;
    return s;
}

static void add_values(arena *a, yaml_state *y, str v, size_t line)
{
    while (v.p && v.n) {
        log_target t;
        str        one = bare(str_cut(&v, ','));
        if (!one.n || !log_url(a, one, &t))
            continue;
        t.line = line;
        da_push(a, &y->found) = t;
    }
}

static void scope_end(yaml_state *y, log_reader *r)
{
    for (size_t i = 0; i < y->found.n; i++) {
        log_target *t = &y->found.v[i];
        if (t->encrypted < 0)
            t->encrypted = y->tls;
        r->target(r->arg, t);
    }
    y->found.n = 0;
    y->tls = -1;
    y->list = false;
}

static bool opens_scope(str key)
{
    return str_eq(key, S("sinks")) || str_eq(key, S("clients")) || str_starts(key, S("output")) || str_starts(key, S("sinks."));
}

/* The bytes before the sign that parts key and value: ':' before a blank or the end, or '='. */
static size_t key_end(str line)
{
    for (size_t i = 0; i < line.n; i++) {
        bool colon = line.p[i] == ':' && (i + 1 == line.n || line.p[i + 1] == ' ');
        if (colon || line.p[i] == '=')
            return i;
        if (!is_name(line.p[i]) && line.p[i] != ' ' && line.p[i] != '"')
            return SIZE_MAX;
    }
    return SIZE_MAX;
}

static void yaml_line(arena *a, yaml_state *y, str line, bool member, size_t number)
{
    static const char *const receivers[] = { "url", "urls", "uri", "endpoint", "endpoints", "address", "hosts", "host" };
    static const char *const tls_keys[] = { "ssl.enabled", "tls.enabled" };
    size_t end = key_end(line);
    if (end == SIZE_MAX) {
        if (y->list && (member || line.p[0] == '"' || line.p[0] == '\''))
            add_values(a, y, line, number);
        return;
    }
    str key = bare(str_sub(line, 0, end)), v = bare(str_sub(line, end + 1, line.n));
    y->list = in_words(key, receivers, COUNT(receivers));
    if (y->list)
        add_values(a, y, v, number);
    if (in_words(key, tls_keys, COUNT(tls_keys)))
        y->tls = str_eq(v, S("true")) || str_eq(v, S("yes"));
}

void yaml_targets(arena *a, str text, log_reader *r)
{
    yaml_state y = { .tls = -1 };
    str        line;
    size_t     n = 0;
    while (str_line(&text, &line)) {
        n++;
        str body = str_trim(line);
        if (!body.n || body.p[0] == '#')
            continue;
        bool top = line.p[0] != ' ' && line.p[0] != '\t' && line.p[0] != '-' && line.p[0] != ']';
        bool section = body.p[0] == '[' && body.p[body.n - 1] == ']' && key_end(body) == SIZE_MAX && top;
        if (section || (top && key_end(body) != SIZE_MAX && memchr(body.p, ':', body.n) && !memchr(body.p, '=', body.n))) {
            size_t end = key_end(body);
            scope_end(&y, r);
            y.in_scope = opens_scope(section ? bare(body) : bare(str_sub(body, 0, end)));
            continue;
        }
        bool member = str_starts(body, S("- "));
        if (y.in_scope)
            yaml_line(a, &y, member ? str_trim(str_sub(body, 2, body.n)) : body, member, n);
    }
    scope_end(&y, r);
}
