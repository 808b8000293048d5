/* Endpoints of webhooks, added and removed for somebody: lines `webhook: URL SECRETFILE` of the config, and the
 * files of secrets that were made here. */
#include "app/workspace.h"

#include <limits.h>
#include <string.h>
#include <unistd.h>

enum { SECRET_BYTES = 32 };

const notify_settings *workspace_notify(const workspace *ws) { return &ws->notify; }

/* The endpoint that the line's words stand for. */
static err_t endpoint_of(arena *a, str words, fault *f, webhook_endpoint *ret)
{
    notify_settings *s = NEW(a, notify_settings);
    bool             known;
    TRY(notify_setting(a, s, S("webhook"), words, f, &known));
    *ret = s->webhooks[0];
    return ERR_OK;
}

/* keys/webhook-1a2b3c4d.secret, by its whole path: the line is split at blanks. */
static err_t secret_path(workspace *ws, arena *a, str url, fault *f, str *ret)
{
    char             real[PATH_MAX];
    webhook_endpoint w = { 0 };
    TRY(endpoint_of(a, str_fmt(a, STR_FMT " /secret", STR_ARG(url)), f, &w));
    if (!realpath(ws_path(a, ws, "keys"), real))
        return fail(f, ERR_NOT_FOUND, "the workspace has no directory keys");
    if (strpbrk(real, " \t"))
        return fail(f, ERR_UNSUPPORTED, "the path of this workspace holds a blank, which a line of the configuration cannot; add the webhook by hand, "
                    "with its secret elsewhere");
    str digest = w.id;
    str_cut(&digest, '#');
    *ret = str_fmt(a, "%s/webhook-" STR_FMT ".secret", real, STR_ARG(digest));
    return ERR_OK;
}

err_t webhook_add(workspace *ws, arena *a, str url, const changer *by, fault *f, str *ret_id, str *ret_secret)
{
    webhook_endpoint w = { 0 };
    uint8_t          bytes[SECRET_BYTES];
    str              path = { 0 };
    TRY(notify_webhook_offered(url, f));
    TRY(secret_path(ws, a, url, f, &path));
    str line = str_fmt(a, STR_FMT " " STR_FMT, STR_ARG(url), STR_ARG(path));
    TRY(endpoint_of(a, line, f, &w));
    if (notify_webhook_find(&ws->notify, w.id))
        return fail(f, ERR_CONFLICT, "the endpoint " STR_FMT " is there already", STR_ARG(w.id));
    if (ws->notify.n_webhooks == WEBHOOKS_MAX)
        return fail(f, ERR_CONFLICT, "there are %d endpoints; remove one first", WEBHOOKS_MAX);
    random_bytes(bytes, sizeof bytes);
    *ret_secret = str_fmt(a, "whsec_" STR_FMT, STR_ARG(base64_of(a, bytes, sizeof bytes)));
    TRY(file_replace(str_z(a, path), str_fmt(a, STR_FMT "\n", STR_ARG(*ret_secret)), 0600, f));
    TRY(config_change(ws, a, S(""), str_fmt(a, "webhook: " STR_FMT, STR_ARG(line)), f));
    *ret_id = w.id;
    return config_changed(ws, a, by, str_fmt(a, "added the webhook " STR_FMT, STR_ARG(w.id)), f);
}

/* The line of an endpoint, as it stands. */
typedef struct {
    arena *a;
    str    id, line;
} finder;

static err_t find_line(void *arg, str key, str setting, fault *f)
{
    finder          *x = arg;
    webhook_endpoint w = { 0 };
    if (!str_eq(key, S("webhook")))
        return ERR_OK;
    TRY(endpoint_of(x->a, setting, f, &w));
    if (str_eq(w.id, x->id))
        x->line = setting;
    return ERR_OK;
}

/* As it was written: blanks around the colon may be any. */
static err_t take_line(workspace *ws, arena *a, str words, fault *f)
{
    str text, line;
    TRY(file_read(a, ws_path(a, ws, "config"), CONFIG_MAX_BYTES, f, &text));
    while (str_line(&text, &line)) {
        str setting = line, key = str_cut(&setting, ':');
        if (setting.p && str_eq(str_trim(key), S("webhook")) && str_eq(str_trim(setting), words))
            return config_change(ws, a, str_trim(line), S(""), f);
    }
    return fail(f, ERR_CONFLICT, "the configuration has changed meanwhile; look again");
}

err_t webhook_remove(workspace *ws, arena *a, str id, const changer *by, fault *f)
{
    finder x = { .a = a, .id = id };
    str    own = { 0 };
    fault  none = { 0 };
    TRY(config_each(a, ws_path(a, ws, "config"), f, find_line, &x));
    if (!x.line.n)
        return fail(f, ERR_NOT_FOUND, "there is no webhook " STR_FMT, STR_ARG(utf8_cut(id, 200)));
    TRY(take_line(ws, a, x.line, f));
    str rest = x.line, url = str_word(&rest), path = str_word(&rest);
    if (secret_path(ws, a, url, &none, &own) == ERR_OK && str_eq(own, path))
        (void)unlink(str_z(a, own));     /* a secret that was made here; one's own files are left alone */
    return config_changed(ws, a, by, str_fmt(a, "removed the webhook " STR_FMT, STR_ARG(id)), f);
}
