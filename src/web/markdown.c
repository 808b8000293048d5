/* Markdown by libcmark-gfm, with its tables and no other extension: loaded at first use. */
#include "web/markdown.h"

#include <cmark-gfm-core-extensions.h>
#include <pthread.h>

#define CMARK_FUNCTIONS(X)                                                                                        \
    X(cmark_parser_new) X(cmark_parser_feed) X(cmark_parser_finish) X(cmark_parser_free) X(cmark_parser_attach_syntax_extension)  \
    X(cmark_parser_get_syntax_extensions) X(cmark_find_syntax_extension) X(cmark_node_free) X(cmark_iter_new) X(cmark_iter_next) X(cmark_iter_get_node)        \
    X(cmark_iter_free) X(cmark_node_get_type) X(cmark_node_get_heading_level) X(cmark_node_set_heading_level)     \
    X(cmark_render_html) X(cmark_get_default_mem_allocator)

typedef struct {
#define X(name) __typeof__(name) *name;
    CMARK_FUNCTIONS(X)
#undef X
} cmark_lib;

enum { TOP_LEVEL = 3, LEVELS = 6 };

/* The highest heading of the text; with `by`, every heading is moved by so many levels. */
static int headings(const cmark_lib *l, cmark_node *root, int by)
{
    cmark_iter *it = l->cmark_iter_new(root);
    int         top = LEVELS;
    for (cmark_event_type ev; (ev = l->cmark_iter_next(it)) != CMARK_EVENT_DONE;) {
        cmark_node *n = l->cmark_iter_get_node(it);
        if (ev != CMARK_EVENT_ENTER || l->cmark_node_get_type(n) != CMARK_NODE_HEADING)
            continue;
        int level = l->cmark_node_get_heading_level(n) + by;
        l->cmark_node_set_heading_level(n, level > LEVELS ? LEVELS : level);
        top = level < top ? level : top;
    }
    l->cmark_iter_free(it);
    return top;
}

static void put_plain(buf *out, str text)
{
    buf_putz(out, "<pre class=\"wrap\">");
    html_put(out, AT_TEXT, text);
    buf_putz(out, "</pre>\n");
}

/* Its extensions stand in a list of the process, filled once. */
static void tables_register(void)
{
    static const library_symbol row = { "cmark_gfm_core_extensions_ensure_registered", 0 };
    struct { __typeof__(cmark_gfm_core_extensions_ensure_registered) *fill; } l;
    if (!library_bind("libcmark-gfm-extensions.so.0.29.0.gfm.6", &row, 1, &l))
        l.fill();
}

void markdown_put(buf *out, str text)
{
    static pthread_once_t       once = PTHREAD_ONCE_INIT;
    static const library_symbol rows[] = {
#define X(name) { #name, offsetof(cmark_lib, name) },
        CMARK_FUNCTIONS(X)
#undef X
    };
    enum { OPTIONS = CMARK_OPT_DEFAULT | CMARK_OPT_VALIDATE_UTF8 };       /* which is safe: no raw HTML, no script in links */
    cmark_lib l;
    if (library_bind("libcmark-gfm.so.0.29.0.gfm.6", rows, COUNT(rows), &l)) {
        put_plain(out, text);
        return;
    }
    pthread_once(&once, tables_register);
    cmark_parser           *parser = l.cmark_parser_new(OPTIONS);
    cmark_syntax_extension *tables = l.cmark_find_syntax_extension("table");
    if (tables)
        l.cmark_parser_attach_syntax_extension(parser, tables);
    l.cmark_parser_feed(parser, text.p ? text.p : "", text.n);
    cmark_node *root = l.cmark_parser_finish(parser);
    (void)headings(&l, root, TOP_LEVEL - headings(&l, root, 0));          /* the page has its h1 and the part its h2 */
    char *html = l.cmark_render_html(root, OPTIONS, l.cmark_parser_get_syntax_extensions(parser));
    buf_putz(out, html);
    l.cmark_get_default_mem_allocator()->free(html);
    l.cmark_node_free(root);
    l.cmark_parser_free(parser);
}
