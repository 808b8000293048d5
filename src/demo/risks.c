/* The register of risks: from the library, scored, treated, looked at each quarter. */
#include "demo/private.h"

static str words(demo *d, const str_list *l)
{
    buf b = buf_new(d->a, 4096);
    for (size_t i = 0; i < l->n; i++)
        buf_fmt(&b, "%s" STR_FMT, i ? " " : "", STR_ARG(l->v[i]));
    return buf_str(&b);
}

static int owner_of(const library_risk *r)
{
    static const struct { const char *category; int who; } rows[] = {
        { "people", PEOPLE_LEAD }, { "access", IT }, { "vendor", LEGAL }, { "privacy", PRIVACY }, { "continuity", OPERATIONS }, { "fraud", FINANCE },
        { "operations", OPERATIONS }, { "change", CTO }, { "development", CTO }, { "data", PRIVACY },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        if (str_contains(r->category, str_of(rows[i].category)))
            return rows[i].who;
    return SECURITY;
}

/* Every twelfth is accepted as it is; the acceptance of the first of them ran out. */
static void accept(demo *d, chance *c, op *o, int owner, bool ran_out, time_us at)
{
    op *a = with_ref(d, add(d, at, owner, "risk_acceptance", NULL), "risk", o);
    with(d, a, "reason", "To bring it down further costs more than it can do; it is watched, and looked at again at the end.");
    with_time(d, a, "ends_at", ran_out ? d->until - DAYS(12) : d->from + DAYS(395));
    time_us approved = work_time(c, at + DAYS(2));
    move(d, approved, CEO, a, "approve");
    move(d, work_time(c, approved + DAYS(1)), CEO, o, "accept");
}

static void risk(demo *d, chance *c, const library_risk *r, size_t n)
{
    int     owner = owner_of(r);
    time_us at = work_time(c, d->from + DAYS(9 + (int64_t)n % 5)), scored = work_time(c, at + DAYS(4)), treated = work_time(c, at + DAYS(20 + (int64_t)n % 50));
    int64_t likelihood = r->likelihood > 2 ? r->likelihood - 2 : 1, impact = r->impact > 1 ? r->impact - 1 : 1;
    bool    accepted = n % 12 == 5;
    op *o = add(d, at, SECURITY, "risk", NULL);
    with_str(d, o, "title", r->title);
    with_str(d, o, "description", r->description);
    with_str(d, o, "category", r->category);
    with_person(d, o, "owner", owner);
    with(d, o, "likelihood", "%lld", (long long)r->likelihood);
    with(d, o, "impact", "%lld", (long long)r->impact);
    with_str(d, o, "controls", words(d, &r->controls));
    with(d, o, "fraud", "%s", r->fraud ? "true" : "false");
    with(d, o, "change", "%s", r->change ? "true" : "false");
    with(d, o, "review_cadence", "quarterly");
    with_str(d, o, "library", r->id);
    with(d, o, "treatment", "%s", accepted ? "accept" : "mitigate");
    with(d, o, "plan", "%s", accepted ? "Watched each quarter." : "The controls named are put in place and tested.");
    with_time(d, o, "treatment_due_at", d->from + DAYS(100));
    with(d, o, "residual_likelihood", "%lld", (long long)likelihood);
    with(d, o, "residual_impact", "%lld", (long long)impact);
    move(d, scored, SECURITY, o, "assess");
    if (accepted)
        accept(d, c, o, owner, n == 5, treated);
    else
        move(d, treated, owner, o, "treat");
    for (int64_t day = 170; DAYS(day) < d->until - d->from; day += 85)
        move(d, work_time(c, d->from + DAYS(day + (int64_t)n % 3)), owner, o, "review");
    mark(d, str_fmt(d->a, "risk-" STR_FMT, STR_ARG(r->id)).p, o);
}

void topic_risks(demo *d)
{
    chance c = chance_for(d->o->seed, "risks");
    for (size_t i = 0; i < d->o->texts->n_risks; i++)
        risk(d, &c, &d->o->texts->risks[i], i);
}
