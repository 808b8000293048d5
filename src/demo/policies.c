/* Policies: written, approved by another, published, announced, accepted. */
#include "demo/private.h"

static bool technical(const library_policy *p)
{
    return str_contains(p->audience, S("engineer")) || str_contains(p->audience, S("who run")) || str_contains(p->audience, S("people who build"));
}

static op *text_of(demo *d, const library_policy *p, op *of, int number, int author, int approver, time_us at)
{
    const library_words words = { str_of(demo_organisation), d->people[author].title, S("year"), S("security@mail.example.com") };
    op *v = with_ref(d, add(d, at, author, "policy_version", NULL), "policy", of);
    with(d, v, "version", "%d", number);
    str body = library_fill(d->a, &words, p->text);
    with_str(d, v, "body", number == 1 ? body : str_fmt(d->a, STR_FMT "\nReviewed after the incident of the spring.\n", STR_ARG(body)));
    with(d, v, "changes", "%s", number == 1 ? "First version." : "What the incident taught is written in.");
    move(d, at + DAYS(1), author, v, "submit");
    move(d, at + DAYS(4), approver, v, "approve");
    return v;
}

static void announce(demo *d, op *about, str title, time_us at)
{
    op *o = with_about(d, add(d, at, COMPLIANCE, "communication", NULL), "about", about);
    with_str(d, o, "title", str_fmt(d->a, "New version: " STR_FMT, STR_ARG(title)));
    with(d, o, "kind", "internal");
    with(d, o, "topic", "policy");
    with(d, o, "audience", "everyone");
    with(d, o, "channel", "mail");
    with(d, o, "content", "The policy holds from today. Please read it; where it asks for acceptance, accept it within thirty days.");
    with_time(d, o, "sent_at", at);
    move(d, at, COMPLIANCE, o, "send");
}

static void ask(demo *d, op *v, size_t i, time_us asked, time_us accepted)
{
    op *o = with_ref(d, add(d, asked, COMPLIANCE, "acceptance", NULL), "policy_version", v);
    with_str(d, o, "person", d->people[i].id);
    with_time(d, o, "due_at", asked + DAYS(28));
    move(d, accepted, (int)i, o, "accept");
}

/* Most accept within days, one in thirty late; joiners in their first week. */
static void acceptances(demo *d, chance *c, const library_policy *p, op *v, time_us published, time_us until)
{
    for (size_t i = 0; i < d->n_people; i++) {
        const worker *w = &d->people[i];
        time_us from = w->starts_at + HOURS(9) > published ? w->starts_at + HOURS(9) : published, at;
        if (i == CHAIR || (technical(p) && !w->technical) || from > until || (w->ends_at && w->ends_at < from + DAYS(2)))
            continue;
        bool late = !w->joiner && one_in(c, 30);
        at = work_time(c, from + DAYS(late ? 38 + dice(c, 10) : 1 + dice(c, w->joiner && from > published ? 4 : 20)));
        if (w->ends_at && at > w->ends_at)
            at = w->ends_at - HOURS(2);
        ask(d, v, i, from, at);
    }
}

static op *policy_of(demo *d, const library_policy *p, int owner, time_us at)
{
    op *o = add(d, at, owner, "policy", str_z(d->a, p->id));
    with_str(d, o, "title", p->title);
    with_str(d, o, "owner_role", p->owner);
    with_person(d, o, "owner", owner);
    with(d, o, "review_months", "%lld", (long long)p->review_months);
    with_time(d, o, "review_due_at", at + DAYS(365));
    with(d, o, "acceptance_required", "%s", p->acceptance ? "true" : "false");
    with_str(d, o, "audience", p->audience);
    with(d, o, "addressees", "%s", p->acceptance && technical(p) ? "technical" : "everyone");
    buf controls = buf_new(d->a, 4096);
    for (size_t i = 0; i < p->controls.n; i++)
        buf_fmt(&controls, "%s" STR_FMT, i ? " " : "", STR_ARG(p->controls.v[i]));
    with_str(d, o, "controls", buf_str(&controls));
    mark(d, str_fmt(d->a, "policy-" STR_FMT, STR_ARG(p->id)).p, o);
    return o;
}

void topic_policies(demo *d)
{
    chance c = chance_for(d->o->seed, "policies");
    const library *l = d->o->texts;
    for (size_t i = 0; i < l->n_policies; i++) {
        const library_policy *p = &l->policies[i];
        int     owner = who_holds(p->owner, NULL), approver = owner == CEO ? CHAIR : CEO;
        time_us at = work_time(&c, d->from + DAYS(3 + (int64_t)i % 6)), published = at + DAYS(6);
        op *o = policy_of(d, p, owner, at), *v = text_of(d, p, o, 1, owner, approver, at + MINUTES(20));
        bool again = str_eq(p->id, S("incident-response"));
        move(d, published, owner, v, "publish");
        move(d, published, owner, o, "activate");
        announce(d, v, p->title, published + HOURS(1));
        time_us second = work_time(&c, d->from + DAYS(200));
        if (p->acceptance)
            acceptances(d, &c, p, v, published + HOURS(2), again ? second : d->until);
        if (!again)
            continue;
        op *next = text_of(d, p, o, 2, owner, approver, second);
        move(d, second + DAYS(6), owner, v, "retire");
        move(d, second + DAYS(6), owner, next, "publish");
        announce(d, next, p->title, second + DAYS(6) + HOURS(1));
        if (p->acceptance)
            acceptances(d, &c, p, next, second + DAYS(6) + HOURS(2), d->until);
    }
}
