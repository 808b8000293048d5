/* auth/rows.h - private to the room: the relations of model/state that it keeps, and the places of
 * their fields. A test compares both. */
#ifndef AUTH_ROWS_H
#define AUTH_ROWS_H

#include "model/model.h"

extern const relation relation_auth_session, relation_auth_password, relation_auth_totp, relation_auth_recovery, relation_auth_passkey,
    relation_auth_token, relation_auth_once, relation_auth_identity, relation_auth_try;

enum { SE_ID, SE_PERSON, SE_STAGE, SE_METHOD, SE_ADDRESS, SE_AGENT, SE_STARTED, SE_SEEN, SE_ENDS, SE_PROVEN, SE_SECOND, SE_EXPIRES, SE_N };
enum { PW_PERSON, PW_HASH, PW_SET, PW_N };
enum { TP_PERSON, TP_SECRET, TP_PENDING, TP_PENDING_AT, TP_LAST_STEP, TP_N };
enum { RC_PERSON, RC_HASH, RC_N };
enum { PK_ID, PK_PERSON, PK_CREDENTIAL, PK_LABEL, PK_ALG, PK_PUBLIC_KEY, PK_COUNT, PK_AAGUID, PK_TRANSPORTS, PK_BACKED_UP, PK_ADDED, PK_USED,
       PK_N };
enum { TK_ID, TK_PERSON, TK_LABEL, TK_SCOPES, TK_MADE_BY, TK_MADE, TK_USED, TK_EXPIRES, TK_N };
enum { ON_ID, ON_TEXT, ON_PERSON, ON_MADE, ON_EXPIRES, ON_N };
enum { ID_ID, ID_PERSON, ID_ISSUER, ID_SUBJECT, ID_LINKED, ID_N };
enum { TR_ID, TR_COUNT, TR_NEXT, TR_EXPIRES, TR_N };

#define AUTH_RELATIONS(X)                                                                                                      \
    X(session, SE_N, "id person stage method address agent started_at seen_at ends_at proven_at second expires_at")            \
    X(password, PW_N, "person hash set_at")                                                                                    \
    X(totp, TP_N, "person secret pending pending_at last_step")                                                                \
    X(recovery, RC_N, "person hash")                                                                                           \
    X(passkey, PK_N, "id person credential label alg public_key sign_count aaguid transports backed_up added_at used_at")      \
    X(token, TK_N, "id person label scopes made_by made_at used_at expires_at")                                                \
    X(once, ON_N, "id text person made_at expires_at")                                                                         \
    X(identity, ID_N, "id person issuer subject linked_at")                                                                    \
    X(try, TR_N, "id count next_at expires_at")

#endif
