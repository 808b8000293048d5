/*
 * notify/notify.h - telling people by mail and other programs by webhook.
 *
 * A message is first a row of the relation `outbox`, written in the same commit as
 * what it speaks of; delivering it is another step, at any time, by any process.
 * A message is delivered at least once: one whose sending was cut short is sent
 * again under the same id (Message-ID, webhook-id), so that receivers can tell.
 * Mail goes by SMTP with TLS, webhooks follow Standard Webhooks 1.0.
 * Depends on: base, model, store; libcurl, loaded when something is sent.
 * Threads: as store.
 */
#ifndef NOTIFY_NOTIFY_H
#define NOTIFY_NOTIFY_H

#include "store/store.h"

/* ---- settings ------------------------------------------------------------------- */

typedef struct {
    const char *url;           /* https://..., or http:// to this very machine */
    const char *secret_file;   /* one or two lines "whsec_...": both sign while a secret is being changed */
    bool        inside;        /* may stand at a private address */
    str         id;            /* "hooks.example.com#1a2b3c4d": what the history calls it; a URL may hold a token */
} webhook_endpoint;

enum { WEBHOOKS_MAX = 16 };

typedef struct {
    const char      *smtp;               /* smtps://HOST[:PORT], or smtp:// (STARTTLS is required but to this machine); NULL: no mail */
    const char      *mail_from;          /* address */
    const char      *smtp_user;          /* NULL: no sign-in */
    const char      *smtp_secret_file;   /* its first line is the password */
    const char      *tls_ca_file;        /* PEM, instead of the system's authorities; NULL: those */
    webhook_endpoint webhooks[WEBHOOKS_MAX];
    size_t           n_webhooks;
} notify_settings;

/* One line of a configuration: smtp, mail-from, smtp-user, smtp-secret-file,
 * tls-ca-file, webhook ("URL SECRETFILE [private]", up to WEBHOOKS_MAX lines).
 * *ret_known false: the key is not ours. Nothing is opened or read yet. */
err_t notify_setting(arena *a, notify_settings *s, str key, str setting, fault *f, bool *ret_known) MUST_USE;
/* Whether somebody who comes by network may add this URL: https, and no name of this machine or blank in it. Where it leads is
 * judged at each sending. */
err_t notify_webhook_offered(str url, fault *f) MUST_USE;
const webhook_endpoint *notify_webhook_find(const notify_settings *s, str id);    /* NULL when there is none */

/* ---- the outbox ------------------------------------------------------------------ */

typedef enum { NOTIFY_MAIL, NOTIFY_WEBHOOK } notify_channel;

typedef struct {
    notify_channel channel;
    str            recipient;  /* mail: an address; webhook: an endpoint's id */
    str            event;      /* "task.reminder": a-z, 0-9, _ and full stops */
    str            subject, body, about;
} notify_message;

/* Puts messages into the outbox as part of the commit, in which no write may be open.
 * `now` becomes queued_at. Bad addresses, events and texts are ERR_INVALID: then
 * nothing was put in. Control characters of the subject become blanks; a subject of more than
 * 500 bytes and a body of more than 32 KiB are cut, and the body then says so.
 * ret_ids: n ids in the arena, or NULL. */
err_t notify_queue(commit *c, arena *a, time_us now, const notify_message *m, size_t n, fault *f, str *ret_ids) MUST_USE;

/* local@domain as RFC 5321 has it, without quotes, comments and non-ASCII letters. */
bool  mail_address_sound(str s);

enum { NOTIFY_ATTEMPTS_MAX = 12 };
/* After the n-th failed try: five seconds, six times as long each time, six hours at most. */
time_us notify_backoff(int64_t n);

typedef enum { OUTBOX_QUEUED, OUTBOX_SENT, OUTBOX_FAILED, OUTBOX_GIVEN_UP, OUTBOX_STATES_ } outbox_state;
const char *outbox_state_name(outbox_state s);

/* A row as stored; times are 0 and status -1 when unknown. */
typedef struct {
    str            id, recipient, event, subject, body, about, last_error;
    notify_channel channel;
    outbox_state   state;
    int64_t        attempts, status;
    time_us        queued_at, tried_at, next_try_at, sent_at;
} outbox_row;

typedef struct {
    int64_t     by_state[OUTBOX_STATES_];     /* of the messages that were tried */
    int64_t     unconfigured;                 /* due, but there is no such server or endpoint in the settings */
    int64_t     postponed;                    /* due, but the server could not be reached for another one just now */
    outbox_row *tried;         size_t n_tried;
} delivery;

enum { DELIVER_MAX = 500 };

/* Tries every message that is due at `now` (at most DELIVER_MAX), one commit each, made
 * right after the answer. `only`: this id and no other, due or not, and also to an endpoint that said 410
 * Gone, which enables it again if it takes it; empty: all. What is wrong with a message, an
 * endpoint or a secret is told in the row; an error here means that the store failed
 * or that there is no libcurl. Only one process at a time should deliver: two
 * would each send. */
err_t notify_deliver(store *st, const notify_settings *s, arena *a, time_us now, str only, fault *f, delivery *ret) MUST_USE;

/* Newest first, at most 1000. */
err_t notify_list(store *st, arena *a, fault *f, outbox_row **ret, size_t *ret_n) MUST_USE;

#endif
