/* Joining, working and leaving. */
#include "demo/private.h"

static op *person(demo *d, size_t i, time_us at, int who)
{
    const worker *p = &d->people[i];
    op *o = add(d, at, who, "person", p->id.p);
    with_str(d, o, "name", p->name);
    with_str(d, o, "email", p->email);
    with_str(d, o, "login", p->id);
    with(d, o, "kind", "%s", p->kind);
    with_str(d, o, "job_title", p->title);
    with_str(d, o, "team", p->team);
    with_person(d, o, "manager", p->manager);
    with_time(d, o, "starts_at", p->starts_at);
    with(d, o, "permission", "%s", role_name(p->permission));
    with(d, o, "location", "%s", p->location);
    with(d, o, "technical", "%s", p->technical ? "true" : "false");
    mark(d, p->id.p, o);
    return o;
}

void topic_people(demo *d)
{
    chance c = chance_for(d->o->seed, "people");
    person(d, CHAIR, d->from, NOBODY);
    person(d, CEO, d->from, NOBODY);
    for (size_t i = 0; i < d->n_people; i++) {
        const worker *p = &d->people[i];
        if (i == CHAIR || i == CEO)
            continue;
        op *o = person(d, i, p->joiner ? work_time(&c, p->starts_at - DAYS(21)) : d->from, p->joiner ? PEOPLE_LEAD : NOBODY);
        if (p->joiner)
            move(d, p->starts_at + HOURS(8), PEOPLE_LEAD, o, "start");
    }
    for (size_t i = 0; i < d->n_people; i++)
        if (!d->people[i].joiner)
            move(d, d->from, NOBODY, marked(d, d->people[i].id.p), "start");
}
