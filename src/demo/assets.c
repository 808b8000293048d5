/* Machines, laptops and badges, one for each host and person. */
#include "demo/private.h"

static void server(demo *d, chance *c, const machine *m)
{
    op *o = add(d, d->from + DAYS(2) + HOURS(9), IT, "asset", NULL);
    with_str(d, o, "name", m->name);
    with(d, o, "kind", "server");
    with_person(d, o, "owner", m->owner);
    with_str(d, o, "system", m->name);
    with(d, o, "purpose", "Runs the %s part of the storefront.", m->role);
    with_ref(d, o, "classification", marked(d, strcmp(m->role, "db") == 0 ? "restricted" : "confidential"));
    with(d, o, "location", "hosted, region north");
    with_time(d, o, "acquired_at", d->from - DAYS(200));
    move(d, d->from + DAYS(2) + HOURS(9), IT, o, "deploy");
    move(d, work_time(c, d->from + DAYS(220)), IT, o, "confirm");
    mark(d, str_fmt(d->a, "host-" STR_FMT, STR_ARG(m->name)).p, o);
}

static void laptop(demo *d, chance *c, size_t i)
{
    const worker *p = &d->people[i];
    time_us at = p->joiner ? p->starts_at + HOURS(9) : d->from + DAYS(2) + HOURS(11);
    op *o = add(d, at, IT, "asset", NULL);
    with_str(d, o, "name", str_fmt(d->a, "Laptop of " STR_FMT, STR_ARG(p->name)));
    with(d, o, "kind", "laptop");
    with_person(d, o, "owner", IT);
    with_str(d, o, "holder", p->id);
    with_ref(d, o, "classification", marked(d, "internal"));
    with(d, o, "serial", "HL%05zu", 10000 + i);
    with_time(d, o, "acquired_at", p->starts_at);
    move(d, at, IT, o, "deploy");
    time_us seen = work_time(c, d->from + DAYS(225));
    if (here(p, seen) && seen > at)
        move(d, seen, IT, o, "confirm");
    if (!p->ends_at)
        return;
    time_us back = work_time(c, p->ends_at + DAYS(2));
    move(d, back, IT, o, "retire");
    op *gone = with_about(d, add(d, back + HOURS(1), IT, "disposal", NULL), "subject", o);
    with_str(d, gone, "title", str_fmt(d->a, "Disk of the laptop of " STR_FMT, STR_ARG(p->name)));
    with(d, gone, "kind", "medium");
    with_time(d, gone, "due_at", back + DAYS(30));
    time_us wiped = work_time(c, back + DAYS(5));
    prove(d, wiped, IT, gone, "Log of the wipe", "Cryptographic erase of the disk, verified by reading back.");
    op *end = move(d, wiped, IT, gone, "finish");
    with(d, end, "method", "crypto_erase");
    with_time(d, end, "done_at", wiped);
    with(d, end, "certificate", "WIPE-%05zu", 10000 + i);
    move(d, work_time(c, wiped + DAYS(1)), SECURITY, gone, "confirm");
}

/* Who may enter, gone through each half year: each badge is one decision. */
static void doors_reviewed(demo *d, op *facility, op *const *badges, int64_t day)
{
    auto_hasher hasher *h = hasher_new();
    time_us start = d->from + DAYS(day) + HOURS(10), decided = start + DAYS(6);
    int64_t n = 0;
    op *review = add(d, start, SECURITY, "access_review", NULL);
    with(d, review, "kind", "physical");
    with_ref(d, review, "system", facility);
    with(d, review, "period", "half year");
    with_person(d, review, "reviewer", SECURITY);
    with_time(d, review, "due_at", start + DAYS(14));
    sha256_begin(h);
    for (size_t i = 0; i < d->n_people; i++) {
        const worker *p = &d->people[i];
        if (!badges[i] || !here(p, start) || p->starts_at + HOURS(9) > start)
            continue;
        op *o = with_ref(d, add(d, start, SECURITY, "access_decision", NULL), "review", review);
        with_ref(d, o, "system", facility);
        with_ref(d, o, "login", badges[i]);
        with_str(d, o, "person", p->id);
        with_person(d, o, "reviewer", SECURITY);
        op *kept = move(d, decided, SECURITY, o, i == SECURITY ? "keep_own" : "keep");
        if (i == SECURITY)
            with(d, kept, "self_review", "The head of IT has seen the list.");
        sha256_add(h, p->id.p, p->id.n);
        n++;
    }
    hash32 digest = sha256_end(h);
    if (!n)
        return;
    frozen(move(d, start, SECURITY, review, "start"), n, hex_of(d->a, digest.b, sizeof digest.b));
    move(d, decided, SECURITY, review, "decide");
    move(d, decided + MINUTES(10), SECURITY, review, "close");
}

static op *badge(demo *d, size_t i, op *facility)
{
    const worker *p = &d->people[i];
    time_us at = p->joiner ? p->starts_at + HOURS(8) : d->from + DAYS(3) + HOURS(8);
    if (strcmp(p->location, "remote") == 0)
        return NULL;
    op *o = with_ref(d, add(d, at, i == PEOPLE_LEAD ? CEO : PEOPLE_LEAD, "physical_access", NULL), "facility", facility);
    with_str(d, o, "person", p->id);
    with(d, o, "kind", "badge");
    with(d, o, "number", "B-%04zu", 1000 + i);
    move(d, at + HOURS(1), i == IT ? SECURITY : IT, o, "grant");
    if (p->ends_at) {
        time_us back = p->ends_at - MINUTES(15);
        with_time(d, move(d, back, IT, o, "remove"), "removed_at", back);
    }
    return o;
}

/* The badges of one office, and the reviews of who holds them. */
static void office(demo *d, const char *place, const char *label)
{
    op **badges = NEW_ARRAY(d->a, op *, d->n_people), *facility = marked(d, label);
    for (size_t i = 0; i < d->n_people; i++)
        if (i != CHAIR && strcmp(d->people[i].location, place) == 0)
            badges[i] = badge(d, i, facility);
    for (int64_t day = 160; DAYS(day + 8) < d->until - d->from; day += 150)
        doors_reviewed(d, facility, badges, day);
}

void topic_assets(demo *d)
{
    chance c = chance_for(d->o->seed, "assets");
    for (size_t i = 0; i < d->n_hosts; i++)
        server(d, &c, &d->hosts[i]);
    for (size_t i = 0; i < d->n_people; i++)
        if (i != CHAIR)
            laptop(d, &c, i);
    office(d, "north office", "north-office");
    office(d, "south office", "south-office");
}
