/* The story, hour by hour: collections and what people did, in the order of time. */
#include "demo/private.h"

/* Judging everything takes time that grows with the company: a small one does it every day in the last quarter and every week
 * before, a large one every week and every fourth. */
enum { SMALL = 200, QUARTER_DAYS = 91 };

static err_t range(const char *what, int64_t n, int64_t least, int64_t most, fault *f)
{
    if (n >= least && n <= most)
        return ERR_OK;
    return fail(f, ERR_INVALID, "%s: %lld is outside %lld to %lld", what, (long long)n, (long long)least, (long long)most);
}

err_t demo_check(const demo_options *o, fault *f)
{
    time_us past = 0;
    TRY(range("people", o->people, DEMO_PEOPLE_MIN, DEMO_PEOPLE_MAX, f));
    TRY(range("hosts", o->hosts, DEMO_HOSTS_MIN, DEMO_HOSTS_MAX, f));
    TRY(range("months", o->months, DEMO_MONTHS_MIN, DEMO_MONTHS_MAX, f));
    (void)time_parse(S("2000-01-01"), &past);
    return o->until > past ? ERR_OK : fail(f, ERR_INVALID, "the story ends after the year 2000");
}

/* What others name comes first. */
static err_t topics(demo *d, fault *f)
{
    topic_people(d);
    topic_policies(d);
    topic_learning(d);
    topic_risks(d);
    topic_controls(d);
    TRY(stories(d, f));
    topic_assets(d);
    topic_access(d);
    host_facts(d);
    directory_facts(d);
    code_facts(d);
    return ERR_OK;
}

static err_t empty(store *st, fault *f)
{
    int64_t n;
    TRY(store_commit_count(st, f, &n));
    return n ? fail(f, ERR_CONFLICT, "the store holds %lld commits already", (long long)n) : ERR_OK;
}

/* A source that is silent leaves nothing, not even a run. */
static bool reports(const demo *d, source_id s, time_us at)
{
    if (s == GIT_INFRA)                   /* its repository moved, and nobody has noticed yet */
        return at < d->until - DAYS(4);
    return s != DIRECTORY || at < d->silent_from || at >= d->silent_until;
}

static err_t hour(demo *d, work *w, time_us at, size_t *next, fault *f)
{
    bool collects = d->o->every_hours < 2 || at / HOURS(1) % d->o->every_hours == 0;
    for (source_id s = 0; collects && s < SOURCES; s++) {
        time_us when = at + MINUTES(5 * (int64_t)s) + SECONDS(7);
        if (when > d->until)
            break;
        TRY(script_play(d, w, when, next, f));
        *d->clock = when;
        if (reports(d, s, when))
            TRY(collect_once(d, s, f));
    }
    return script_play(d, w, at + HOURS(1) < d->until ? at + HOURS(1) : d->until, next, f);
}

static bool assesses(const demo *d, time_us day)
{
    bool    small = d->o->people + d->o->hosts <= SMALL;
    int64_t left = (d->until - day) / DAYS(1), often = small ? 1 : 7, seldom = small ? 7 : 28;
    return left % (left < QUARTER_DAYS ? often : seldom) == 0;
}

static err_t assess_day(demo *d, time_us day, fault *f)
{
    time_us     at = day + DAYS(1) - SECONDS(1);
    commit_done done = { .seq = -1 };
    if (!d->o->assess || !assesses(d, day))
        return ERR_OK;
    *d->clock = at < d->until ? at : d->until;
    TRY(d->o->assess(d->o->assess_arg, *d->clock, f, &done));
    d->counts.assessments++;
    d->counts.commits += done.seq >= 0;
    d->counts.versions += done.opened;
    return ERR_OK;
}

/* One transaction a day: durable enough for what can be made again. */
static err_t days(demo *d, work *w, fault *f)
{
    size_t next = 0;
    for (time_us day = d->from; day <= d->until; day += DAYS(1)) {
        TRY(store_group_begin(d->st, f));
        for (time_us at = day; at < day + DAYS(1) && at <= d->until; at += HOURS(1))
            TRY(hour(d, w, at, &next, f));
        TRY(store_group_end(d->st, f));
        TRY(assess_day(d, day, f));
        if (d->o->progress)
            d->o->progress(d->o->progress_arg, str_fmt(d->scratch, "writing " STR_FMT " ...", STR_ARG(str_sub(time_rfc3339(d->scratch, day), 0, 10))));
    }
    return ERR_OK;
}

static err_t tell(demo *d, fault *f)
{
    const principal  setup = { .actor = S("cli:demo"), .role = ROLE_OWNER };
    const work_hooks hooks = { d->o->catalogue_arg, d->o->catalogue, NULL };
    auto_work work  *w = NULL;
    commit_done      done;
    *d->clock = d->from;
    TRY(work_begin(&(work_options){ .st = d->st, .calendars = d->o->calendars, .who = &setup, .hooks = &hooks, .action = S("demo"), .alone = true },
                   f, &w));
    TRY(work_commit(w, d->scratch, f, &done));
    return days(d, w, f);
}

err_t demo_write(store *st, time_us *clock, const demo_options *o, fault *f, demo_counts *ret)
{
    auto_arena arena *a = arena_new((size_t)8 << 30);
    auto_arena arena *scratch = arena_new(256 << 20);
    demo       *d = NEW(a, demo);
    TRY(demo_check(o, f));
    TRY(empty(st, f));
    *d = (demo){ .a = a, .scratch = scratch, .o = o, .st = st, .clock = clock, .until = o->until, .marks = map_new(a) };
    d->from = DAYS(day_of(period_add(NULL, o->until, (period){ PERIOD_MONTHS, -o->months })));
    d->silent_from = d->from + (d->until - d->from) / 2;
    d->silent_until = d->silent_from + DAYS(9);
    staff_make(d);
    hosts_make(d);
    TRY(topics(d, f));
    script_sort(d);
    facts_sort(d);
    TRY(tell(d, f));
    *ret = d->counts;
    return ERR_OK;
}
