/* Lines of a head: method, target, version, then names and values. What is accepted has one host, one framing and a path. */
#include "http/parts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    auto_arena arena *a = arena_new(64 << 20);
    str               rest = { (const char *)data, n }, line;
    http_request      rq = { .a = a };
    framing           fr = { 0 };
    DA(raw_header) list = { 0 };
    raw_head h = { .method = str_cut(&rest, '\n') };
    h.target = rest.p ? str_cut(&rest, '\n') : S("");
    h.version = rest.p ? str_cut(&rest, '\n') : S("");
    while (rest.p && list.n <= HEADERS_MAX) {
        line = str_cut(&rest, '\n');
        str name = str_cut(&line, ':');
        da_push(a, &list) = (raw_header){ name.p, line.p ? line.p : "", name.n, line.p ? line.n : 0 };
    }
    h.headers = list.v;
    h.n_headers = list.n;
    refusal no = head_read(&h, &rq, &fr);
    if (no.status) {
        if (no.status < 400 || no.status > 599 || !no.why.n || !utf8_valid(no.why))
            abort();
        return 0;
    }
    size_t hosts = 0, framings = 0;
    for (size_t i = 0; i < rq.n_headers; i++) {
        hosts += str_eq(rq.headers[i].name, S("host"));
        framings += str_eq(rq.headers[i].name, S("content-length")) || str_eq(rq.headers[i].name, S("transfer-encoding"));
        if (!is_token(rq.headers[i].name) || !utf8_valid(rq.headers[i].value))
            abort();
    }
    if (hosts != 1 || framings > 1 || !rq.host.n || rq.path.p[0] != '/' || !rq.method || (fr.chunked && fr.length >= 0))
        abort();
    return 0;
}
