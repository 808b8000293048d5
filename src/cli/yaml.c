#include "cli/yaml.h"

#include <libfyaml.h>

/* ---- writing --------------------------------------------------------------------------- */

static void put_comment(arena *a, const char *text, buf *out)
{
    buf b = buf_new(a, 1 << 20);
    str rest, line;
    put_wrapped(&b, str_of(text), 0, 76);
    for (rest = buf_str(&b); str_line(&rest, &line);)
        buf_fmt(out, "# " STR_FMT "\n", STR_ARG(line));
}

/* Whether the text can stand as a block of lines: nothing in it that YAML would change. */
static bool fits_block(str s)
{
    if (!memchr(s.p, '\n', s.n) || s.p[0] == ' ' || s.p[0] == '\n' || s.p[s.n - 1] == '\n')
        return false;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if ((c < 0x20 && c != '\n') || c == 0x7F || c == 0xC2 || c == 0xE2 || c == 0xEF)     /* also NEL, LS and the mark of order */
            return false;
    }
    return true;
}

static void put_block(str s, buf *out)
{
    str line;
    buf_putz(out, " |-\n");
    while (s.p) {
        line = str_cut(&s, '\n');
        buf_fmt(out, "%s" STR_FMT "\n", line.n ? "  " : "", STR_ARG(line));
    }
}

static void put_value(arena *a, const field *fd, const value *v, buf *out)
{
    if (v->kind == V_NULL) {
        buf_putc(out, '\n');
    } else if (fd->kind == F_TEXT && v->s.n && fits_block(v->s)) {
        put_block(v->s, out);
    } else {
        buf_putc(out, ' ');
        if (fd->kind == F_TEXT)
            json_str(out, v->s);          /* a string of JSON is one of YAML */
        else
            buf_puts(out, value_show(fd, v, a));
        buf_putc(out, '\n');
    }
}

void yaml_write(arena *a, const record_view *v, buf *out)
{
    for (size_t i = 1; i < v->r->n_fields; i++) {
        const field *fd = &v->r->fields[i];
        if (fd->flags & (FIELD_STAMPED | FIELD_FIXED))
            continue;
        buf_putc(out, '\n');
        put_comment(a, fd->doc, out);
        put_comment(a, str_fmt(a, "(" STR_FMT ")", STR_ARG(field_rules(a, fd))).p, out);
        buf_fmt(out, "%s:", fd->name);
        put_value(a, fd, &v->row[i], out);
    }
}

/* ---- reading ----------------------------------------------------------------------------- */

#define FUNCTIONS(X)                                                                                         \
    X(fy_diag_create) X(fy_diag_destroy) X(fy_diag_set_collect_errors) X(fy_diag_errors_iterate)             \
    X(fy_document_build_from_string) X(fy_document_root) X(fy_document_destroy) X(fy_node_get_type)          \
    X(fy_node_get_scalar) X(fy_node_get_style) X(fy_node_mapping_iterate)                                    \
    X(fy_node_pair_key) X(fy_node_pair_value)

typedef struct {
#define X(name) __typeof__(name) *name;
    FUNCTIONS(X)
#undef X
} fyaml;

static const library_symbol symbols[] = {
#define X(name) { #name, offsetof(fyaml, name) },
    FUNCTIONS(X)
#undef X
};

static err_t fault_of(const fyaml *y, struct fy_diag *diag, fault *f)
{
    void                       *at = NULL;
    const struct fy_diag_error *e = y->fy_diag_errors_iterate(diag, &at);
    return e ? fail(f, ERR_INVALID, "line %d, column %d: %s", e->line, e->column, e->msg) : fail(f, ERR_INVALID, "this is no YAML");
}

static str scalar(const fyaml *y, arena *a, struct fy_node *n)
{
    size_t      length = 0;
    const char *p = n ? y->fy_node_get_scalar(n, &length) : NULL;
    str         s = p ? str_dup(a, (str){ p, length }) : S("");
    bool        plain = n && y->fy_node_get_style(n) == FYNS_PLAIN;
    return plain && (str_eq(s, S("~")) || str_eq(s, S("null"))) ? S("") : s;
}

static err_t take_pairs(const fyaml *y, arena *a, struct fy_node *root, fault *f, assignment **ret, size_t *ret_n)
{
    DA(assignment)       list = { 0 };
    struct fy_node_pair *pair;
    for (void *at = NULL; (pair = y->fy_node_mapping_iterate(root, &at)) != NULL;) {
        struct fy_node *key = y->fy_node_pair_key(pair), *v = y->fy_node_pair_value(pair);
        if (!key || y->fy_node_get_type(key) != FYNT_SCALAR || (v && y->fy_node_get_type(v) != FYNT_SCALAR) || (v && y->fy_node_get_style(v) == FYNS_ALIAS))
            return fail(f, ERR_INVALID, "every line reads FIELD: VALUE, with nothing inside the value");
        str name = scalar(y, a, key), text = scalar(y, a, v);
        if (!utf8_valid(text) || memchr(text.p, 0, text.n))
            return fail(f, ERR_INVALID, STR_FMT " is not UTF-8", STR_ARG(utf8_cut(utf8_clean(a, name), 60)));
        da_push(a, &list) = (assignment){ name, text };
    }
    *ret = list.v;
    *ret_n = list.n;
    return ERR_OK;
}

err_t yaml_read(arena *a, str text, fault *f, assignment **ret, size_t *ret_n)
{
    static const struct fy_diag_cfg quiet = { .level = FYET_ERROR, .module_mask = ~0u };
    fyaml       y;
    const char *missing = library_bind("libfyaml.so.0", symbols, COUNT(symbols), &y);
    if (missing)
        return fail(f, ERR_UNSUPPORTED, "editing needs the library libfyaml0, and %s is not here (apt install libfyaml0); or write: "
                    "attest TYPE edit ID FIELD=VALUE", missing);
    struct fy_diag *diag = y.fy_diag_create(&quiet);
    assert(diag);
    y.fy_diag_set_collect_errors(diag, true);
    const struct fy_parse_cfg cfg = { .flags = FYPCF_QUIET | FYPCF_COLLECT_DIAG, .diag = diag };
    struct fy_document       *doc = y.fy_document_build_from_string(&cfg, text.p, text.n);
    struct fy_node           *root = doc ? y.fy_document_root(doc) : NULL;
    err_t                     e = ERR_OK;
    *ret_n = 0;
    if (!doc)
        e = fault_of(&y, diag, f);
    else if (root && y.fy_node_get_type(root) != FYNT_MAPPING)
        e = fail(f, ERR_INVALID, "every line reads FIELD: VALUE");
    else if (root)
        e = take_pairs(&y, a, root, f, ret, ret_n);
    if (doc)
        y.fy_document_destroy(doc);
    y.fy_diag_destroy(diag);
    return e;
}
