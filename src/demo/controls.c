/* Controls: who answers for them, and what people state of those they carry out. */
#include "demo/private.h"

static int owner_of(str control)
{
    static const struct { const char *family; int who; } rows[] = {
        { "AC", IT }, { "AM", IT }, { "BC", OPERATIONS }, { "CH", CTO }, { "CM", COMPLIANCE }, { "CR", SECURITY }, { "DA", PRIVACY }, { "EP", IT },
        { "GV", CEO }, { "HR", PEOPLE_LEAD }, { "IR", SECURITY }, { "LG", OPERATIONS }, { "MO", COMPLIANCE }, { "NW", OPERATIONS }, { "PH", IT },
        { "PI", CTO }, { "PL", COMPLIANCE }, { "PR", PRIVACY }, { "RK", SECURITY }, { "VM", SECURITY }, { "VN", LEGAL },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        if (str_starts(control, str_of(rows[i].family)))
            return rows[i].who;
    return COMPLIANCE;
}

static void control(demo *d, str id)
{
    time_us at = d->from + DAYS(4) + HOURS(13);
    op *o = add(d, at, COMPLIANCE, "control", str_z(d->a, id));
    with_person(d, o, "owner", owner_of(id));
    move(d, at, COMPLIANCE, o, "operate");
    mark(d, str_fmt(d->a, "control-" STR_FMT, STR_ARG(id)).p, o);
}

/* Each half year with evidence that another looks at; every ninth was forgotten the last time. */
static void attest(demo *d, chance *c, str id, size_t n)
{
    int who = owner_of(id);
    for (int64_t day = 40; DAYS(day) < d->until - d->from; day += 182) {
        time_us at = work_time(c, d->from + DAYS(day + (int64_t)n % 20));
        if (n % 9 == 8 && day > 40)
            continue;
        op *o = add(d, at, who, "attestation", NULL);
        with_str(d, o, "control", id);
        with(d, o, "statement", "Carried out as the procedure says; what was found is in the record, nothing is left open.");
        with_time(d, o, "performed_at", at - HOURS(2));
        with_time(d, o, "valid_until", at + DAYS(190));
        prove(d, at, who, o, "Record of the work", "Minutes and list of the work done for this control, kept in the team's folder.");
        move(d, work_time(c, at + DAYS(3)), who == COMPLIANCE ? SECURITY : COMPLIANCE, o, "accept");
    }
}

void topic_controls(demo *d)
{
    chance c = chance_for(d->o->seed, "controls");
    map    seen = map_new(d->a);
    for (size_t i = 0; i < d->o->texts->n_policies; i++)
        for (size_t k = 0; k < d->o->texts->policies[i].controls.n; k++) {
            void **slot = map_put(&seen, d->o->texts->policies[i].controls.v[k]);
            if (!*slot)
                control(d, d->o->texts->policies[i].controls.v[k]);
            *slot = d;
        }
    for (size_t i = 0; i < d->o->n_manual; i++)
        attest(d, &c, d->o->manual[i], i);
}
