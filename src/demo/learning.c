/* Courses, trainings, and a phishing exercise. */
#include "demo/private.h"

static op *course(demo *d, const library_course *lc, time_us at)
{
    static const struct { const char *id, *topic, *addressees; } topics[] = {
        { "phishing", "phishing", "everyone" }, { "privacy", "privacy", "everyone" }, { "secure-development", "secure_development", "technical" },
        { "security-basics", "security_awareness", "everyone" },
    };
    const char *topic = "other", *addressees = "everyone";
    for (size_t i = 0; i < COUNT(topics); i++)
        if (str_eq(lc->id, str_of(topics[i].id))) {
            topic = topics[i].topic;
            addressees = topics[i].addressees;
        }
    op *o = add(d, at, COMPLIANCE, "course", str_z(d->a, lc->id));
    with_str(d, o, "title", lc->title);
    with(d, o, "topic", "%s", topic);
    with(d, o, "addressees", "%s", addressees);
    with(d, o, "pass_score", "%lld", (long long)lc->pass);
    with_person(d, o, "owner", SECURITY);
    with_str(d, o, "body", lc->text);
    move(d, at, COMPLIANCE, o, "activate");
    mark(d, str_fmt(d->a, "course-" STR_FMT, STR_ARG(lc->id)).p, o);
    return o;
}

static void training(demo *d, chance *c, op *of, size_t i, time_us assigned, time_us due, time_us done)
{
    const worker *p = &d->people[i];
    op *o = with_ref(d, add(d, assigned, PEOPLE_LEAD, "training", NULL), "course", of);
    with_str(d, o, "person", p->id);
    with_time(d, o, "due_at", due);
    if (p->ends_at && p->ends_at < done)
        return;
    op *end = move(d, done, PEOPLE_LEAD, o, "complete");
    with(d, end, "score", "%lld", (long long)(80 + 5 * dice(c, 5)));
    with_time(d, end, "completed_at", done - MINUTES(5));
}

/* One joiner passed two weeks late. */
static void taken(demo *d, chance *c, const library_course *lc, op *of, bool for_technical)
{
    size_t joiners = 0;
    for (size_t i = 0; i < d->n_people; i++) {
        const worker *p = &d->people[i];
        joiners += p->joiner;
        if (i == CHAIR || (for_technical && !p->technical))
            continue;
        time_us assigned = p->joiner ? p->starts_at + HOURS(9) : d->from + DAYS(24) + HOURS(9);
        bool    late = p->joiner && joiners == 2 && str_eq(lc->id, S("privacy"));
        time_us done = work_time(c, assigned + DAYS(late ? 44 : 2 + dice(c, 25)));
        if (p->joiner || here(p, assigned))
            training(d, c, of, i, assigned, assigned + DAYS(30), done);
    }
}

static void phishing(demo *d, chance *c, op *again)
{
    time_us sent = work_time(c, d->from + DAYS(120)), end = sent + DAYS(7);
    op *o = add(d, sent - DAYS(6), SECURITY, "phishing_campaign", NULL);
    with(d, o, "title", "A parcel that waits for customs");
    with_time(d, o, "starts_at", sent);
    with_person(d, o, "owner", SECURITY);
    with(d, o, "audience", "everyone");
    with(d, o, "provider", "our own mail server");
    move(d, sent, SECURITY, o, "start");
    for (size_t i = 0; i < d->n_people; i++) {
        const worker *p = &d->people[i];
        bool clicked = one_in(c, 11), reported = !clicked && !one_in(c, 3);
        if (i == CHAIR || !here(p, sent))
            continue;
        op *r = with_ref(d, add(d, end, SECURITY, "phishing_result", NULL), "campaign", o);
        with_str(d, r, "person", p->id);
        with_time(d, r, "sent_at", sent);
        with(d, r, "clicked", "%s", clicked ? "true" : "false");
        with(d, r, "submitted", "false");
        with(d, r, "reported", "%s", reported ? "true" : "false");
        if (clicked)
            training(d, c, again, i, end, sent + DAYS(28), work_time(c, end + DAYS(2 + dice(c, 15))));
    }
    op *close = move(d, end, SECURITY, o, "close");
    with_time(d, close, "ends_at", end);
    with(d, close, "remark", "Fewer than before followed the link; who did takes the course again.");
}

void topic_learning(demo *d)
{
    chance c = chance_for(d->o->seed, "learning");
    const library *l = d->o->texts;
    op *again = NULL;
    for (size_t i = 0; i < l->n_courses; i++) {
        const library_course *lc = &l->courses[i];
        op *o = course(d, lc, d->from + DAYS(2) + HOURS(10));
        taken(d, &c, lc, o, str_eq(lc->id, S("secure-development")));
        if (str_eq(lc->id, S("phishing")))
            again = o;
    }
    if (again)
        phishing(d, &c, again);
}
