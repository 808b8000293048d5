/* web/ledger.h - private to the room: what the pages of the ledger are given. */
#ifndef WEB_LEDGER_H
#define WEB_LEDGER_H

#include "web/assure.h"

typedef struct {
    ask    *q;
    str     checkpoint, vkey, root, origin;
    int64_t size, commits;               /* in the signed checkpoint; in the store */
    bool    signed_yet, small;           /* small: verified here within seconds */
} ledger_view;
void tpl_ledger(buf *out, const ledger_view *v);

typedef struct {
    str kind, relation, key, what;
    int64_t seq, version;
} tamper_line;

typedef struct {
    ask          *q;
    verify_result r;
    str           took;
    tamper_line  *v;  size_t n;
} verify_view;
void tpl_ledger_verify(buf *out, const verify_view *v);

#endif
