/* Facts of the directory: everyone's account, from the first day to the last. */
#include "demo/private.h"

static void account(demo *d, const worker *p, size_t number, time_us at, bool active, time_us seen)
{
    value *row = fact(d, at, DIRECTORY, "account");
    put("account", row, "system", v_text(S("directory")));
    put("account", row, "login", v_text(p->id));
    put("account", row, "uid", v_int(10000 + (int64_t)number));
    put("account", row, "full_name", v_text(p->name));
    put("account", row, "kind", v_text(S("human")));
    put("account", row, "person", v_text(p->id));
    put("account", row, "active", v_bool(active));
    put("account", row, "privileged", v_bool(number == IT || number == SECURITY || number == CTO));
    put("account", row, "mfa", v_bool(true));
    put("account", row, "origin", v_text(S("directory")));
    put("account", row, "password_state", v_text(active ? S("set") : S("locked")));
    put("account", row, "password_hash", v_text(S("yescrypt")));
    put("account", row, "password_changed_at", v_int(at - (at - p->starts_at - HOURS(9) - DAYS(number % 7)) % DAYS(300)));   /* every 300 days */
    put("account", row, "expires", v_bool(false));
    put("account", row, "logged_in", v_bool(seen > 0));
    if (seen)
        put("account", row, "last_login_at", v_int(seen));
    put("account", row, "ssh_keys", v_int(0));
}

static void member(demo *d, time_us at, bool gone, const char *group_name, str login)
{
    value *row = gone ? fact_gone(d, at, DIRECTORY, "group_member") : fact(d, at, DIRECTORY, "group_member");
    put("group_member", row, "system", v_text(S("directory")));
    put("group_member", row, "group_name", v_z(group_name));
    put("group_member", row, "member", v_text(login));
    if (!gone) {
        put("group_member", row, "primary_group", v_bool(false));
        put("group_member", row, "privileged", v_bool(strcmp(group_name, "administrators") == 0));
    }
}

/* Closed in the evening of the last day; of one leaver nobody remembered. */
static time_us closed_at(const worker *p)
{
    return !p->ends_at || p->account_stays ? TIME_MAX : p->ends_at + MINUTES(70);
}

/* For the audit firm; a review revoked it, and it was closed forty days later. */
static void guest(demo *d)
{
    for (int64_t day = 0; day <= 300 && d->from + DAYS(day) < d->until; day += 30) {
        bool   active = day < 300;
        value *row = fact(d, active ? d->from + DAYS(day) : d->from + DAYS(240 + 7 + 40), DIRECTORY, "account");
        put("account", row, "system", v_text(S("directory")));
        put("account", row, "login", v_text(S("guest.auditor")));
        put("account", row, "uid", v_int(9001));
        put("account", row, "full_name", v_text(S("Guest of the audit firm")));
        put("account", row, "kind", v_text(S("human")));
        put("account", row, "active", v_bool(active));
        put("account", row, "privileged", v_bool(false));
        put("account", row, "mfa", v_bool(true));
        put("account", row, "origin", v_text(S("directory")));
        put("account", row, "password_state", v_text(active ? S("set") : S("none")));
        put("account", row, "password_hash", v_text(S("yescrypt")));
        put("account", row, "password_changed_at", v_int(d->from - DAYS(12)));
        put("account", row, "expires", v_bool(false));
        put("account", row, "logged_in", v_bool(true));
        put("account", row, "last_login_at", v_int(d->from + DAYS(day) - HOURS(20)));
        put("account", row, "ssh_keys", v_int(0));
    }
    member(d, d->from, false, "everyone", S("guest.auditor"));
}

void directory_facts(demo *d)
{
    chance c = chance_for(d->o->seed, "directory");
    guest(d);
    for (size_t i = 0; i < d->n_people; i++) {
        const worker *p = &d->people[i];
        time_us first = p->joiner ? p->starts_at + HOURS(8) : d->from, end = closed_at(p), last = p->ends_at ? p->ends_at : d->until, seen = 0;
        if (first > d->until)
            continue;
        for (time_us at = first; at < d->until && at < last; at += DAYS(20 + dice(&c, 12))) {
            seen = at > first || !p->joiner ? at - HOURS(1 + dice(&c, 20)) : 0;
            account(d, p, i, at, true, seen);
            if (!seen)
                account(d, p, i, at + HOURS(3), true, at + HOURS(1));
        }
        member(d, first, false, "everyone", p->id);
        if (p->technical)
            member(d, first, false, "engineers", p->id);
        if (i == IT || i == SECURITY || i == CTO)
            member(d, first, false, "administrators", p->id);
        if (end < d->until) {
            account(d, p, i, end, false, seen ? seen : last);
            member(d, end, true, "everyone", p->id);
        }
    }
}
