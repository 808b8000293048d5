/* web/trust.h - private to the room: what the templates of the trust page are given. */
#ifndef WEB_TRUST_H
#define WEB_TRUST_H

#include "web/page.h"

typedef struct {
    str        words, detail;
    bool       told;          /* its state is shown */
    state_mark mark;
} trust_line;

typedef struct {
    str id, title, description, href;
    bool open;                /* for anybody */
} trust_doc;

typedef struct {
    ask        *q;
    str         title, overview, status_note, security_contact, nda;
    bool        show_states;
    const char **categories;  size_t n_categories;
    trust_line *controls;     size_t n_controls;
    trust_line *vendors;      size_t n_vendors;
    trust_doc  *docs;         size_t n_docs, n_on_request;
    str         assessed;     /* when the states were found; empty: never */
} trust_view;
void tpl_trust(buf *out, const trust_view *v);

typedef struct {
    ask *q;
    str  fault, name, email, company, purpose;
} trust_ask_view;
void tpl_trust_ask(buf *out, const trust_ask_view *v);

typedef struct {
    ask       *q;
    str        secret, who, nda;
    bool       agreed;
    trust_doc *docs;  size_t n_docs;
} trust_access_view;
void tpl_trust_access(buf *out, const trust_access_view *v);

typedef struct {
    ask *q;
    str  id, url;
} trust_link_view;
void tpl_trust_link(buf *out, const trust_link_view *v);

#endif
