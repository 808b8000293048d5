/* What a tick has to tell, as messages: one mail a person, one webhook a reminder. */
#include "app/workspace.h"

typedef DA(notify_message) messages;

static const struct { const char *heading; } parts[] = {
    [REMIND_OVERDUE] = { "Overdue" }, [REMIND_DUE] = { "To do" }, [REMIND_ESCALATED] = { "Overdue for some time, of people who report to you" },
};

static void part_put(arena *a, const reminder *v, size_t n, str person, remind_kind kind, buf *out, size_t *count)
{
    bool any = false;
    for (size_t i = 0; i < n; i++) {
        if (v[i].kind != kind || !str_eq(v[i].to_person, person))
            continue;
        if (!any)
            buf_fmt(out, "%s%s:\n", out->n ? "\n" : "", parts[kind].heading);
        any = true;
        (*count)++;
        buf_fmt(out, "- " STR_FMT " (" STR_FMT, STR_ARG(v[i].title), STR_ARG(v[i].task));
        if (kind == REMIND_ESCALATED)
            buf_fmt(out, ", " STR_FMT, STR_ARG(v[i].owner.n ? v[i].owner : S("nobody's yet")));
        buf_fmt(out, "), by " STR_FMT "\n", STR_ARG(time_people(a, v[i].due_at)));
    }
}

static notify_message mail_for(workspace *ws, arena *a, const reminder *v, size_t n, const reminder *to)
{
    static const remind_kind kinds[] = { REMIND_OVERDUE, REMIND_DUE, REMIND_ESCALATED };
    buf    body = buf_new(a, 1 << 20);
    size_t count = 0;
    for (size_t i = 0; i < COUNT(kinds); i++)
        part_put(a, v, n, to->to_person, kinds[i], &body, &count);
    buf_putz(&body, "\nA task closes by itself when the record shows the work. See yours with: attest task list --where owner=");
    buf_fmt(&body, STR_FMT "\n", STR_ARG(to->to_person));
    return (notify_message){ NOTIFY_MAIL, to->to_address, S("task.reminder"),
                             str_fmt(a, "%zu %s at " STR_FMT, count, count == 1 ? "task waits" : "tasks wait", STR_ARG(ws->name)), buf_str(&body), S("") };
}

static bool told_before(const reminder *v, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (str_eq(v[k].to_person, v[i].to_person))
            return true;
    return false;
}

static str webhook_text(arena *a, const reminder *m)
{
    static const char *const kinds[] = { [REMIND_DUE] = "due", [REMIND_OVERDUE] = "overdue", [REMIND_ESCALATED] = "escalated" };
    return str_fmt(a, "%s: " STR_FMT ", by " STR_FMT ", owner " STR_FMT ", told to " STR_FMT, kinds[m->kind], STR_ARG(m->task),
                   STR_ARG(time_rfc3339(a, m->due_at)), STR_ARG(m->owner.n ? m->owner : S("nobody")),
                   STR_ARG(m->to_person.n ? m->to_person : S("nobody")));
}

err_t reminders_queue(workspace *ws, work *w, arena *a, const tick_result *r, fault *f)
{
    messages list = { 0 };
    for (size_t i = 0; ws->notify.smtp && i < r->n_reminders; i++)
        if (mail_address_sound(r->reminders[i].to_address) && !told_before(r->reminders, i))
            da_push(a, &list) = mail_for(ws, a, r->reminders, r->n_reminders, &r->reminders[i]);
    for (size_t k = 0; k < ws->notify.n_webhooks; k++)
        for (size_t i = 0; i < r->n_reminders; i++)
            da_push(a, &list) = (notify_message){ NOTIFY_WEBHOOK, ws->notify.webhooks[k].id, S("task.reminder"), r->reminders[i].title,
                                                  webhook_text(a, &r->reminders[i]), r->reminders[i].about };
    return list.n ? notify_queue(work_current_commit(w), a, work_moment(w), list.v, list.n, f, NULL) : ERR_OK;
}
