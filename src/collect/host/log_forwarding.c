/* Where logs are sent: what the tools' files say, and whether a connection to
 * the receiver stands. */
#include "collect/host/log_targets.h"
#include "collect/host/sockets.h"

enum { FILES_MAX = 1000 };

typedef struct {
    const char *name;
    const char *processes[3], *files[3];
    void (*read)(arena *a, str text, log_reader *r);
} log_tool;

static const log_tool tools[] = {
    { "rsyslog", { "rsyslogd" }, { "/etc/rsyslog.conf" }, rsyslog_targets },
    { "syslog-ng", { "syslog-ng" }, { "/etc/syslog-ng/syslog-ng.conf" }, syslog_ng_targets },
    { "journal-upload", { "systemd-journal-upload" },
      { "/etc/systemd/journal-upload.conf", "/etc/systemd/journal-upload.conf.d/*.conf" }, journal_upload_targets },
    { "vector", { "vector" }, { "/etc/vector/vector.yaml", "/etc/vector/vector.toml" }, yaml_targets },
    { "fluent-bit", { "fluent-bit", "td-agent-bit" },
      { "/etc/fluent-bit/fluent-bit.conf", "/etc/td-agent-bit/td-agent-bit.conf" }, fluent_bit_targets },
    { "filebeat", { "filebeat" }, { "/etc/filebeat/filebeat.yml" }, yaml_targets },
    { "promtail", { "promtail" }, { "/etc/promtail/config.yml", "/etc/promtail/config.yaml" }, yaml_targets },
};

typedef struct {
    const log_tool *tool;
    log_target      t;
    str             address, file;
    tri             remote;
} found_target;

typedef struct {
    host_state     *s;
    arena          *a;
    const log_tool *tool;
    str             file;
    DA(found_target) found;
    map             by_key;              /* "tool address" -> (void *)(index + 1) */
    str_list        files;               /* of this tool, to be read and read */
    socket_list     established;
    holder         *holders;
    bool            sockets_read, sockets_known, holders_denied;
} search;

/* ---- reading ---- */

static tri is_remote(const host_state *s, str host)
{
    if (str_eq(host, S("localhost")) || str_starts(host, S("127.")) || str_eq(host, S("::1")) || str_eq(host, s->env->system))
        return NO;
    return YES;
}

static void on_target(void *arg, const log_target *t)
{
    search *q = arg;
    str     address = t->port.n ? str_fmt(q->a, STR_FMT ":" STR_FMT, STR_ARG(t->host), STR_ARG(t->port)) : str_dup(q->a, t->host);
    void  **slot = map_put(&q->by_key, str_fmt(q->a, "%s " STR_FMT, q->tool->name, STR_ARG(address)));
    if (*slot) {                         /* one receiver told twice: the weaker way counts */
        found_target *before = &q->found.v[(uintptr_t)*slot - 1];
        if (before->t.encrypted != 0)
            before->t.encrypted = t->encrypted;
        return;
    }
    found_target x = { .tool = q->tool, .t = *t, .address = address, .remote = is_remote(q->s, t->host),
                       .file = str_fmt(q->a, STR_FMT ":%zu", STR_ARG(q->file), t->line) };
    x.t.port = str_dup(q->a, t->port);
    x.t.host = str_dup(q->a, t->host);
    da_push(q->a, &q->found) = x;
    *slot = (void *)(uintptr_t)q->found.n;
}

static void add_file(search *q, str path)
{
    for (size_t i = 0; i < q->files.n; i++)
        if (str_eq(q->files.v[i], path))
            return;
    if (q->files.n < FILES_MAX)
        da_push(q->a, &q->files) = str_dup(q->a, path);
    else
        emit_lack(q->s->e, ST_PARTIAL, "%s names more than %d files", q->tool->name, FILES_MAX);
}

/* Relative names are meant beside the file that names them. */
static void on_include(void *arg, str pattern)
{
    search *q = arg;
    if (!pattern.n)
        return;
    if (pattern.p[0] != '/') {
        const char *slash = memrchr(q->file.p, '/', q->file.n);
        pattern = str_fmt(q->a, STR_FMT "/" STR_FMT, (int)(slash - q->file.p), q->file.p, STR_ARG(pattern));
    }
    str_list files = { 0 };
    bool     directory = str_ends(pattern, S("/"));
    state_glob(q->s, q->a, str_fmt(q->a, STR_FMT "%s", STR_ARG(pattern), directory ? "*" : "").p, &files);
    for (size_t i = 0; i < files.n; i++)
        add_file(q, files.v[i]);
}

static void read_tool(search *q)
{
    log_reader r = { .target = on_target, .include = on_include, .arg = q };
    size_t     before = q->found.n;
    bool       any = false;
    q->files = (str_list){ 0 };
    for (size_t i = 0; i < COUNT(q->tool->files) && q->tool->files[i]; i++) {
        q->file = str_of(q->tool->files[i]);
        on_include(q, q->file);
    }
    for (size_t i = 0; i < q->files.n; i++) {        /* grows while it is read */
        str text;
        q->file = q->files.v[i];
        if (!state_config(q->s, q->a, q->file.p, &text))
            continue;
        any = true;
        q->tool->read(q->a, text, &r);
    }
    bool syslog = q->tool == &tools[0] || q->tool == &tools[1] || q->tool == &tools[2];
    if (any && !syslog && q->found.n == before)
        emit_lack(q->s->e, ST_PARTIAL, "no receiver was understood in the configuration of %s", q->tool->name);
}

/* ---- connections ---- */

static void load_sockets(search *q)
{
    if (q->sockets_read)
        return;
    q->sockets_read = true;
    q->sockets_known = sockets_read(q->s, q->a, false, SOCKET_ESTABLISHED, &q->established) == 0;
    q->holders = NEW_ARRAY(q->a, holder, q->established.n + 1);
    for (size_t i = 0; i < q->established.n; i++)
        q->holders[i].inode = q->established.v[i].inode;
    q->holders_denied = sockets_holders(q->s, q->holders, q->established.n);
}

static bool of_tool(const search *q, const log_tool *tool, uint64_t inode)
{
    const holder *h = holder_of(q->holders, q->established.n, inode);
    if (!h || h->process == SIZE_MAX)
        return false;
    for (size_t i = 0; i < COUNT(tool->processes) && tool->processes[i]; i++)
        if (str_eq(q->s->processes[h->process].name, str_sub(str_of(tool->processes[i]), 0, 15)))
            return true;
    return false;
}

static tri connected(search *q, const found_target *x)
{
    int64_t port;
    if (!x->t.protocol || strcmp(x->t.protocol, "udp") == 0 || !parse_int(x->t.port, 1, UINT16_MAX, &port))
        return UNKNOWN;
    load_sockets(q);
    if (!q->sockets_known)
        return UNKNOWN;
    for (size_t i = 0; i < q->established.n; i++)
        if (q->established.v[i].remote_port == port && of_tool(q, x->tool, q->established.v[i].inode))
            return YES;
    bool often = strcmp(x->t.protocol, "tcp") == 0 || strcmp(x->t.protocol, "relp") == 0;     /* http comes and goes */
    return q->holders_denied || !often || !state_processes(q->s) ? UNKNOWN : NO;
}

static void emit_target(search *q, const found_target *x)
{
    emit *e = q->s->e;
    tri   runs = state_runs(q->s, x->tool->processes);
    emit_text(e, "system", q->s->env->system);
    emit_z(e, "tool", x->tool->name);
    emit_text(e, "target", x->address);
    emit_z(e, "protocol", x->t.protocol);
    if (x->t.encrypted >= 0)
        emit_bool(e, "encrypted", x->t.encrypted);
    emit_tri(e, "remote", x->remote);
    emit_tri(e, "connected", connected(q, x));
    emit_tri(e, "running", runs);
    emit_text(e, "defined_in", x->file);
    emit_row(e);
}

void part_log_forwarding(host_state *s)
{
    auto_arena arena *a = arena_new(128 << 20);
    search            q = { .s = s, .a = a, .by_key = map_new(a) };
    emit_begin(s->e, relation_find(S("log_forwarding")));
    for (size_t i = 0; i < COUNT(tools); i++) {
        q.tool = &tools[i];
        read_tool(&q);
    }
    for (size_t i = 0; i < q.found.n; i++)
        emit_target(&q, &q.found.v[i]);
    emit_end(s->e, q.found.n ? ST_OK : ST_ABSENT);
}
