/* The outbox: queueing as rows, delivering with patience. */
#include "notify/parts.h"

static const char *const channel_names[] = { [NOTIFY_MAIL] = "mail", [NOTIFY_WEBHOOK] = "webhook" };
static const char *const state_names[] = { [OUTBOX_QUEUED] = "queued", [OUTBOX_SENT] = "sent", [OUTBOX_FAILED] = "failed",
                                           [OUTBOX_GIVEN_UP] = "given_up" };

enum { SUBJECT_MAX = 500, BODY_MAX = 32 << 10, LIST_MAX = 1000 };

const char *outbox_state_name(outbox_state s) { return state_names[s]; }

time_us notify_backoff(int64_t n)
{
    time_us wait = SECONDS(5);
    for (int64_t i = 1; i < n && wait < HOURS(6); i++)
        wait *= 6;
    return wait < HOURS(6) ? wait : HOURS(6);
}

/* ---- rows ---------------------------------------------------------------------------------- */

static value v_when(time_us t) { return t ? v_int(t) : V_UNKNOWN; }
static value v_str(str s) { return s.n ? v_text(s) : V_UNKNOWN; }

static err_t row_write(commit *c, const outbox_row *r, fault *f)
{
    const relation *rel = relation_find(S("outbox"));
    value           row[RELATION_FIELDS_MAX] = { 0 };
    const struct { const char *name; value v; } cells[] = {
        { "id", v_text(r->id) }, { "channel", v_z(channel_names[r->channel]) }, { "recipient", v_str(r->recipient) },
        { "event", v_str(r->event) }, { "subject", v_str(r->subject) }, { "body", v_str(r->body) }, { "about", v_str(r->about) },
        { "queued_at", v_when(r->queued_at) }, { "state", v_z(state_names[r->state]) }, { "attempts", v_int(r->attempts) },
        { "tried_at", v_when(r->tried_at) }, { "next_try_at", v_when(r->next_try_at) },
        { "status", r->status >= 0 ? v_int(r->status) : V_UNKNOWN }, { "last_error", v_str(r->last_error) },
        { "sent_at", v_when(r->sent_at) },
    };
    for (size_t i = 0; i < COUNT(cells); i++) {
        int at = relation_field(rel, str_of(cells[i].name));
        assert(at >= 0);
        row[at] = cells[i].v;
    }
    return write_row(c, row, f);
}

static str text_at(arena *a, const cursor *c, int i) { return cursor_null(c, i) ? S("") : str_dup(a, cursor_text(c, i)); }
static time_us time_at(const cursor *c, int i) { return cursor_null(c, i) ? 0 : cursor_int(c, i); }

static notify_channel channel_at(const cursor *c) { return str_eq(cursor_text(c, 1), S("webhook")) ? NOTIFY_WEBHOOK : NOTIFY_MAIL; }

static outbox_state state_at(const cursor *c)
{
    for (outbox_state i = 0; i < OUTBOX_STATES_; i++)
        if (str_eq(cursor_text(c, 8), str_of(state_names[i])))
            return i;
    return OUTBOX_GIVEN_UP;
}

/* Columns as sql/outbox_due.sql and sql/outbox_list.sql have them. */
static outbox_row row_read(arena *a, const cursor *c)
{
    return (outbox_row){
        .id = text_at(a, c, 0), .channel = channel_at(c),
        .recipient = text_at(a, c, 2), .event = text_at(a, c, 3), .subject = text_at(a, c, 4), .body = text_at(a, c, 5),
        .about = text_at(a, c, 6), .queued_at = time_at(c, 7),
        .state = state_at(c),
        .attempts = time_at(c, 9), .tried_at = time_at(c, 10), .next_try_at = time_at(c, 11),
        .status = cursor_null(c, 12) ? -1 : cursor_int(c, 12), .last_error = text_at(a, c, 13), .sent_at = time_at(c, 14),
    };
}

typedef DA(outbox_row) outbox_rows;

/* Which rows of a query are kept. */
typedef struct {
    str     only;              /* this id; empty: any */
    time_us due_by;            /* to be tried by then; 0: whenever */
    size_t  max;
    const notify_settings *s;  /* only what these can send; NULL: all */
    int64_t unconfigured;      /* how many of the others there were */
} wanted;

static bool configured(const notify_settings *s, notify_channel channel, str recipient)
{
    return channel == NOTIFY_MAIL ? s->smtp && s->mail_from : notify_webhook_find(s, recipient) != NULL;
}

static bool is_wanted(wanted *w, const cursor *c)
{
    if (w->only.n ? !str_eq(cursor_text(c, 0), w->only) : w->due_by && time_at(c, 11) > w->due_by)
        return false;
    if (w->s && !configured(w->s, channel_at(c), cursor_text(c, 2))) {
        w->unconfigured++;
        return false;
    }
    return true;
}

static err_t rows_read(store *st, arena *a, const char *path, wanted *w, fault *f, outbox_rows *ret)
{
    auto_session session *s = NULL;
    auto_cursor cursor   *c = NULL;
    bool                  more = true;
    TRY(session_open(st, &(session_options){ .as_of = TIME_MAX }, f, &s));
    TRY(session_query(s, sql_read(a, path, NULL, 0), f, &c));
    while (ret->n < w->max) {
        TRY(cursor_next(c, f, &more));
        if (!more)
            break;
        if (is_wanted(w, c))
            da_push(a, ret) = row_read(a, c);
    }
    return ERR_OK;
}

err_t notify_list(store *st, arena *a, fault *f, outbox_row **ret, size_t *ret_n)
{
    outbox_rows rows = { 0 };
    TRY(rows_read(st, a, "sql/outbox_list.sql", &(wanted){ .max = LIST_MAX }, f, &rows));
    *ret = rows.v;
    *ret_n = rows.n;
    return ERR_OK;
}

/* ---- queueing -------------------------------------------------------------------------------- */

static bool event_sound(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool inner = i > 0 && i + 1 < s.n && c == '.' && s.p[i - 1] != '.';
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || inner))
            return false;
    }
    return s.n > 0 && s.n <= 100;
}

/* One line, whatever was given. */
static str one_line(arena *a, str s)
{
    s = str_trim(s);
    char *p = str_z(a, s);
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)p[i] < 0x20 || p[i] == 0x7f)
            p[i] = ' ';
    return utf8_cut((str){ p, s.n }, SUBJECT_MAX);
}

/* A long message must not stop the work it belongs to; it says that there was more. */
static str cut_body(arena *a, str body)
{
    if (body.n <= BODY_MAX)
        return body;
    return str_fmt(a, STR_FMT "\n[The message was longer and is cut here.]\n", STR_ARG(utf8_cut(body, BODY_MAX)));
}

static err_t message_check(arena *a, const notify_message *m, fault *f)
{
    if (m->channel == NOTIFY_MAIL && !mail_address_sound(m->recipient))
        return fail(f, ERR_INVALID, "\"" STR_FMT "\" is no mail address that can be written to", STR_ARG(utf8_clean(a, m->recipient)));
    if (m->channel == NOTIFY_WEBHOOK && !m->recipient.n)
        return fail(f, ERR_INVALID, "a webhook needs an endpoint");
    if (!event_sound(m->event))
        return fail(f, ERR_INVALID, "an event is named by a-z, 0-9, _ and full stops, as task.reminder");
    if (!utf8_valid(m->subject) || !utf8_valid(m->body) || !utf8_valid(m->about) || !utf8_valid(m->recipient))
        return fail(f, ERR_INVALID, "a message must be UTF-8");
    if (m->body.n && memchr(m->body.p, 0, m->body.n))
        return fail(f, ERR_INVALID, "a message is text, without NUL");
    return ERR_OK;
}

err_t notify_queue(commit *c, arena *a, time_us now, const notify_message *m, size_t n, fault *f, str *ret_ids)
{
    const relation *rel = relation_find(S("outbox"));
    for (size_t i = 0; i < n; i++)
        TRY(message_check(a, &m[i], f));
    TRY(write_begin(c, rel, S("notify"), WRITE_MERGE, f));
    for (size_t i = 0; i < n; i++) {
        outbox_row row = { .id = id_new(a, now), .channel = m[i].channel, .recipient = m[i].recipient, .event = m[i].event,
                           .subject = one_line(a, m[i].subject), .body = cut_body(a, m[i].body), .about = m[i].about, .queued_at = now,
                           .state = OUTBOX_QUEUED, .next_try_at = now, .status = -1 };
        TRY(row_write(c, &row, f));
        if (ret_ids)
            ret_ids[i] = row.id;
    }
    return write_end(c, f, NULL);
}

/* ---- delivering ------------------------------------------------------------------------------- */

void outbox_advance(outbox_row *row, const attempt *at, time_us now)
{
    row->attempts++;
    row->tried_at = now;
    row->status = at->status;
    row->last_error = at->error;
    row->next_try_at = 0;
    if (at->ok) {
        row->state = OUTBOX_SENT;
        row->sent_at = now;
        row->last_error = S("");
    } else if (at->permanent || row->attempts >= NOTIFY_ATTEMPTS_MAX) {
        row->state = OUTBOX_GIVEN_UP;
    } else {
        row->state = OUTBOX_FAILED;
        row->next_try_at = now + (at->wait > notify_backoff(row->attempts) ? at->wait : notify_backoff(row->attempts));
    }
}

typedef struct {
    store                 *st;
    const notify_settings *s;
    arena                 *a, *scratch;
    time_us                now, began;   /* now, by the caller's clock, when the monotonic one stood at began */
    fetcher               *t;
    map                    gone;         /* endpoints that want no more */
    map                    down;         /* who could not be reached in this round */
} deliverer;

static err_t gone_read(deliverer *d, fault *f)
{
    auto_session session *s = NULL;
    auto_cursor cursor   *c = NULL;
    bool                  more = false;
    d->gone = map_new(d->a);
    TRY(session_open(d->st, &(session_options){ .as_of = TIME_MAX }, f, &s));
    TRY(session_query(s, sql_read(d->a, "sql/outbox_gone.sql", NULL, 0), f, &c));
    for (;;) {
        TRY(cursor_next(c, f, &more));
        if (!more)
            return ERR_OK;
        *map_put(&d->gone, str_dup(d->a, cursor_text(c, 0))) = d;
    }
}

static void refuse(attempt *ret, bool permanent, str why) { *ret = (attempt){ .status = -1, .permanent = permanent, .error = why }; }

/* Secrets are read anew each time, so that a changed one counts at once. */
static void try_mail(deliverer *d, const outbox_row *row, attempt *ret)
{
    str   text, password = S("");
    fault why = { 0 };
    if (!mail_address_sound(row->recipient)) {
        refuse(ret, true, S("this is no mail address that can be written to"));
        return;
    }
    if (d->s->smtp_user) {
        if (!d->s->smtp_secret_file) {
            refuse(ret, false, S("smtp-user is configured, but smtp-secret-file is not"));
            return;
        }
        if (file_secret(d->scratch, d->s->smtp_secret_file, &why, &text) != ERR_OK) {
            refuse(ret, false, str_dup(d->scratch, str_of(why.text)));
            return;
        }
        str_line(&text, &password);
    }
    send_mail(d->t, d->scratch, d->s, password, row, ret);
}

static void try_webhook(deliverer *d, const outbox_row *row, time_us now, attempt *ret)
{
    const webhook_endpoint *w = notify_webhook_find(d->s, row->recipient);
    webhook_keys            keys;
    str                     text;
    fault                   why = { 0 };
    if (file_secret(d->scratch, w->secret_file, &why, &text) != ERR_OK ||
        webhook_keys_parse(d->scratch, text, w->secret_file, &why, &keys) != ERR_OK)
        refuse(ret, false, str_dup(d->scratch, str_of(why.text)));
    else
        send_webhook(d->t, d->scratch, d->s, w, &keys, now, row, ret);
}

/* In a commit of its own, at once: what is not yet marked would be sent again after a crash. */
static err_t keep(deliverer *d, const outbox_row *row, fault *f)
{
    auto_commit commit *c = NULL;
    commit_done         done;
    TRY(commit_begin(d->st, &(commit_info){ .actor = S("notify"), .action = S("deliver"), .reason = row->id }, f, &c));
    TRY(write_begin(c, relation_find(S("outbox")), S("notify"), WRITE_MERGE, f));
    TRY(row_write(c, row, f));
    TRY(write_end(c, f, NULL));
    return commit_finish(TAKE(c), d->scratch, f, &done);
}

/* Whose trouble is whose: one mail server for all mail, each endpoint for itself. */
static str server_of(const outbox_row *row) { return row->channel == NOTIFY_MAIL ? S("mail") : row->recipient; }

static err_t deliver_one(deliverer *d, outbox_row *row, bool whatever, fault *f)
{
    attempt at = { 0 };
    time_us now = d->now + (time_mono() - d->began);
    if (!d->t)
        TRY(fetch_open(d->a, f, &d->t));
    if (row->channel == NOTIFY_MAIL)
        try_mail(d, row, &at);
    else if (!whatever && map_get(&d->gone, row->recipient))
        refuse(&at, true, S("the endpoint answered 410 Gone before; a test that it takes enables it again"));
    else
        try_webhook(d, row, now, &at);
    outbox_advance(row, &at, now);
    row->last_error = str_dup(d->a, row->last_error);
    if (row->channel == NOTIFY_WEBHOOK && at.status == 410)
        *map_put(&d->gone, row->recipient) = d;
    if (at.down && !at.ok)
        *map_put(&d->down, server_of(row)) = d;
    TRY(keep(d, row, f));
    arena_reset(d->scratch);
    return ERR_OK;
}

static err_t deliver_all(deliverer *d, str only, fault *f, delivery *ret)
{
    outbox_rows rows = { 0 }, tried = { 0 };
    wanted      w = { .only = only, .due_by = d->now, .max = DELIVER_MAX, .s = d->s };
    d->down = map_new(d->a);
    TRY(gone_read(d, f));
    TRY(rows_read(d->st, d->a, "sql/outbox_due.sql", &w, f, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        outbox_row *row = &rows.v[i];
        if (map_get(&d->down, server_of(row))) {
            ret->postponed++;
        } else {
            TRY(deliver_one(d, row, only.n > 0, f));
            ret->by_state[row->state]++;
            da_push(d->a, &tried) = *row;
        }
    }
    ret->unconfigured = w.unconfigured;
    ret->tried = tried.v;
    ret->n_tried = tried.n;
    return ERR_OK;
}

err_t notify_deliver(store *st, const notify_settings *s, arena *a, time_us now, str only, fault *f, delivery *ret)
{
    auto_arena arena *scratch = arena_new(64 << 20);
    deliverer         d = { .st = st, .s = s, .a = a, .scratch = scratch, .now = now, .began = time_mono() };
    delivery          out = { 0 };
    err_t             e = deliver_all(&d, only, f, &out);
    fetch_close(d.t);
    if (e == ERR_OK)
        *ret = out;
    return e;
}
