/* Any text is searched to its end; what is found lies inside it, lines ascend. */
#include "collect/git/secret.h"

typedef struct {
    int64_t n, lines, last;
} seen;

static void on_hit(void *arg, const secret_hit *h)
{
    seen *s = arg;
    if (h->line < s->last || h->line > s->lines || h->length <= 0 || h->length > s->n)
        abort();
    s->last = h->line;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    auto_arena arena *a = arena_new(1 << 20);
    seen              s = { .n = (int64_t)n, .lines = 1, .last = 1 };
    for (size_t i = 0; i < n; i++)
        s.lines += data[i] == '\n';
    secret_scan(secret_scanner_new(a), (str){ (const char *)data, n }, n % 2, on_hit, &s);
    path_is_test_data((str){ (const char *)data, n });
    path_is_settings((str){ (const char *)data, n });
    return 0;
}
