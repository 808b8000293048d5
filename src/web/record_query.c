/* The address of a list: which records, in which order, which page. */
#include "web/record_query.h"

static const struct { const char *ending, *op; } endings[] = {
    { "", "=" }, { ".not", "!=" }, { ".has", "~" }, { ".before", "<" }, { ".after", ">" }, { ".under", "<" }, { ".over", ">" },
};

/* What an address may say beside filters. */
static const char own_names[] = "as-of done page sort do format id";

static err_t filter_add(ask *q, const http_pair *p, list_query *to)
{
    str name = p->name, text = p->value;
    if (!str_trim(text).n)
        return ERR_OK;                    /* a form sends its empty inputs as well */
    if (!str_eq(name, S("where"))) {
        str field_name = str_cut(&name, '.'), ending = str_sub(p->name, field_name.n, p->name.n);
        size_t i = 0;
        while (i < COUNT(endings) && !str_eq(ending, str_of(endings[i].ending)))
            i++;
        if (i == COUNT(endings) || relation_field(to->r, field_name) < 0)
            return fail(&q->f, ERR_INVALID, "%s cannot be asked for \"" STR_FMT "\": it has no such field", to->r->name, STR_ARG(utf8_cut(p->name, 60)));
        text = str_fmt(q->a, STR_FMT "%s" STR_FMT, STR_ARG(field_name), endings[i].op, STR_ARG(p->value));
    }
    record_filter fl;
    err_t         e = filter_parse(q->a, to->r, text, &q->f, &fl);
    if (e != ERR_OK)
        return e == ERR_USAGE ? ERR_INVALID : e;
    da_push(q->a, &to->filters) = fl;
    da_push(q->a, &to->kept) = *p;
    return ERR_OK;
}

static err_t sort_read(ask *q, list_query *to)
{
    str  text = ask_query(q, "sort");
    bool down = str_starts(text, S("-"));
    int  k = relation_field(to->r, down ? str_sub(text, 1, text.n) : text);
    if (!text.n)
        return ERR_OK;
    if (k < 0)
        return fail(&q->f, ERR_INVALID, "%s cannot be sorted by \"" STR_FMT "\": it has no such field", to->r->name, STR_ARG(utf8_cut(text, 60)));
    to->sort[0] = (size_t)k;
    to->descending[0] = down;
    to->n_sort = 1;
    return ERR_OK;
}

err_t list_query_read(ask *q, list_query *ret)
{
    str text = ask_query(q, "page");
    *ret = (list_query){ .r = q->type, .page_at = 1 };
    if (text.n && !parse_int(text, 1, 1000000, &ret->page_at))
        return fail(&q->f, ERR_INVALID, "page is a number from 1 on");
    for (size_t i = 0; i < q->rq->n_query; i++)
        if (!list_has(own_names, q->rq->query[i].name))
            TRY(filter_add(q, &q->rq->query[i], ret));
    return sort_read(q, ret);
}

record_query record_query_of(const list_query *lq, bool paged)
{
    return (record_query){ .r = lq->r, .filters = lq->filters.v, .n_filters = lq->filters.n, .sort = lq->sort, .n_sort = lq->n_sort,
                           .descending = lq->descending, .limit = paged ? PAGE_ROWS : 0, .offset = paged ? (lq->page_at - 1) * PAGE_ROWS : 0 };
}

static void put_pair(buf *b, str name, str text)
{
    buf_putc(b, memchr(b->p, '?', b->n) ? '&' : '?');
    html_put(b, AT_QUERY, name);
    buf_putc(b, '=');
    html_put(b, AT_QUERY, text);
}

str list_link(ask *q, const list_query *lq, const char *after, str sort, int64_t page_at)
{
    buf b = buf_new(q->a, 64 << 10);
    buf_fmt(&b, "/%s%s", lq->r->name, after);
    for (size_t i = 0; i < lq->kept.n; i++)
        put_pair(&b, lq->kept.v[i].name, lq->kept.v[i].value);
    if (sort.n)
        put_pair(&b, S("sort"), sort);
    if (page_at > 1)
        put_pair(&b, S("page"), str_fmt(q->a, "%lld", (long long)page_at));
    return link_to(q, STR_FMT, STR_ARG(buf_str(&b)));
}

str sort_now(ask *q, const list_query *lq)
{
    return lq->n_sort ? str_fmt(q->a, "%s%s", lq->descending[0] ? "-" : "", lq->r->fields[lq->sort[0]].name) : S("");
}

str sort_by(ask *q, const list_query *lq, size_t field_at)
{
    bool again = lq->n_sort && lq->sort[0] == field_at && !lq->descending[0];
    return str_fmt(q->a, "%s%s", again ? "-" : "", lq->r->fields[field_at].name);
}

str kept_value(const list_query *lq, str name)
{
    for (size_t i = 0; i < lq->kept.n; i++)
        if (str_eq(lq->kept.v[i].name, name))
            return lq->kept.v[i].value;
    return S("");
}
