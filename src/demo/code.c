/* Facts of two repositories: what was changed, by whom, and who approved it. */
#include "demo/private.h"

static const char *const verbs[] = { "Add", "Fix", "Simplify", "Speed up", "Document", "Check", "Move", "Log" };
static const char *const things[] = { "the basket total", "retries of payments", "the order export", "the session cookie", "search by article",
    "the invoice template", "rate limits", "stock levels", "the address form", "the health check", "alerts on slow queries", "the backup job",
    "firewall rules of the queue", "rotation of keys", "disk alarms", "the deploy script" };

typedef struct {
    source_id   from;
    const char *name;
    int         every_hours;
} repository;

static void repository_row(demo *d, const repository *r, time_us at, str head, int64_t commits)
{
    value *row = fact(d, at, r->from, "repository");
    put("repository", row, "repository", v_z(r->name));
    put("repository", row, "path", v_z(strchr(source_names[r->from], ':') + 1));
    put("repository", row, "remote_url", v_text(str_fmt(d->a, "https://git.example.com/%s.git", r->name)));
    put("repository", row, "default_branch", v_text(S("main")));
    put("repository", row, "head", v_text(head));
    put("repository", row, "commits", v_int(commits));
    put("repository", row, "contributors", v_int(9));
    put("repository", row, "last_commit_at", v_int(at));
    put("repository", row, "shallow", v_bool(false));
}

static void safeguards(demo *d, const repository *r)
{
    static const struct { const char *name, *value; } rows[] = {
        { "codeowners", ".github/CODEOWNERS" }, { "ci", ".github/workflows/build.yml" }, { "signing", "required" }, { "ignore_file", ".gitignore" },
        { "lock_file", "package-lock.json" }, { "dependency_updates", "renovate.json" }, { "security_policy", "SECURITY.md" },
        { "license", "LICENSE" }, { "hooks", "none" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        value *row = fact(d, d->from, r->from, "source_control_setting");
        put("source_control_setting", row, "repository", v_z(r->name));
        put("source_control_setting", row, "name", v_z(rows[i].name));
        put("source_control_setting", row, "present", v_bool(strcmp(rows[i].name, "hooks") != 0));
        put("source_control_setting", row, "value", v_z(rows[i].value));
    }
}

typedef struct {
    time_us     at;
    str         id, title;
    size_t      author, approver;
    bool        pushed;                  /* straight to the branch, seen by nobody */
    int64_t     number;
} merged;

static void log_row(demo *d, const repository *r, const merged *m)
{
    value *row = fact(d, m->at, r->from, "commit_log");
    put("commit_log", row, "repository", v_z(r->name));
    put("commit_log", row, "id", v_text(m->id));
    put("commit_log", row, "authored_at", v_int(m->at - HOURS(5)));
    put("commit_log", row, "committed_at", v_int(m->at));
    put("commit_log", row, "author", v_text(d->people[m->author].email));
    put("commit_log", row, "committer", v_text(d->people[m->pushed ? m->author : m->approver].email));
    put("commit_log", row, "subject", v_text(m->title));
    put("commit_log", row, "merge", v_bool(!m->pushed));
    put("commit_log", row, "signed", v_bool(true));
    put("commit_log", row, "signature_type", v_text(S("ssh")));
}

static void change_row(demo *d, const repository *r, const merged *m)
{
    value *row = fact(d, m->at, r->from, "change");
    put("change", row, "repository", v_z(r->name));
    put("change", row, "id", v_text(m->id));
    put("change", row, "at", v_int(m->at));
    put("change", row, "title", v_text(m->title));
    put("change", row, "author", v_text(d->people[m->author].email));
    put("change", row, "merged_by", v_text(d->people[m->pushed ? m->author : m->approver].email));
    put("change", row, "approvers", v_text(m->pushed ? S("") : d->people[m->approver].email));
    put("change", row, "approved", v_bool(!m->pushed));
    put("change", row, "merge", v_bool(!m->pushed));
    put("change", row, "signed", v_bool(true));
    put("change", row, "commits", v_int(1 + m->number % 4));
    put("change", row, "reference", v_text(m->pushed ? S("") : str_fmt(d->a, "#%lld", (long long)m->number)));
}

/* Who works there at that time, in a technical team. */
static size_t engineer(const demo *d, chance *c, time_us at, size_t other_than)
{
    for (;;) {
        size_t        i = (size_t)dice(c, (int64_t)d->n_people);
        const worker *p = &d->people[i];
        if (p->technical && i != other_than && p->starts_at + DAYS(7) < at && (!p->ends_at || p->ends_at > at))
            return i;
    }
}

/* One change in seventy days was pushed past review, in a night; the last of them shows in the tests of today. */
static void history(demo *d, const repository *r)
{
    chance  c = chance_for(d->o->seed, r->name);
    int64_t number = 100;
    time_us next_push = d->from + DAYS(55) + HOURS(23);
    safeguards(d, r);
    repository_row(d, r, d->from, hex_invent(d->a, &c, 40), number);
    for (time_us at = d->from + HOURS(9); at < d->until - HOURS(2); at += HOURS(1 + dice(&c, 2 * r->every_hours))) {
        number++;
        merged m = { .at = work_time(&c, at), .id = hex_invent(d->a, &c, 40), .number = number };
        if (m.at < at)
            m.at = at;
        if (m.at >= d->until)
            break;
        m.pushed = r->from == GIT_SHOP && at > next_push;
        if (m.pushed)
            next_push += DAYS(70);
        m.title = str_fmt(d->a, "%s %s", verbs[dice(&c, COUNT(verbs))], things[dice(&c, COUNT(things))]);
        m.author = engineer(d, &c, at, SIZE_MAX);
        m.approver = engineer(d, &c, at, m.author);
        log_row(d, r, &m);
        change_row(d, r, &m);
        repository_row(d, r, m.at, m.id, number);
    }
}

void code_facts(demo *d)
{
    static const repository all[] = { { GIT_SHOP, "storefront", 14 }, { GIT_INFRA, "infrastructure", 40 } };
    for (size_t i = 0; i < COUNT(all); i++)
        history(d, &all[i]);
}
