/* An auditor's first page: in what they take part, what they may look at, and what to do when nothing is open. */
#include "web/auditor.h"

#include "web/assure.h"
#include "web/record.h"

static const struct { const char *path, *label, *says; } places[] = {
    { "/criteria", "Criteria", "what is asked, and where each criterion stands" },
    { "/controls", "Controls", "what is done for it, by whom, and with what evidence" },
    { "/tests", "Tests", "the queries that test the controls, and every outcome" },
    { "/exceptions", "Exceptions", "what failed, and when it was mended" },
    { "/waiver", "Waivers", "failures that somebody accepted, until when and why" },
    { "/populations", "Populations", "everything of a kind in the period, to sample from, with the checks that none is missing" },
    { "/reports", "Reports", "the whole assessment as a page or a file" },
    { "/evidence", "Files", "documents that were handed in" },
    { "/trail", "Trail", "who changed what, and when" },
    { "/ledger", "Ledger", "how to verify all of this without trusting this server" },
};

/* Whether there is something to see now, and the sentence that says so. */
static bool can_see(ask *q, const engagement *e, str *ret_says)
{
    arena *a = q->a;
    str    owner = e->owner_name.n ? e->owner_name : S("The organisation");
    if (str_eq(e->state, S("planned")))
        *ret_says = str_fmt(a, "It is not open yet. " STR_FMT " opens it; until then only your own account is here for you.", STR_ARG(owner));
    else if (e->unclear.n)
        *ret_says = str_fmt(a, "Nothing of it is shown, since what it examines cannot be told: " STR_FMT ".", STR_ARG(e->unclear));
    else if (!e->open)
        *ret_says = S("It is closed, and nothing of it can be read any more. Who answers for it can open it again.");
    else if (e->from > q->now)
        *ret_says = str_fmt(a, "It is open. Its period begins on " STR_FMT "; before that there is nothing to see.", STR_ARG(date_text(q, e->from)));
    else if (e->to < q->now)
        *ret_says = str_fmt(a, "It is open. You see how everything stood until " STR_FMT ", with its history, and nothing that came after.", STR_ARG(time_text(q, e->to)));
    else
        *ret_says = S("It is open, and its period runs. You see everything up to now, and any moment since it began.");
    return e->open && !e->unclear.n && e->from <= q->now;
}

static void places_fill(ask *q, const engagement *e, audit_engagement *v)
{
    str moment = e->to < q->now ? str_fmt(q->a, "?as-of=" STR_FMT, STR_ARG(url_part(q->a, time_rfc3339(q->a, e->to)))) : S("");
    v->href = record_path(q->a, S("engagement"), e->id, NULL);
    v->v = NEW_ARRAY(q->a, audit_place, COUNT(places));
    for (size_t i = 0; i < COUNT(places); i++)
        v->v[v->n++] = (audit_place){ str_fmt(q->a, "%s" STR_FMT, places[i].path, STR_ARG(moment)), places[i].label, places[i].says };
}

static audit_engagement engagement_of(ask *q, const engagement *e)
{
    bool             of_date = str_eq(e->kind, S("type_1"));
    audit_engagement v = { .e = e, .mark = record_mark(q, e->state), .owner = e->owner_name.n ? e->owner_name : e->owner };
    v.kind = of_date ? S("Type 1: as of a date") : S("Type 2: over a period");
    v.period = str_fmt(q->a, of_date ? STR_FMT ", to be looked at from " STR_FMT : STR_FMT " to " STR_FMT, STR_ARG(date_text(q, of_date ? e->to : e->from)),
                       STR_ARG(date_text(q, of_date ? e->from : e->to)));
    v.examines = e->unclear.n ? S("") : categories_words(q->a, e->categories);
    if (can_see(q, e, &v.says))
        places_fill(q, e, &v);
    return v;
}

static err_t get_audit(ask *q)
{
    engagement  *list;
    auditor_view v = { .q = q };
    TRY(app_engagements(q->ws, q->a, q->who.person, &q->f, &list, &v.n));
    v.v = NEW_ARRAY(q->a, audit_engagement, v.n + 1);
    for (size_t i = 0; i < v.n; i++)
        v.v[i] = engagement_of(q, &list[i]);
    page_open(q, &(page){ .title = S("Your engagements"), .place = "/audit", .no_as_of = true,
                          .lead = v.n ? S("What you examine here, over which period, and who to ask.") : S("") });
    tpl_auditor(&q->rs->body, &v);
    page_close(q);
    return ERR_OK;
}

static const route rows[] = {
    { HTTP_GET, "/audit", PERMIT_AUDITOR, 0, ROUTE_OWN_ACCOUNT, 0, get_audit, "An auditor's engagements: what they may look at, and who to ask" },
};
ROUTE_TABLE(auditor_routes);
