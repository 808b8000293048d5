/* Access: who asked for it and who approved, the role matrix, and reviews each quarter. */
#include "demo/private.h"

static const int REVIEW_DAYS[] = { 60, 150, 240, 330 };
enum { LATE_REVIEW = 1, GUEST_REVIEW = 2 };     /* of REVIEW_DAYS */

static void line_of_matrix(demo *d, const char *job, str system, const char *entitlement)
{
    time_us at = d->from + HOURS(10);
    op *o = add(d, at, IT, "role_entitlement", NULL);
    with(d, o, "job_role", "%s", job);
    with_str(d, o, "system", system);
    with(d, o, "entitlement", "%s", entitlement);
    with(d, o, "privileged", "true");
    with(d, o, "reason", "The role runs the system and answers for it at night.");
    move(d, at + HOURS(1), CTO, o, "approve");
    move(d, d->from + DAYS(200) + HOURS(10), CTO, o, "approve");
}

static void request(demo *d, int who, str system, const char *entitlement, time_us at)
{
    const worker *p = &d->people[who];
    int approver = who == CTO ? CEO : CTO;
    op *o = add(d, at, who, "access_request", NULL);
    with_str(d, o, "person", p->id);
    with_str(d, o, "system", system);
    with(d, o, "entitlement", "%s", entitlement);
    with(d, o, "privileged", "true");
    with_str(d, o, "login", p->id);
    with(d, o, "reason", "To run the system and to help when it stands still.");
    move(d, at + HOURS(2), approver, o, "approve");
    move(d, at + HOURS(3), who == IT ? OPERATIONS : IT, o, "grant");
    if (p->ends_at)
        with(d, move(d, p->ends_at - HOURS(1), IT, o, "revoke"), "remark", "The holder leaves.");
}

/* ---- reviews ---------------------------------------------------------------------------------- */

typedef struct {
    demo   *d;
    op     *review;
    hasher *h;
    str     system;
    time_us start, decided;
    int     reviewer;
    int64_t n, most;                     /* most: how many are decided so far; 0: all */
} campaign;

/* One account: frozen at the start, decided by the reviewer. */
static op *decide(campaign *cp, str login, int who, bool privileged, const char *how)
{
    demo *d = cp->d;
    op *o = with_ref(d, add(d, cp->start, cp->reviewer, "access_decision", NULL), "review", cp->review);
    with_str(d, o, "system", cp->system);
    with_str(d, o, "login", login);
    if (who != NOBODY)
        with_person(d, o, "person", who);
    with_person(d, o, "reviewer", cp->reviewer);
    with(d, o, "privileged", "%s", privileged ? "true" : "false");
    str line = str_fmt(d->a, STR_FMT "\t" STR_FMT "\t%s\n", STR_ARG(cp->system), STR_ARG(login), privileged ? "true" : "false");
    sha256_add(cp->h, line.p, line.n);
    cp->n++;
    if (cp->most && cp->n > cp->most)
        return o;
    op *move_on = move(d, cp->decided, cp->reviewer, o, who == cp->reviewer ? "keep_own" : how);
    if (who == cp->reviewer)
        with(d, move_on, "self_review", "Nobody else administers the directory at this rank; the chief executive has seen the list.");
    return o;
}

static void begin(campaign *cp, time_us start, int number, int reviewer, time_us took)
{
    demo *d = cp->d;
    cp->reviewer = reviewer;
    cp->start = start;
    cp->decided = cp->start + took;
    cp->n = 0;
    cp->review = add(d, cp->start, reviewer, "access_review", NULL);
    with(d, cp->review, "kind", "account");
    with_str(d, cp->review, "system", cp->system);
    with(d, cp->review, "period", "review %d of the year", number);
    with_person(d, cp->review, "reviewer", reviewer);
    with_time(d, cp->review, "due_at", cp->start + DAYS(14));
    sha256_begin(cp->h);
}

static time_us in_quarter(const demo *d, int quarter) { return d->from + DAYS(REVIEW_DAYS[quarter]) + HOURS(9); }

static void run(campaign *cp)
{
    demo  *d = cp->d;
    op    *start = move(d, cp->start, cp->reviewer, cp->review, "start");
    hash32 digest = sha256_end(cp->h);
    frozen(start, cp->n, hex_of(d->a, digest.b, sizeof digest.b));
}

static void finish(campaign *cp, time_us closed)
{
    demo *d = cp->d;
    run(cp);
    move(d, cp->decided + MINUTES(5), cp->reviewer, cp->review, "decide");
    move(d, closed, cp->reviewer, cp->review, "close");
}

static void everybody(campaign *cp)
{
    const demo *d = cp->d;
    for (size_t i = 0; i < d->n_people; i++) {
        const worker *p = &d->people[i];
        bool known = !p->joiner || p->starts_at + HOURS(10) < cp->start;
        if (known)
            decide(cp, p->id, (int)i, i == IT || i == SECURITY || i == CTO, "keep");
    }
}

/* The last review of the directory is under way when the story ends: two in three accounts are looked at. */
static void review_running(demo *d, hasher *h)
{
    campaign cp = { .d = d, .h = h, .system = S("directory"), .most = (int64_t)d->n_people * 2 / 3 };
    begin(&cp, DAYS(day_of(d->until) - 4) + HOURS(9), (int)COUNT(REVIEW_DAYS) + 1, IT, DAYS(2));
    everybody(&cp);
    run(&cp);
}

/* The second review of the directory was late; the third revoked a guest's account, which was closed forty days after. */
static void review_directory(demo *d, hasher *h, int quarter)
{
    campaign cp = { .d = d, .h = h, .system = S("directory") };
    begin(&cp, in_quarter(d, quarter), quarter + 1, IT, quarter == LATE_REVIEW ? DAYS(31) : DAYS(7));
    time_us closed = cp.decided + DAYS(2);
    everybody(&cp);
    if (quarter <= GUEST_REVIEW) {
        op *guest = decide(&cp, S("guest.auditor"), COMPLIANCE, false, quarter == GUEST_REVIEW ? "revoke" : "keep");
        if (quarter == GUEST_REVIEW) {
            closed = cp.decided + DAYS(41);
            move(d, closed - HOURS(1), SECURITY, guest, "verify");
        }
    }
    finish(&cp, closed);
}

static void review_host(demo *d, hasher *h, const machine *m, size_t index, int quarter)
{
    campaign cp = { .d = d, .h = h, .system = m->name };
    begin(&cp, in_quarter(d, quarter), quarter + 1, CTO, DAYS(5));
    for (size_t i = 0; i < n_program_accounts; i++)
        decide(&cp, str_of(program_accounts[i]), OPERATIONS, strcmp(program_accounts[i], "root") == 0, "keep");
    for (size_t k = 0; k < ADMINISTRATORS; k++) {
        int who = administrator(d, index, k);
        if (who != NOBODY)
            decide(&cp, d->people[who].id, who, true, "keep");
    }
    finish(&cp, cp.decided + DAYS(1));
}

static void answers_for(demo *d, str system, const char *login, const char *kind, int who, const char *purpose)
{
    op *o = add(d, d->from + DAYS(1) + HOURS(9), IT, "account_owner", str_fmt(d->a, STR_FMT "/%s", STR_ARG(system), login).p);
    with_str(d, o, "system", system);
    with(d, o, "login", "%s", login);
    with(d, o, "kind", "%s", kind);
    with_person(d, o, "person", who);
    with(d, o, "purpose", "%s", purpose);
}

void topic_access(demo *d)
{
    static const int directory_admins[] = { IT, SECURITY, CTO };
    auto_hasher hasher *h = hasher_new();
    for (size_t i = 0; i < COUNT(directory_admins); i++) {
        line_of_matrix(d, str_z(d->a, d->people[directory_admins[i]].title), S("directory"), "administrator");
        request(d, directory_admins[i], S("directory"), "administrator", d->from + HOURS(12));
    }
    answers_for(d, S("directory"), "guest.auditor", "shared", COMPLIANCE, "Lets the audit firm read the evidence folder; the password is with the compliance lead.");
    for (size_t i = 0; i < d->n_hosts; i++) {
        line_of_matrix(d, "Site reliability engineer", d->hosts[i].name, "root through sudo");
        line_of_matrix(d, "Head of operations", d->hosts[i].name, "root through sudo");
        for (size_t k = 0; k < ADMINISTRATORS; k++)
            if (administrator(d, i, k) != NOBODY)
                request(d, administrator(d, i, k), d->hosts[i].name, "root through sudo", d->from + HOURS(12));
        for (int q = 0; q < (int)COUNT(REVIEW_DAYS); q++)
            review_host(d, h, &d->hosts[i], i, q);
    }
    for (int q = 0; q < (int)COUNT(REVIEW_DAYS); q++)
        review_directory(d, h, q);
    review_running(d, h);
}
