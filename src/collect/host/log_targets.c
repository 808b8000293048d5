#include "collect/host/log_targets.h"

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
}

static bool no_case(str s, const char *z)
{
    return s.n == strlen(z) && strncasecmp(s.p, z, s.n) == 0;
}

static str unquote(str s)
{
    s = str_trim(s);
    bool quoted = s.n >= 2 && (s.p[0] == '"' || s.p[0] == '\'') && s.p[s.n - 1] == s.p[0];
    return quoted ? str_sub(s, 1, s.n - 1) : s;
}

/* host, [v6]:port, host:port */
static void split_port(str s, str *ret_host, str *ret_port)
{
    *ret_port = S("");
    if (str_starts(s, S("["))) {
        str rest = str_sub(s, 1, s.n);
        *ret_host = str_cut(&rest, ']');
        if (str_starts(rest, S(":")))
            *ret_port = str_sub(rest, 1, rest.n);
        return;
    }
    const char *colon = s.n ? memchr(s.p, ':', s.n) : NULL;
    bool        one = colon && !memchr(colon + 1, ':', s.n - (size_t)(colon - s.p) - 1);
    *ret_host = one ? str_sub(s, 0, (size_t)(colon - s.p)) : s;      /* a bare IPv6 address has more */
    if (one)
        *ret_port = str_sub(s, (size_t)(colon - s.p) + 1, s.n);
}

bool log_url(arena *a, str text, log_target *ret)
{
    static const struct { const char *scheme, *protocol, *port; int encrypted; } schemes[] = {
        { "http", "http", "80", 0 }, { "https", "https", "443", 1 }, { "tcp", "tcp", "", 0 }, { "udp", "udp", "", 0 },
        { "tls", "tcp", "", 1 }, { "ssl", "tcp", "", 1 }, { "relp", "relp", "", 0 }, { "syslog+tls", "tcp", "6514", 1 },
    };
    *ret = (log_target){ .encrypted = -1, .port = S("") };
    str         s = unquote(text);
    const char *scheme = s.n ? memmem(s.p, s.n, "://", 3) : NULL;
    const char *port = "";
    if (scheme) {
        str name = str_lower(a, str_sub(s, 0, (size_t)(scheme - s.p)));
        s = str_sub(s, (size_t)(scheme - s.p) + 3, s.n);
        for (size_t i = 0; i < COUNT(schemes); i++)
            if (str_eq(name, str_of(schemes[i].scheme))) {
                ret->protocol = schemes[i].protocol;
                ret->encrypted = schemes[i].encrypted;
                port = schemes[i].port;
            }
    }
    str rest = s;
    s = str_cut(&rest, '/');
    const char *at = s.n ? memrchr(s.p, '@', s.n) : NULL;
    if (at)
        s = str_sub(s, (size_t)(at - s.p) + 1, s.n);
    rest = s;
    s = str_cut(&rest, '?');
    split_port(s, &ret->host, &ret->port);
    if (!ret->port.n)
        ret->port = str_of(port);
    return ret->host.n != 0;
}

/* ---- rsyslog ---- */

/* The next name="value" of *rest; the value is without quotes. */
static bool next_param(str *rest, str *ret_name, str *ret_value)
{
    size_t i = 0;
    while (i < rest->n && !is_word(rest->p[i]))
        i++;
    size_t from = i;
    while (i < rest->n && is_word(rest->p[i]))
        i++;
    *ret_name = str_sub(*rest, from, i);
    while (i < rest->n && (rest->p[i] == ' ' || rest->p[i] == '\t' || rest->p[i] == '\n' || rest->p[i] == '='))
        i++;
    size_t start = i;
    if (i < rest->n && rest->p[i] == '"') {
        for (start = ++i; i < rest->n && rest->p[i] != '"'; i++)
            i += rest->p[i] == '\\';
    } else {
        while (i < rest->n && is_word(rest->p[i]))
            i++;
    }
    *ret_value = str_sub(*rest, start, i);
    *rest = str_sub(*rest, i + 1, rest->n);
    return ret_name->n != 0;
}

typedef struct {
    str target, port, protocol, type, server, file;
    bool tls, tls_said, https;
} params;

static params read_params(str body)
{
    params p = { 0 };
    str    name, v;
    const struct { const char *name; str *at; } texts[] = {
        { "target", &p.target }, { "port", &p.port }, { "protocol", &p.protocol }, { "type", &p.type }, { "server", &p.server },
        { "file", &p.file }, { "serverport", &p.port },
    };
    while (next_param(&body, &name, &v)) {
        for (size_t i = 0; i < COUNT(texts); i++)
            if (no_case(name, texts[i].name))
                *texts[i].at = v;
        if (no_case(name, "streamdrivermode") || no_case(name, "tls")) {
            p.tls_said = true;
            p.tls = str_eq(v, S("1")) || no_case(v, "on");
        } else if (no_case(name, "usehttps")) {
            p.https = no_case(v, "on");
        }
    }
    return p;
}

static void rsyslog_action(arena *a, str body, size_t line, log_reader *r)
{
    params     p = read_params(body);
    log_target t = { .host = p.target, .port = p.port.n ? p.port : S("514"), .line = line };
    if (no_case(p.type, "omfwd")) {
        bool tcp = no_case(p.protocol, "tcp");
        t.protocol = tcp ? "tcp" : "udp";
        t.encrypted = tcp && (p.tls_said ? p.tls : r->action_tls && r->driver_tls);
    } else if (no_case(p.type, "omrelp")) {
        t.protocol = "relp";
        t.encrypted = p.tls;
    } else if (no_case(p.type, "omhttp") || no_case(p.type, "omelasticsearch")) {
        if (!log_url(a, p.server, &t))
            return;
        t.line = line;
        t.encrypted = t.encrypted == 1 || (p.https && t.encrypted != 0);
        t.protocol = t.encrypted ? "https" : "http";
        t.port = p.port.n ? p.port : t.port;
    } else {
        return;
    }
    if (t.host.n)
        r->target(r->arg, &t);
}

/* @host, @@(o)host:port;template */
static void rsyslog_forward(str word, size_t line, log_reader *r)
{
    bool tcp = str_starts(word, S("@@"));
    word = str_sub(word, tcp ? 2 : 1, word.n);
    if (str_starts(word, S("("))) {
        str_cut(&word, ')');
        if (!word.p)
            return;
    }
    log_target t = { .protocol = tcp ? "tcp" : "udp", .encrypted = tcp && r->action_tls && r->driver_tls, .line = line };
    str        address = str_cut(&word, ';');
    split_port(address, &t.host, &t.port);
    if (!t.port.n)
        t.port = S("514");
    if (t.host.n)
        r->target(r->arg, &t);
}

static void rsyslog_directive(str line, log_reader *r)
{
    str name = str_word(&line), v = str_trim(line);
    if (no_case(name, "$IncludeConfig"))
        r->include(r->arg, v);
    else if (no_case(name, "$DefaultNetstreamDriver"))
        r->driver_tls = no_case(v, "gtls") || no_case(v, "ossl");
    else if (no_case(name, "$ActionSendStreamDriverMode"))
        r->action_tls = str_eq(v, S("1"));
}

/* Words outside quotes: one that begins with @ forwards, :omrelp: too. */
static void rsyslog_legacy(str line, size_t number, log_reader *r)
{
    bool quoted = false, blank = true;
    for (size_t i = 0; i < line.n; i++) {
        char ch = line.p[i];
        if (ch == '"')
            quoted = !quoted;
        str rest = str_sub(line, i, line.n);
        if (!quoted && blank && i && ch == '@') {
            rsyslog_forward(str_word(&rest), number, r);
            return;
        }
        if (!quoted && blank && i && str_starts(rest, S(":omrelp:"))) {
            log_target t = { .protocol = "relp", .encrypted = 0, .line = number };
            rest = str_sub(rest, sizeof ":omrelp:" - 1, rest.n);
            str word = str_word(&rest), address = str_cut(&word, ';');
            split_port(address, &t.host, &t.port);
            if (t.host.n)
                r->target(r->arg, &t);
            return;
        }
        blank = ch == ' ' || ch == '\t';
    }
}

static str without_comment(str line)
{
    bool quoted = false;
    for (size_t i = 0; i < line.n; i++) {
        if (line.p[i] == '"')
            quoted = !quoted;
        if (line.p[i] == '#' && !quoted)
            return str_sub(line, 0, i);
    }
    return line;
}

/* Where `word` stands with a bracket behind it; SIZE_MAX when it does not. */
static size_t call_at(str line, const char *word, size_t *ret_body)
{
    size_t n = strlen(word);
    for (size_t i = 0; i + n < line.n; i++) {
        if (strncasecmp(line.p + i, word, n) != 0 || (i && is_word(line.p[i - 1])))
            continue;
        size_t k = i + n;
        while (k < line.n && (line.p[k] == ' ' || line.p[k] == '\t'))
            k++;
        if (k < line.n && line.p[k] == '(') {
            *ret_body = k + 1;
            return i;
        }
    }
    return SIZE_MAX;
}

/* The body of a call up to its closing bracket, which may be lines below. */
static str gather_call(arena *a, str first, str *rest, size_t *line_n)
{
    buf  b = buf_new(a, 64 << 10);
    bool quoted = false;
    str  line = first;
    for (;;) {
        for (size_t i = 0; i < line.n; i++) {
            if (line.p[i] == '"' && (!i || line.p[i - 1] != '\\'))
                quoted = !quoted;
            if (line.p[i] == ')' && !quoted)
                return buf_str(&b);
            buf_putc(&b, line.p[i]);
        }
        buf_putc(&b, '\n');
        if (b.overflow || !str_line(rest, &line))
            return buf_str(&b);
        ++*line_n;
        line = without_comment(line);
    }
}

static bool rsyslog_call(arena *a, str line, str *rest, size_t *n, log_reader *r)
{
    size_t body, at = *n;
    if (call_at(line, "action", &body) != SIZE_MAX) {
        rsyslog_action(a, gather_call(a, str_sub(line, body, line.n), rest, n), at, r);
    } else if (call_at(line, "include", &body) != SIZE_MAX) {
        r->include(r->arg, read_params(gather_call(a, str_sub(line, body, line.n), rest, n)).file);
    } else if (call_at(line, "global", &body) != SIZE_MAX) {
        str name, v, inside = gather_call(a, str_sub(line, body, line.n), rest, n);
        while (next_param(&inside, &name, &v))
            if (no_case(name, "defaultnetstreamdriver"))
                r->driver_tls = no_case(v, "gtls") || no_case(v, "ossl");
    } else {
        return false;
    }
    return true;
}

void rsyslog_targets(arena *a, str text, log_reader *r)
{
    str    line;
    size_t n = 0;
    while (str_line(&text, &line)) {
        n++;
        line = str_trim(without_comment(line));
        if (!line.n)
            continue;
        if (line.p[0] == '$')
            rsyslog_directive(line, r);
        else if (!rsyslog_call(a, line, &text, &n, r))
            rsyslog_legacy(line, n, r);
    }
}

/* ---- ini-like ---- */

void journal_upload_targets(arena *a, str text, log_reader *r)
{
    str    line, url = { 0 };
    size_t n = 0, at = 0;
    while (str_line(&text, &line)) {
        n++;
        str rest = str_trim(line), key = str_trim(str_cut(&rest, '='));
        if (rest.p && str_eq(key, S("URL"))) {
            url = str_trim(rest);
            at = n;
        }
    }
    log_target t;
    if (!url.n || !log_url(a, url, &t))
        return;
    if (!t.protocol) {                   /* the tool's own default */
        t.protocol = "https";
        t.encrypted = 1;
    }
    bool own_port = t.port.n && !str_eq(t.port, S("443")) && !str_eq(t.port, S("80"));
    t.port = own_port ? t.port : S("19532");
    t.line = at;
    r->target(r->arg, &t);
}

typedef struct {
    str    name, host, port, uri;
    bool   output, tls;
    size_t line;
} fluent_section;

static void fluent_end(arena *a, const fluent_section *f, log_reader *r)
{
    static const char *const local[] = { "stdout", "null", "file", "counter", "exit", "flowcounter" };
    log_target t = { .host = f->host, .port = f->port, .line = f->line, .protocol = "tcp", .encrypted = f->tls };
    if (!f->output)
        return;
    for (size_t i = 0; i < COUNT(local); i++)
        if (no_case(f->name, local[i]))
            return;
    if (f->uri.n && !f->host.n && !log_url(a, f->uri, &t))
        return;
    if (no_case(f->name, "http") || no_case(f->name, "es") || no_case(f->name, "opensearch") || no_case(f->name, "loki") ||
        no_case(f->name, "splunk"))
        t.protocol = f->tls ? "https" : "http";
    if (!t.host.n)
        t.host = f->name;                /* a service known by the plugin's name alone */
    if (t.host.n)
        r->target(r->arg, &t);
}

void fluent_bit_targets(arena *a, str text, log_reader *r)
{
    fluent_section f = { 0 };
    str            line;
    size_t         n = 0;
    while (str_line(&text, &line)) {
        n++;
        str rest = str_trim(line);
        if (str_starts(rest, S("#")))
            continue;
        if (str_starts(rest, S("["))) {
            fluent_end(a, &f, r);
            f = (fluent_section){ .output = no_case(rest, "[OUTPUT]"), .line = n };
            continue;
        }
        str key = str_word(&rest), v = str_trim(rest);
        if (no_case(key, "@INCLUDE"))
            r->include(r->arg, v);
        else if (no_case(key, "Name"))
            f.name = v;
        else if (no_case(key, "Host"))
            f.host = v;
        else if (no_case(key, "Port"))
            f.port = v;
        else if (no_case(key, "tls"))
            f.tls = no_case(v, "on") || no_case(v, "true");
    }
    fluent_end(a, &f, r);
}
