#include "search/search.h"

/* The first line is asked, the others are what is searched. What a thing is called finds it. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    auto_arena arena *a = arena_new(64 << 20);
    search_part *p = search_begin(0);
    str          rest = { (const char *)data, size }, first = { 0 }, line;
    str_line(&rest, &first);
    while (rest.n && str_line(&rest, &line))
        search_add(p, &(search_doc){ .id = line, .title = line }, line);
    search_seal(p);
    search_hit   hits[4];
    size_t       n;
    search_query q = search_ask(a, first);
    search_find(p, a, &q, NULL, NULL, COUNT(hits), hits, &n);
    rest = (str){ (const char *)data, size };
    while (rest.n && search_count(p) && str_line(&rest, &line)) {
        search_query own = search_ask(a, line);
        if (line.p != first.p && own.n && !search_find(p, a, &own, NULL, NULL, COUNT(hits), hits, &n))
            __builtin_trap();
    }
    search_free(p);
    return 0;
}
