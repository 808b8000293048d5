/* The frame that every page stands in. */
#include "web/page.h"

/* What a page says after a form was kept; the address carries the word, never the sentence. */
static const struct {
    const char *word, *says;
} done_words[] = {
    { "saved", "Saved." }, { "added", "Added." }, { "removed", "Removed." }, { "moved", "Done; its state has changed." },
    { "sent", "Sent." }, { "accepted", "Accepted." }, { "started", "Started; this page shows the outcome when it is there." }, { "ended", "Ended." },
    { "asked", "Asked for. Somebody other than you approves or refuses it." },
    { "same", "Nothing was different, so nothing was changed." },
};

bool shown_to(const ask *q, permit p)
{
    role r = q->who.role;
    if (!q->signed_in)
        return false;
    switch (p) {
    case PERMIT_PUBLIC: case PERMIT_SESSION: case PERMIT_PERSON: return true;
    case PERMIT_AUDITOR: return r == ROLE_AUDITOR;
    case PERMIT_READER: return r == ROLE_AUDITOR ? q->engaged : r >= ROLE_CONTRIBUTOR;
    case PERMIT_MEMBER: return r >= ROLE_MEMBER;
    case PERMIT_CONTRIBUTOR: return r >= ROLE_CONTRIBUTOR;
    case PERMIT_MANAGER: return r >= ROLE_MANAGER;
    case PERMIT_OWNER: return r >= ROLE_OWNER;
    case PERMIT_UNSET: case PERMIT_TYPE_READ: case PERMIT_TYPE_ADD: case PERMIT_TYPE_EDIT: case PERMIT_TYPE_DO: case PERMIT_SCOPE:
    case PERMIT_COUNT_: return false;
    }
    return false;
}

bool nav_shown(const ask *q, const nav_entry *e)
{
    return shown_to(q, e->meant) && ask_may(q, HTTP_GET, str_of(e->path));
}

static str flash_of(ask *q)
{
    str word = ask_query(q, "done");
    for (size_t i = 0; i < COUNT(done_words); i++)
        if (str_eq(word, str_of(done_words[i].word)))
            return str_of(done_words[i].says);
    return S("");
}

/* What stands in the address and stays when another moment is chosen. */
static bool stays(str name)
{
    return !str_eq(name, S("as-of")) && !str_eq(name, S("page")) && !str_eq(name, S("done"));
}

/* What an auditor is not shown, on every page: nothing is left out in silence. */
static str left_out_words(ask *q)
{
    left_out l = { 0 };
    if (q->who.role != ROLE_AUDITOR || !app_left_out(q->ws, &l))
        return S("");
    return str_fmt(q->a, "Your engagement examines " STR_FMT ". Not shown, since they serve other categories alone: %zu criteria, %zu controls, %zu tests, %zu registers.",
                   STR_ARG(l.examines), l.criteria, l.controls, l.tests, l.registers);
}

static void keep_query(ask *q, frame_view *v)
{
    const http_request *rq = q->rq;
    http_pair          *kept = NEW_ARRAY(q->a, http_pair, rq->n_query + 1);
    buf                 link = buf_new(q->a, 64 << 10);
    buf_puts(&link, rq->raw_path);
    for (size_t i = 0; i < rq->n_query; i++) {
        if (!stays(rq->query[i].name))
            continue;
        buf_putc(&link, v->n_kept ? '&' : '?');
        html_put(&link, AT_QUERY, rq->query[i].name);
        buf_putc(&link, '=');
        html_put(&link, AT_QUERY, rq->query[i].value);
        kept[v->n_kept++] = rq->query[i];
    }
    v->kept = kept;
    v->now_link = buf_str(&link);
}

static frame_view view_of(ask *q, const page *p)
{
    frame_view v = { .q = q, .p = p, .workspace = workspace_name(q->ws), .css = asset_url(q->a, "attest.css"), .js = asset_url(q->a, "attest.js") };
    bool      *shown = NEW_ARRAY(q->a, bool, n_nav);
    str       *links = NEW_ARRAY(q->a, str, n_nav);
    for (size_t i = 0; i < n_nav; i++) {
        shown[i] = nav_shown(q, &nav[i]);
        links[i] = link_to(q, "%s", nav[i].path);
    }
    v.shown = shown;
    v.links = links;
    v.script = p->script ? asset_url(q->a, p->script) : S("");
    v.reader = shown_to(q, PERMIT_READER);
    v.here = q->rq->raw_path;
    v.home = link_to(q, v.reader ? "/" : q->who.role == ROLE_AUDITOR ? "/audit" : "/my");
    v.left_out = left_out_words(q);
    v.ended = q->as_of && q->as_of == q->who.until;
    v.flash = flash_of(q);
    v.as_of_max = str_sub(time_rfc3339(q->a, q->who.until ? q->who.until : q->now), 0, 10);
    keep_query(q, &v);
    if (q->as_of) {
        v.as_of_text = time_people(q->a, q->as_of);
        v.as_of_value = str_sub(time_rfc3339(q->a, q->as_of), 0, 10);
    }
    return v;
}

void page_open(ask *q, const page *p)
{
    frame_view v = view_of(q, p);
    q->rs->media = S("text/html; charset=utf-8");
    tpl_frame_top(&q->rs->body, &v);
    q->rs->a = q->a;
}

void page_close(ask *q)
{
    page       p = { .bare = !q->signed_in };
    frame_view v = { .q = q, .p = &p, .workspace = workspace_name(q->ws) };
    tpl_frame_end(&q->rs->body, &v);
}

err_t page_done(ask *q, str to, const char *word)
{
    bool more = str_contains(to, S("?"));
    http_redirect(q->rs, 303, str_fmt(q->a, STR_FMT "%cdone=%s", STR_ARG(to), more ? '&' : '?', word));
    return ERR_OK;
}
