/* GET /metrics: Prometheus' text format 0.0.4. For tokens made for it. */
#include "serve/parts.h"

#include <stdio.h>
#include <unistd.h>

typedef struct {
    const char *name, *kind, *help;
    int64_t     n;
} metric;

static int64_t resident_bytes(void)
{
    arena *a = arena_new(1 << 16);
    str    text;
    int64_t pages = 0;
    if (file_slurp(a, "/proc/self/statm", 4096, &text) == 0) {
        str_cut(&text, ' ');
        if (!parse_int(str_cut(&text, ' '), 0, INT64_MAX, &pages))
            pages = 0;
    }
    arena_free(a);
    return pages * (int64_t)sysconf(_SC_PAGESIZE);
}

static void put_duration(buf *b, const http_counters *h)
{
    int64_t sum = 0;
    buf_putz(b, "# HELP attest_http_duration_seconds How long requests took.\n# TYPE attest_http_duration_seconds histogram\n");
    for (size_t i = 0; i + 1 < COUNT(h->took_us); i++) {
        sum += h->took_us[i];
        buf_fmt(b, "attest_http_duration_seconds_bucket{le=\"%g\"} %lld\n", 0.0001 * (double)(1 << i), (long long)sum);
    }
    sum += h->took_us[COUNT(h->took_us) - 1];
    buf_fmt(b, "attest_http_duration_seconds_bucket{le=\"+Inf\"} %lld\nattest_http_duration_seconds_sum %g\nattest_http_duration_seconds_count %lld\n",
            (long long)sum, (double)h->took_sum_us / 1e6, (long long)sum);
}

static err_t get_metrics(ask *q)
{
    http_counters h = http_counted(gate_server(q->g));
    gate_counters c = gate_counted(q->g);
    int64_t       head;
    TRY(app_head(q->ws, &q->f, &head));
    const metric all[] = {
        { "attest_http_refused_total", "counter", "Requests that broke the rules of HTTP.", h.refused },
        { "attest_http_sent_bytes_total", "counter", "Bytes of answers.", h.bytes_out },
        { "attest_http_connections_total", "counter", "Connections taken.", h.connections },
        { "attest_http_connections_open", "gauge", "Connections that stand.", h.connections_open },
        { "attest_http_timeouts_total", "counter", "Connections ended because the client was too slow.", h.timeouts },
        { "attest_answers_kept_total", "counter", "Answers given again without asking the store.", c.cache_hits },
        { "attest_answers_made_total", "counter", "Answers made that may be given again.", c.cache_misses },
        { "attest_refusals_total", "counter", "Requests of known people that they may not make.", c.refusals },
        { "attest_sign_ins_total", "counter", "Sign-ins.", c.sign_ins },
        { "attest_writers_waited_total", "counter", "Requests that waited for the writer's place.", c.writers_waited },
        { "attest_readers_open", "gauge", "Open readers of the store.", c.readers_open },
        { "attest_commits_total", "counter", "Commits in the history.", head },
        { "attest_resident_memory_bytes", "gauge", "Memory of the web process.", resident_bytes() },
    };
    buf *b = &q->rs->body;
    q->rs->media = S("text/plain; version=0.0.4; charset=utf-8");
    buf_putz(b, "# HELP attest_http_requests_total Requests answered, by class of status.\n# TYPE attest_http_requests_total counter\n");
    for (int i = 1; i <= 5; i++)
        buf_fmt(b, "attest_http_requests_total{status=\"%dxx\"} %lld\n", i, (long long)h.by_status[i]);
    for (size_t i = 0; i < COUNT(all); i++)
        buf_fmt(b, "# HELP %s %s\n# TYPE %s %s\n%s %lld\n", all[i].name, all[i].help, all[i].name, all[i].kind, all[i].name, (long long)all[i].n);
    put_duration(b, &h);
    return ERR_OK;
}

static void refuse(ask *q, err_t e, int status)
{
    (void)e;
    if (status == 401)
        http_add(q->rs, "WWW-Authenticate", S("Bearer"));
    q->rs->media = S("text/plain; charset=utf-8");
    buf_fmt(&q->rs->body, "%s\n", q->f.text);
}

static const route rows[] = {
    { HTTP_GET, "/metrics", PERMIT_SCOPE, 0, 0, SCOPE_METRICS, get_metrics, "Counters of this server, for Prometheus" },
};
static const route_table table = { rows, COUNT(rows) };
static const route_table *const tables[] = { &table };
const front metrics_front = { .name = "metrics", .prefix = "/metrics", .tables = tables, .n_tables = COUNT(tables), .refuse = refuse };
