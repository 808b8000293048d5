/* Joining, working and leaving: persons, checks, lists of steps, reviews of work. */
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
    with_time(d, o, "interviewed_at", p->starts_at - DAYS(40));
    if (!p->joiner)
        with_time(d, o, "agreement_at", p->starts_at - DAYS(5));
    mark(d, p->id.p, o);
    return o;
}

/* One joiner signed late, of another the check came late. */
static void joins(demo *d, chance *c, size_t i, size_t nth)
{
    const worker *p = &d->people[i];
    op     *o = person(d, i, work_time(c, p->starts_at - DAYS(21)), PEOPLE_LEAD);
    time_us signed_at = p->starts_at + (nth == 2 ? DAYS(4) : -DAYS(3)) + HOURS(10);
    with_time(d, edit(d, signed_at, PEOPLE_LEAD, o), "agreement_at", signed_at);
    move(d, p->starts_at + HOURS(8), PEOPLE_LEAD, o, "start");
}

static void leaves(demo *d, size_t i)
{
    const worker *p = &d->people[i];
    op *o = marked(d, p->id.p), *notice = edit(d, p->notice_at + HOURS(10), PEOPLE_LEAD, o);
    with_time(d, notice, "notice_at", p->notice_at);
    with_time(d, notice, "ends_at", p->ends_at);
    with(d, notice, "leaving", "%s", p->leaving);
    move(d, p->ends_at + MINUTES(30), PEOPLE_LEAD, o, "leave");
}

static void background_check(demo *d, chance *c, size_t i, size_t nth)
{
    const worker *p = &d->people[i];
    time_us done = p->starts_at - DAYS(9), at = p->joiner ? work_time(c, p->starts_at - DAYS(20)) : d->from + DAYS(1) + HOURS(10);
    if (p->joiner && nth == 3)
        done = p->starts_at + DAYS(6) + HOURS(12);
    op *o = add(d, at, PEOPLE_LEAD, "background_check", NULL);
    with_str(d, o, "person", p->id);
    with(d, o, "provider", "Candid Vetting");
    time_us told = done > at ? work_time(c, done) : at;
    if (told < at)
        told = at + HOURS(1);
    op *end = move(d, told, i == PEOPLE_LEAD ? CEO : PEOPLE_LEAD, o, "complete");
    with(d, end, "result", "clear");
    with_time(d, end, "completed_at", done > at ? told : p->starts_at - DAYS(9));
}

/* ---- lists of steps ------------------------------------------------------------------------ */

static const char *category_of(const checklist_item *item)
{
    static const struct { const char *control, *category; } rows[] = {
        { "AC-", "access" }, { "NW-", "access" }, { "HR-08", "equipment" }, { "EP-03", "equipment" }, { "PH-01", "equipment" },
        { "HR-07", "agreement" }, { "GV-01", "agreement" }, { "PL-05", "agreement" }, { "HR-03", "training" }, { "HR-04", "training" },
        { "HR-06", "knowledge" },
    };
    for (size_t i = 0; item->controls.n && i < COUNT(rows); i++)
        if (str_starts(item->controls.v[0], str_of(rows[i].control)))
            return rows[i].category;
    return "other";
}

static void step(demo *d, chance *c, size_t i, const char *kind, const checklist_item *item, time_us opened, bool late)
{
    const worker *p = &d->people[i];
    time_us due = (item->anchor == ANCHOR_START ? p->starts_at + HOURS(9) : p->ends_at) + item->due;
    int     owner = who_holds(item->owner, p);
    if (due < opened + HOURS(3))
        due = opened + HOURS(3);
    op *o = add(d, opened, PEOPLE_LEAD, "checklist_item", NULL);
    with_str(d, o, "person", p->id);
    with(d, o, "kind", "%s", kind);
    with_str(d, o, "title", item->title);
    with(d, o, "category", "%s", category_of(item));
    with_time(d, o, "due_at", due);
    with_person(d, o, "owner", owner);
    move(d, due - MINUTES(20 + dice(c, 90)) + (late ? DAYS(5) : 0), owner, o, "finish");
}

static void steps(demo *d, chance *c, size_t i, const char *kind, time_us opened, bool late)
{
    const library_checklist *list = library_checklist_find(d->o->texts, str_of(kind));
    for (size_t k = 0; list && k < list->n_items; k++)
        if (checklist_for(&list->items[k], str_of(d->people[i].kind)))
            step(d, c, i, kind, &list->items[k], opened, late && k == 2);
}

/* ---- reviews of work -------------------------------------------------------------------------- */

static void reviewed(demo *d, chance *c, size_t i)
{
    const worker *p = &d->people[i];
    time_us due = d->from + DAYS(150) + HOURS(17), at = work_time(c, d->from + DAYS(90 + dice(c, 50)));
    if (strcmp(p->kind, "employee") != 0 || !here(p, at) || p->starts_at + DAYS(60) > at)
        return;
    op *o = add(d, d->from + DAYS(60) + HOURS(11), PEOPLE_LEAD, "performance_review", NULL);
    with_str(d, o, "person", p->id);
    with(d, o, "period", "first half");
    with_time(d, o, "due_at", due);
    op *end = move(d, at, p->manager, o, "finish");
    with_time(d, end, "done_at", at);
    with(d, end, "controls_covered", "true");
}

void topic_people(demo *d)
{
    chance c = chance_for(d->o->seed, "people");
    size_t joiners = 0;
    person(d, CHAIR, d->from, NOBODY);
    person(d, CEO, d->from, NOBODY);
    for (size_t i = 0; i < d->n_people; i++) {
        const worker *p = &d->people[i];
        if (i != CHAIR && i != CEO && !p->joiner)
            person(d, i, d->from, NOBODY);
    }
    for (size_t i = 0; i < d->n_people; i++) {
        worker *p = &d->people[i];
        joiners += p->joiner;
        if (p->joiner)
            joins(d, &c, i, joiners);
        else
            move(d, d->from, NOBODY, marked(d, p->id.p), "start");
        if (i != CHAIR)
            background_check(d, &c, i, p->joiner ? joiners : 0);
        if (p->joiner)
            steps(d, &c, i, "onboarding", work_time(&c, p->starts_at - DAYS(14)), joiners == 4);
        if (p->ends_at) {
            leaves(d, i);
            steps(d, &c, i, "offboarding", p->notice_at + HOURS(11), false);
        }
        reviewed(d, &c, i);
    }
}
