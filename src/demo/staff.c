/* The company: who works there, and the machines. */
#include "demo/private.h"

const char demo_organisation[] = "Harbor Lantern";

typedef struct {
    const char *team, *title;
    int         manager, share;          /* share of those who are no leads, in percent */
    bool        technical;
} job;

static const job leads[LEADS] = {
    [CEO]         = { "Management", "Chief executive", CHAIR, 0, false },
    [CTO]         = { "Engineering", "Head of engineering", CEO, 0, true },
    [SECURITY]    = { "Security", "Security officer", CEO, 0, true },
    [PEOPLE_LEAD] = { "People", "Head of people", CEO, 0, false },
    [FINANCE]     = { "Finance", "Head of finance", CEO, 0, false },
    [PRIVACY]     = { "Legal", "Privacy officer", CEO, 0, false },
    [OPERATIONS]  = { "Operations", "Head of operations", CTO, 0, true },
    [IT]          = { "IT", "Head of IT", CTO, 0, true },
    [LEGAL]       = { "Legal", "Legal counsel", CEO, 0, false },
    [SUPPORT]     = { "Support", "Head of support", CEO, 0, false },
    [COMPLIANCE]  = { "Security", "Compliance lead", CEO, 0, false },
    [CHAIR]       = { "Board", "Chair of the board", NOBODY, 0, false },
};

static const job jobs[] = {
    { "Engineering", "Software engineer", CTO, 38, true }, { "Operations", "Site reliability engineer", OPERATIONS, 10, true },
    { "Support", "Support engineer", SUPPORT, 16, false }, { "Sales", "Account manager", CEO, 14, false },
    { "Product", "Product manager", CTO, 8, false },       { "IT", "IT specialist", IT, 5, true },
    { "Finance", "Accountant", FINANCE, 4, false },        { "People", "People partner", PEOPLE_LEAD, 3, false },
    { "Security", "Security analyst", SECURITY, 2, true },
};

static const char *const first_parts[] = { "Al", "Be", "Ca", "Da", "El", "Fi", "Ga", "Ha", "Il", "Jo", "Ka", "Le", "Mi", "No", "Or", "Pe", "Ri", "Sa", "Te", "Ul", "Vi", "Wi", "Yo", "Ze" };
static const char *const first_ends[] = { "bo", "dra", "fen", "gor", "lin", "mar", "na", "nto", "ra", "rik", "sel", "ska", "ta", "ven", "wyn", "zo" };
static const char *const last_parts[] = { "Ald", "Bram", "Cres", "Dorn", "Ebb", "Fal", "Grim", "Hol", "Ives", "Jar", "Kell", "Lor", "Mor", "Nar", "Oth", "Pell", "Quar", "Ros", "Stel", "Tarn", "Umb", "Var", "Whit", "Yarr" };
static const char *const last_ends[] = { "acre", "beck", "combe", "dell", "eby", "fold", "gate", "holt", "ing", "land", "mere", "oak", "ridge", "stow", "thorpe", "wick" };
static const char *const places[] = { "north office", "south office", "remote" };

static void name_invent(demo *d, chance *c, map *taken, worker *p)
{
    do {
        const char *last = last_parts[dice(c, COUNT(last_parts))];
        p->name = str_fmt(d->a, "%s%s %s%s", first_parts[dice(c, COUNT(first_parts))], first_ends[dice(c, COUNT(first_ends))],
                          last, last_ends[dice(c, COUNT(last_ends))]);
        str rest = str_lower(d->a, p->name), first = str_cut(&rest, ' ');
        p->id = str_fmt(d->a, STR_FMT "." STR_FMT, STR_ARG(first), STR_ARG(rest));
    } while (map_get(taken, p->id));
    *map_put(taken, p->id) = p;
    p->email = str_fmt(d->a, STR_FMT "@mail.example.com", STR_ARG(p->id));
}

static const job *job_draw(chance *c)
{
    int64_t at = dice(c, 100);
    size_t  i = 0;
    while (i + 1 < COUNT(jobs) && at >= jobs[i].share)
        at -= jobs[i++].share;
    return &jobs[i];
}

/* Every team has somebody, whatever the dice say. */
static const job *job_of(chance *c, size_t i)
{
    static const size_t first[] = { 0, 0, 1, 0, 7, 2, 1 };
    const job          *drawn = job_draw(c);
    return i - LEADS < COUNT(first) ? &jobs[first[i - LEADS]] : drawn;
}

static role permission_of(size_t i, const job *j)
{
    if (i == CEO || i == COMPLIANCE)
        return ROLE_OWNER;
    if (i < LEADS)
        return ROLE_MANAGER;
    return j->technical || strcmp(j->team, "People") == 0 || strcmp(j->team, "Product") == 0 ? ROLE_CONTRIBUTOR : ROLE_MEMBER;
}

static void hire(demo *d, chance *c, size_t i)
{
    worker    *p = &d->people[i];
    const job *j = i < LEADS ? &leads[i] : job_of(c, i);
    p->team = str_of(j->team);
    p->title = str_of(j->title);
    p->manager = j->manager;
    p->technical = j->technical;
    p->permission = permission_of(i, j);
    p->location = places[dice(c, COUNT(places))];
    p->kind = i == CHAIR ? "director" : i >= LEADS && one_in(c, 12) ? "contractor" : "employee";
    p->starts_at = DAYS(calendar_add(NULL, day_of(d->from) - 60 - dice(c, 1500), 0));
}

/* A fifth of those who are no leads joined within the story; every ninth of the others left. */
static void join_and_leave(demo *d, chance *c, size_t i)
{
    static const char *const ways[] = { "voluntary", "voluntary", "involuntary", "end_of_contract" };
    worker *p = &d->people[i];
    int64_t days = (d->until - d->from) / DAYS(1);
    if (i % 5 == 0) {
        p->joiner = true;
        p->starts_at = DAYS(calendar_add(NULL, day_of(d->from) + 25 + (int64_t)i * 37 % (days > 40 ? days - 30 : 10), 0));
    } else if (i % 9 == 1) {
        p->ends_at = DAYS(calendar_add(NULL, day_of(d->from) + 30 + (int64_t)i * 53 % (days > 60 ? days - 40 : 20), 0)) + HOURS(17);
        p->notice_at = p->ends_at - DAYS(28);
        p->leaving = ways[dice(c, COUNT(ways))];
    }
}

void staff_make(demo *d)
{
    chance c = chance_for(d->o->seed, "staff");
    map    taken = map_new(d->a);
    d->n_people = (size_t)d->o->people;
    d->people = NEW_ARRAY(d->a, worker, d->n_people);
    worker *last_leaver = NULL;
    for (size_t i = 0; i < d->n_people; i++) {
        name_invent(d, &c, &taken, &d->people[i]);
        hire(d, &c, i);
        if (i >= LEADS)
            join_and_leave(d, &c, i);
        worker *p = &d->people[i];
        if (p->ends_at && p->ends_at < d->until - DAYS(8) && (!last_leaver || p->ends_at > last_leaver->ends_at))
            last_leaver = p;
    }
    if (last_leaver)
        last_leaver->account_stays = true;
}

int who_holds(str name, const worker *p)
{
    static const struct { const char *role; int who; } rows[] = {
        { "executive", CEO }, { "board_chair", CHAIR }, { "security_officer", SECURITY }, { "privacy_officer", PRIVACY },
        { "compliance_lead", COMPLIANCE }, { "people_lead", PEOPLE_LEAD }, { "engineering_lead", CTO }, { "operations_lead", OPERATIONS },
        { "it_lead", IT }, { "finance_lead", FINANCE }, { "legal_counsel", LEGAL }, { "support_lead", SUPPORT },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        if (str_eq(name, str_of(rows[i].role)))
            return rows[i].who;
    return p && p->manager != NOBODY ? p->manager : CEO;
}

bool here(const worker *p, time_us at) { return p->starts_at <= at && (!p->ends_at || p->ends_at > at); }

void hosts_make(demo *d)
{
    static const char *const roles[] = { "web", "app", "app", "db", "web", "app", "cache", "queue", "worker", "worker", "log", "build" };
    int  numbers[COUNT(roles)] = { 0 };
    d->n_hosts = (size_t)d->o->hosts;
    d->hosts = NEW_ARRAY(d->a, machine, d->n_hosts);
    for (size_t i = 0; i < d->n_hosts; i++) {
        size_t r = i % COUNT(roles), first = 0;
        while (strcmp(roles[first], roles[r]) != 0)
            first++;
        d->hosts[i].role = roles[r];
        d->hosts[i].name = str_fmt(d->a, "%s-%02d", roles[r], ++numbers[first]);
        d->hosts[i].owner = OPERATIONS;
    }
}
