/* web/settings.h - private to the room: people's access and what the workspace is set to. */
#ifndef WEB_SETTINGS_H
#define WEB_SETTINGS_H

#include "web/account.h"

typedef struct {
    const char *key, *label, *otherwise, *says;        /* otherwise: what holds when the line is not there */
} setting_row;
extern const setting_row setting_rows[];
extern const size_t      n_setting_rows;

typedef struct {
    ask   *q;
    str    origin, scim_url;
    size_t n_sessions, n_tokens, n_scim, n_agents;
} settings_view;
str  setting_of(const settings_view *v, const char *key);      /* empty: not said */
void tpl_settings(buf *out, const settings_view *v);

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
