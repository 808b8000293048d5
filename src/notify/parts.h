/* notify/parts.h - private to the room. */
#ifndef NOTIFY_PARTS_H
#define NOTIFY_PARTS_H

#include "notify/notify.h"

#include <sys/socket.h>

/* ---- URLs and addresses ----------------------------------------------------------- */

typedef struct {
    str  scheme, host;         /* host without brackets and port */
    bool loopback;             /* the host is "localhost" or a loopback address as written */
} url_parts;

/* "scheme://host[:port][/...]" of a narrow set of characters: no user, no fragment, no blanks. */
bool url_cut(str url, url_parts *ret);

typedef enum { ADDRESS_PUBLIC, ADDRESS_LOOPBACK, ADDRESS_PRIVATE, ADDRESS_NEVER } address_kind;

/* PRIVATE: a network inside an organisation (RFC 1918, unique local, carrier's NAT).
 * NEVER: link-local (where clouds serve their credentials), multicast, documentation, unspecified ... */
address_kind address_judge(const struct sockaddr *sa);

/* ---- secrets ------------------------------------------------------------------------ */

/* The file's lines without blanks at their ends; others than owner and group may not read it. */
err_t secret_read(arena *a, const char *path, fault *f, str *ret) MUST_USE;

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

typedef struct transport transport;

err_t transport_open(arena *a, fault *f, transport **ret) MUST_USE;
void  transport_close(transport *t);                      /* accepts NULL */
void  send_mail(transport *t, arena *a, const notify_settings *s, str password, const outbox_row *row, attempt *ret);
void  send_webhook(transport *t, arena *a, const notify_settings *s, const webhook_endpoint *w, const webhook_keys *keys,
                   time_us now, const outbox_row *row, attempt *ret);

GUARD_DEFINE(transport, transport_close)
#define auto_transport GUARD(transport_close)

/* What a row becomes after an attempt at `now`. */
void outbox_advance(outbox_row *row, const attempt *at, time_us now);

#endif
