/* notify/parts.h - private to the room. */
#ifndef NOTIFY_PARTS_H
#define NOTIFY_PARTS_H

#include "fetch/fetch.h"
#include "notify/notify.h"

/* ---- secrets ------------------------------------------------------------------------ */

typedef struct {
    str keys[2];
    int n;
} webhook_keys;

/* "whsec_" + base64 of 24 to 64 bytes, one or two lines. */
err_t webhook_keys_parse(arena *a, str text, const char *path, fault *f, webhook_keys *ret) MUST_USE;

/* ---- messages ------------------------------------------------------------------------ */

/* The message as RFC 5322 has it, lines ended by CRLF. */
str mail_compose(arena *a, const char *from, const outbox_row *row);
/* {"type":...,"timestamp":...,"data":{...}} */
str webhook_body(arena *a, const outbox_row *row);
/* "v1,BASE64 v1,BASE64" */
str webhook_signature(arena *a, const webhook_keys *keys, str id, int64_t seconds, str body);

/* ---- sending -------------------------------------------------------------------------- */

typedef struct {
    bool    ok, permanent;     /* permanent: trying again is of no use */
    bool    down;              /* nothing to do with this message: the server or the way to it */
    time_us wait;              /* the other side asked to be left alone that long; else 0 */
    int64_t status;            /* -1: no answer */
    str     error;             /* why not ok; holds no secret */
} attempt;

void send_mail(fetcher *t, arena *a, const notify_settings *s, str password, const outbox_row *row, attempt *ret);
void send_webhook(fetcher *t, arena *a, const notify_settings *s, const webhook_endpoint *w, const webhook_keys *keys,
                  time_us now, const outbox_row *row, attempt *ret);

/* What a row becomes after an attempt at `now`. */
void outbox_advance(outbox_row *row, const attempt *at, time_us now);

#endif
