/* One search for everything, as a page and for the command palette. */
#include "web/kept.h"
#include "web/record.h"

enum { OF_EACH = 5, OF_ONE = 200, PALETTE_OF_EACH = 4, PALETTE_MAX = 24 };

static str label_of(arena *a, const found_part *p)
{
    if (p->kind != FIND_ROWS)
        return p->kind == FIND_CRITERIA ? S("Criteria") : p->kind == FIND_CONTROLS ? S("Controls") : S("Tests");
    return type_plural(a, p->r);
}

static str fact_link(ask *q, const relation *r, str id)
{
    buf b = buf_new(q->a, 8 << 10);
    buf_fmt(&b, "/facts/%s/row?key=", r->name);
    html_put(&b, AT_QUERY, id);
    return buf_str(&b);
}

static str address_of(ask *q, const found_part *p, str id)
{
    if (p->kind == FIND_ROWS && p->r->kind == FACT)
        return fact_link(q, p->r, id);
    return link_to(q, STR_FMT, STR_ARG(record_path(q->a, str_of(p->name), id, NULL)));
}

static find_row row_of(ask *q, const found_part *p, const search_doc *d)
{
    find_row row = { .title = d->title, .sub = str_eq(d->title, d->id) ? S("") : d->id, .href = address_of(q, p, d->id) };
    if (d->state.n)
        row.mark = record_mark(q, d->state);
    return row;
}

static find_group group_of(ask *q, const found_part *p, str text)
{
    find_group gr = { .name = str_of(p->name), .label = label_of(q->a, p), .rows = NEW_ARRAY(q->a, find_row, p->n + 1), .n = p->n, .all = p->all };
    for (size_t i = 0; i < p->n; i++)
        gr.rows[i] = row_of(q, p, p->hits[i].doc);
    if (p->all > p->n) {
        buf b = buf_new(q->a, 8192);
        buf_putz(&b, "/search?q=");
        html_put(&b, AT_QUERY, text);
        buf_fmt(&b, "&in=%s", p->name);
        gr.more = link_to(q, STR_FMT, STR_ARG(buf_str(&b)));
    }
    return gr;
}

static err_t get_search(ask *q)
{
    left_out    part = { 0 };
    search_view v = { .q = q, .in_part = app_left_out(q->ws, &part), .text = utf8_cut(str_trim(ask_query(q, "q")), 200) };
    str         only = ask_query(q, "in");
    found_part *parts;
    size_t      n;
    v.asked = v.text.n > 0;
    TRY(search_everything(q, kept_of(q)->search, v.text, only, only.n ? OF_ONE : OF_EACH, &parts, &n));
    v.groups = NEW_ARRAY(q->a, find_group, n + 1);
    for (size_t i = 0; i < n; i++) {
        v.full |= parts[i].full;
        v.all += parts[i].all;
        if (parts[i].n)
            v.groups[v.n++] = group_of(q, &parts[i], v.text);
    }
    for (size_t i = 0; only.n && i < v.n; i++)
        v.groups[i].more = S("");
    page_open(q, &(page){ .title = S("Search"), .no_as_of = !q->as_of });
    tpl_search(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

/* ---- the palette -------------------------------------------------------------------------- */

static void put_result(json_writer *w, str title, str group, str href, int *n)
{
    if (*n >= PALETTE_MAX)
        return;
    (*n)++;
    jw_obj(w);
    jw_kstr(w, "title", title);
    jw_kstr(w, "group", group);
    jw_kstr(w, "href", href);
    jw_end_obj(w);
}

/* Pages of the rail whose name begins a word with what is asked; all of them when nothing is. */
static bool page_fits(ask *q, const nav_entry *e, str folded)
{
    str name = str_lower(q->a, str_of(e->label));
    if (!nav_shown(q, e))
        return false;
    return str_starts(name, folded) || str_contains(name, str_fmt(q->a, " " STR_FMT, STR_ARG(folded)));
}

static err_t get_search_json(ask *q)
{
    str          text = utf8_cut(str_trim(ask_query(q, "q")), 200);
    search_query asked = search_ask(q->a, text);
    json_writer  w = { .b = &q->rs->body };
    found_part  *parts;
    size_t       n;
    int          told = 0;
    TRY(search_everything(q, kept_of(q)->search, text, S(""), PALETTE_OF_EACH, &parts, &n));
    q->rs->media = S("application/json");
    jw_obj(&w);
    jw_key(&w, "results");
    jw_arr(&w);
    for (size_t i = 0; i < n_nav; i++)
        if (page_fits(q, &nav[i], asked.text))
            put_result(&w, str_of(nav[i].label), str_of(nav[i].group), str_of(nav[i].path), &told);
    for (int rank = 3; rank > 0; rank--)
        for (size_t i = 0; i < n; i++)
            for (size_t k = 0; k < parts[i].n; k++)
                if (parts[i].hits[k].rank == rank)
                    put_result(&w, parts[i].hits[k].doc->title, str_fmt(q->a, STR_FMT " " STR_FMT, STR_ARG(label_of(q->a, &parts[i])), STR_ARG(parts[i].hits[k].doc->id)),
                               address_of(q, &parts[i], parts[i].hits[k].doc->id), &told);
    jw_end_arr(&w);
    jw_end_obj(&w);
    return ERR_OK;
}

static const route rows[] = {
    { HTTP_GET, "/search", PERMIT_PERSON, 0, ROUTE_CACHED, 0, get_search, "Search everything that one may see" },
    { HTTP_GET, "/search.json", PERMIT_PERSON, 0, ROUTE_CACHED, 0, get_search_json, "Pages and things by words, for the command palette" },
};
ROUTE_TABLE(search_routes);
