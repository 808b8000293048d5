/* bench_http [tls]: a server with one asset and one page of 20 kB, on a free port, until its input ends. It tells the
 * port; bench/run puts wrk before it. */
#include "http/http.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void handle(void *arg, const http_request *rq, http_response *rs)
{
    (void)arg;
    if (http_asset(rq, rs, str_starts(rq->path, S("/assets/")) ? asset_find(str_sub(rq->path, 1, rq->path.n)) : NULL, S("text/css; charset=utf-8")))
        return;
    rs->media = S("text/html; charset=utf-8");
    for (int i = 0; i < 400; i++)
        buf_fmt(&rs->body, "<tr><td>row %d</td><td>of a page</td></tr>\n", i);
}

static void die(const fault *f)
{
    fprintf(stderr, "bench_http: %s\n", f->text);
    exit(1);
}

int main(int n, char **args)
{
    auto_arena arena *a = arena_new(1 << 20);
    fault             f = { 0 };
    http_server      *server;
    http_hooks        hooks = { .handle = handle };
    http_options      o = { .address = "127.0.0.1", .listen_fd = -1, .per_address_max = 600 };
    str               name = S("localhost");
    char              c;
    if (n > 1 && strcmp(args[1], "tls") == 0 && http_self_signed(a, &name, 1, &f, &o.cert_pem, &o.key_pem) != ERR_OK)
        die(&f);
    if (http_start(&o, &hooks, &f, &server) != ERR_OK)
        die(&f);
    printf("%d\n", http_port(server));
    fflush(stdout);
    while (read(STDIN_FILENO, &c, 1) > 0)
        continue;
    http_stop(server, SECONDS(1));
    return 0;
}
