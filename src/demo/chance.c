/* Chance that is the same each time: one stream of numbers a topic. */
#include "demo/private.h"

chance chance_for(uint64_t seed, const char *topic)
{
    return (chance){ siphash64(seed, UINT64_C(0x64656d6f), topic, strlen(topic)) };
}

/* splitmix64 */
static uint64_t next(chance *c)
{
    uint64_t z = c->state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

int64_t dice(chance *c, int64_t n)
{
    assert(n > 0);
    return (int64_t)(next(c) % (uint64_t)n);
}

bool one_in(chance *c, int64_t n) { return dice(c, n) == 0; }

str hex_invent(arena *a, chance *c, size_t digits)
{
    char *p = arena_alloc(a, digits + 1, 1);
    for (size_t i = 0; i < digits; i++)
        p[i] = "0123456789abcdef"[dice(c, 16)];
    return (str){ p, digits };
}

/* ---- time: offices are open on weekdays, from 8 to 17 UTC --------------------------- */

time_us work_time(chance *c, time_us day)
{
    int64_t on = calendar_add(NULL, day_of(day), 0);
    return DAYS(on) + HOURS(8) + MINUTES(dice(c, 9 * 60)) + SECONDS(dice(c, 60));
}

time_us day_in(const demo *d, chance *c, int64_t days) { return work_time(c, d->from + DAYS(days)); }

time_us day_ago(const demo *d, chance *c, int64_t days)
{
    int64_t on = calendar_add(NULL, day_of(d->until) - days + 1, -1);      /* that day, or the working day before */
    return DAYS(on) + HOURS(8) + MINUTES(dice(c, 9 * 60)) + SECONDS(dice(c, 60));
}

bool in_story(const demo *d, time_us t) { return t >= d->from && t <= d->until; }
