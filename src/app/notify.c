/* Notifications: delivering what is in the outbox, trying out a channel. */
#include "app/workspace.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>

/* Two at once would each send the same messages. */
static err_t deliver_locked(workspace *ws, arena *a, str only, fault *f, delivery *ret)
{
    const char *path = ws_path(a, ws, "notify.lock");
    auto_fd int fd = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    if (fd < 0)
        return fail_errno(f, errno, "cannot open %s", path);
    if (flock(fd, LOCK_EX | LOCK_NB) != 0)
        return errno == EWOULDBLOCK ? fail(f, ERR_BUSY, "another process is delivering notifications")
                                    : fail_errno(f, errno, "cannot lock %s", path);
    return notify_deliver(ws->st, &ws->notify, a, time_now(), only, f, ret);
}

err_t app_deliver(workspace *ws, arena *a, fault *f, delivery *ret)
{
    TRY(deliver_locked(ws, a, S(""), f, ret));
    return ret->n_tried ? ws_publish(ws, f) : ERR_OK;
}

err_t app_outbox(workspace *ws, arena *a, const principal *who, fault *f, outbox_row **ret, size_t *ret_n)
{
    if (who->role != ROLE_AUDITOR && who->role < ROLE_CONTRIBUTOR)
        return fail(f, ERR_DENIED, "the outbox is read by auditors, contributors and above");
    return notify_list(ws->st, a, f, ret, ret_n);
}

/* One message for the address, or one for each endpoint. */
static err_t test_messages(workspace *ws, arena *a, str recipient, fault *f, notify_message *m, size_t *ret_n)
{
    const notify_settings *s = &ws->notify;
    const notify_message   one = {
        .recipient = recipient, .event = S("notify.test"), .subject = str_fmt(a, "Attest: a test for " STR_FMT, STR_ARG(ws->name)),
        .body = str_fmt(a, "This message shows that Attest can reach you about " STR_FMT ".\nNothing needs to be done.\n", STR_ARG(ws->name)),
    };
    const webhook_endpoint *only = notify_webhook_find(s, recipient);
    if (!only && !str_eq(recipient, S("webhook"))) {
        if (!s->smtp || !s->mail_from)
            return fail(f, ERR_NOT_FOUND, "no mail server is configured; add the lines smtp: and mail-from: to %s/config", ws->dir);
        m[0] = one;
        *ret_n = 1;
        return ERR_OK;
    }
    if (!s->n_webhooks)
        return fail(f, ERR_NOT_FOUND, "no webhook is configured; add a line \"webhook: URL SECRETFILE\" to %s/config", ws->dir);
    size_t n = 0;
    for (size_t i = 0; i < s->n_webhooks; i++) {
        if (only && only != &s->webhooks[i])
            continue;
        m[n] = one;
        m[n].channel = NOTIFY_WEBHOOK;
        m[n++].recipient = s->webhooks[i].id;
    }
    *ret_n = n;
    return ERR_OK;
}

err_t app_notify_test(workspace *ws, arena *a, const principal *who, str recipient, fault *f, delivery *ret)
{
    auto_commit commit *c = NULL;
    commit_done         done;
    notify_message      m[WEBHOOKS_MAX];
    str                 ids[WEBHOOKS_MAX];
    delivery            all = { 0 };
    size_t              n = 0;
    if (who->role < ROLE_MANAGER)
        return fail(f, ERR_DENIED, "only a manager or above may send a test");
    TRY(test_messages(ws, a, recipient, f, m, &n));
    TRY(commit_begin(ws->st, &(commit_info){ .actor = who->actor, .action = S("notify"), .reason = S("test") }, f, &c));
    TRY(notify_queue(c, a, time_now(), m, n, f, ids));
    TRY(commit_finish(TAKE(c), a, f, &done));
    all.tried = NEW_ARRAY(a, outbox_row, n);
    for (size_t i = 0; i < n; i++) {
        delivery one = { 0 };
        TRY(deliver_locked(ws, a, ids[i], f, &one));
        for (size_t k = 0; k < one.n_tried; k++)
            all.tried[all.n_tried++] = one.tried[k];
        for (size_t k = 0; k < OUTBOX_STATES_; k++)
            all.by_state[k] += one.by_state[k];
    }
    *ret = all;
    return ws_publish(ws, f);
}
