/* web/settings.h - private to the room: people's access and what the workspace is set to. */
#ifndef WEB_SETTINGS_H
#define WEB_SETTINGS_H

#include "web/account.h"

/* A line of the configuration. otherwise: what holds when it is not there; says: what it means; line: how it is written. */
typedef struct {
    const char *group;        /* of the first of a group; NULL: as before */
    const char *key, *label, *otherwise, *says, *line;
} setting_row;
extern const setting_row setting_rows[];
extern const size_t      n_setting_rows;

typedef struct {
    ask   *q;
    str    origin, scim_url;
    size_t n_sessions, n_tokens, n_scim, n_agents;
} settings_view;
/* As people may read it: of a secret only that there is a file of it. Empty: not said. */
str  setting_of(const settings_view *v, const char *key);
void tpl_settings(buf *out, const settings_view *v);

/* Mail and webhooks. */
typedef struct {
    str        id, subject, recipient, error, when;
    state_mark mark;
    int64_t    attempts;
} message_line;

typedef struct {
    str          id;
    bool         inside;
    message_line last;        /* of its deliveries; mark.css NULL: none */
} endpoint_line;

typedef struct {
    ask           *q;
    str            smtp, from, own_address;
    endpoint_line *endpoints;  size_t n_endpoints;
    message_line  *messages;   size_t n_messages;
    bool           more, may_change;
    str            fault, url;
} messages_view;
void tpl_settings_messages(buf *out, const messages_view *v);

typedef struct {
    ask *q;
    str  id, secret;
} webhook_made_view;
void tpl_webhook_made(buf *out, const webhook_made_view *v);

/* Somebody and their access. */
typedef struct {
    str          id, name, email, state_now;
    role         has;
    auth_factors factors;
    time_us      last_at;                /* of the last sign-in; -1: none */
    time_us      link_until;             /* of a one-time link that stands open; 0: there is none */
    str          own_role, own_role_title;             /* the organisation's own; empty: none */
} access_person;

typedef struct {
    ask           *q;
    access_person *people;  size_t n_people;
    str            wanted;               /* of the search */
    bool           waiting;              /* those alone who never signed in */
    int64_t        at;                   /* page, from 1 */
    bool           more;
} access_people_view;
str  people_page(const access_people_view *v, int64_t at) MUST_USE;
void tpl_access_people(buf *out, const access_people_view *v);

typedef struct {
    ask          *q;
    access_person p;
    auth_session *sessions;  size_t n_sessions;
    auth_token   *tokens;    size_t n_tokens;
    event_row    *events;    size_t n_events;
    bool          may;                   /* whether the person who asks may change this access */
    str           link;                  /* a one-time link, shown once; empty: none */
    str           until;
} access_person_view;
void tpl_access_person(buf *out, const access_person_view *v);
void tpl_access_link(buf *out, const access_person_view *v);
str  access_path(arena *a, str id, const char *after) MUST_USE;
/* "password, authenticator, 2 passkeys"; empty: nothing. */
str  factor_words(arena *a, const auth_factors *has);

typedef struct {
    ask          *q;
    auth_session *sessions;  size_t n_sessions;
    auth_token   *tokens;    size_t n_tokens;
} access_sessions_view;
void tpl_access_sessions(buf *out, const access_sessions_view *v);

#endif
