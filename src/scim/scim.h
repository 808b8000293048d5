/*
 * scim/scim.h - the language of SCIM 2.0 (RFC 7643, RFC 7644): how an identity
 * provider tells about people and groups.
 *
 * Bodies become small trees; filters and PATCH work on trees; users and groups
 * are read from and written as trees. Nothing here knows where people are kept.
 * JSON is read strictly (a name given twice, also in another case, is refused);
 * what is told in it is read as Okta and Entra ID really send it. Whether somebody
 * is active is never guessed: what is not clearly true or false is refused.
 * Depends on: base.  Threads: no hidden state.
 */
#ifndef SCIM_SCIM_H
#define SCIM_SCIM_H

#include "base/base.h"

#define SCIM_USER       "urn:ietf:params:scim:schemas:core:2.0:User"
#define SCIM_GROUP      "urn:ietf:params:scim:schemas:core:2.0:Group"
#define SCIM_ENTERPRISE "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
#define SCIM_MEDIA      "application/scim+json"

enum {
    SCIM_BODY_MAX       = 1 << 20,
    SCIM_NODES_MAX      = 60000,  /* values in a body */
    SCIM_NAMES_MAX      = 200,    /* of one object */
    SCIM_FILTER_MAX     = 4096,   /* bytes */
    SCIM_FILTER_DEPTH   = 16,     /* brackets in brackets */
    SCIM_FILTER_NODES   = 200,
    SCIM_OPERATIONS_MAX = 1000,
    SCIM_TEXT_MAX       = 1024,   /* bytes of a name, an address */
    SCIM_PAGE_MAX       = 500,    /* resources in one answer */
};

/* ---- what is refused, and how it is said (RFC 7644, 3.12) ------------------------------ */

#define SCIM_REFUSAL_TABLE(X)              \
    X(NONE,           400, "")             \
    X(INVALID_FILTER, 400, "invalidFilter")\
    X(TOO_MANY,       400, "tooMany")      \
    X(UNIQUENESS,     409, "uniqueness")   \
    X(MUTABILITY,     400, "mutability")   \
    X(INVALID_SYNTAX, 400, "invalidSyntax")\
    X(INVALID_PATH,   400, "invalidPath")  \
    X(NO_TARGET,      400, "noTarget")     \
    X(INVALID_VALUE,  400, "invalidValue")
typedef enum {
#define X(name, status, wire) SCIM_##name,
    SCIM_REFUSAL_TABLE(X)
#undef X
    SCIM_REFUSAL_COUNT_
} scim_refusal;

/* The first refusal is kept. */
typedef struct {
    scim_refusal kind;
    fault        f;
} scim_trouble;
int         scim_status(scim_refusal kind);
const char *scim_wire(scim_refusal kind);              /* "" for SCIM_NONE */
/* Records it and returns ERR_INVALID; ERR_CONFLICT for SCIM_UNIQUENESS. */
err_t scim_refuse(scim_trouble *t, scim_refusal kind, const char *fmt, ...) PRINTF_LIKE(3);

/* ---- trees ------------------------------------------------------------------------------- */

typedef enum { SCIM_NULL, SCIM_BOOL, SCIM_INT, SCIM_STR, SCIM_OBJ, SCIM_ARR } scim_kind;

typedef struct scim_node scim_node;
struct scim_node {
    scim_kind  kind;
    str        key;           /* as sent, in an object */
    str        s;             /* SCIM_STR */
    int64_t    i;             /* SCIM_INT, SCIM_BOOL */
    scim_node *first, *last;  /* SCIM_OBJ, SCIM_ARR */
    scim_node *next;
    size_t     n;             /* of what it holds */
};

/* An object in JSON. Strings point into `json` or the arena. */
err_t      scim_parse(arena *a, str json, scim_trouble *t, scim_node **ret) MUST_USE;
void       scim_json(const scim_node *v, buf *out);
scim_node *scim_get(const scim_node *object, str name);            /* in any case; NULL when there is none */
scim_node *scim_new(arena *a, scim_kind kind) MUST_USE;
/* Appends to an object (key) or an array (key empty), and returns `child`. */
scim_node *scim_add(scim_node *parent, str key, scim_node *child);
/* Text that is not known (n == 0) adds nothing. */
void       scim_add_text(arena *a, scim_node *object, const char *key, str text);
void       scim_add_bool(arena *a, scim_node *object, const char *key, bool b);
void       scim_add_int(arena *a, scim_node *object, const char *key, int64_t i);
/* schemas: what the resource or message is. */
scim_node *scim_object(arena *a, const char *schema) MUST_USE;
scim_node *scim_copy(arena *a, const scim_node *v) MUST_USE;

/* ---- paths and filters (RFC 7644, 3.4.2.2 and 3.10) ---------------------------------------- */

typedef struct scim_filter scim_filter;

typedef struct {
    str                schema;    /* of an extension, as it is known here or as sent; empty: of the resource itself */
    str                attr;      /* empty: the extension as a whole */
    const scim_filter *where;     /* emails[type eq "work"]; NULL: none */
    str                sub;       /* name.givenName; empty: none */
} scim_path;

err_t scim_path_parse(arena *a, str text, scim_trouble *t, scim_path *ret) MUST_USE;
err_t scim_filter_parse(arena *a, str text, scim_trouble *t, const scim_filter **ret) MUST_USE;
/* Text is compared without regard to ASCII case, but for ids and references; what is not
 * there equals null and nothing else. */
bool  scim_matches(const scim_filter *filter, const scim_node *resource);
/* The filter with all its brackets, for messages and tests: (userName eq "ann" and (not (active pr))). */
void  scim_filter_text(const scim_filter *filter, buf *out);

/* sortBy: resources without the attribute come last; the order of equals stays. */
void  scim_sort(scim_node **resources, size_t n, const scim_path *by, bool descending);
/* What `attributes` or `excludedAttributes` leave (comma-separated; at most one is not empty); id and
 * schemas stay. */
err_t scim_project(arena *a, const scim_node *resource, str attributes, str excluded, scim_trouble *t, scim_node **ret) MUST_USE;

/* ---- PATCH (RFC 7644, 3.5.2) ------------------------------------------------------------------- */

/* Applies every operation of the message to a copy of the resource, or refuses it as a whole.
 * Beyond the RFC: operations and names in any case; paths as names in the value of an operation
 * without a path; "remove" of a list with the members to be removed as its value; a replaced
 * emails[type eq "work"].value that is not there yet is added. */
err_t scim_patch(arena *a, const scim_node *resource, const scim_node *message, scim_trouble *t, scim_node **ret) MUST_USE;

/* ---- users and groups ----------------------------------------------------------------------------- */

typedef enum { SCIM_ACTIVE_UNSAID, SCIM_ACTIVE, SCIM_INACTIVE } scim_active;

typedef struct {
    str type;                 /* "User", "Group" */
    str location;
    int64_t row;              /* the version: its weak entity tag */
    time_us created, modified;
} scim_meta;

/* Who belongs to a group, or which groups a user belongs to. */
typedef struct {
    str value, display, ref;
} scim_member;

typedef struct {
    str         id, user_name, external_id;
    str         display, formatted, given, family;
    str         email;        /* the primary one, else the one for work, else the first */
    str         title, department, user_type;
    str         manager;      /* an id, or whatever the provider has */
    bool        manager_said; /* with an empty manager: there is none */
    scim_active active;
    scim_member *groups;      size_t n_groups;         /* written only */
    scim_meta   meta;         /* written only */
} scim_user;

/* userName is required. An `active` that is no truth value ("False" is one, null is not): SCIM_INVALID_VALUE. */
err_t scim_user_read(arena *a, const scim_node *v, scim_trouble *t, scim_user *ret) MUST_USE;
scim_node *scim_user_node(arena *a, const scim_user *u) MUST_USE;
/* The full name: of what changed since `was` (NULL: anew) the first known of displayName,
 * name.formatted, given and family name; else the old one. Empty: none is told. */
str scim_user_full_name(arena *a, const scim_user *was, const scim_user *is) MUST_USE;

typedef struct {
    str          id, display, external_id;
    scim_member *members;     size_t n_members;
    scim_meta    meta;
} scim_group;

/* displayName is required; members without a value, or which name a group, are refused; one named twice counts once. */
err_t scim_group_read(arena *a, const scim_node *v, scim_trouble *t, scim_group *ret) MUST_USE;
scim_node *scim_group_node(arena *a, const scim_group *g) MUST_USE;

/* W/"17" */
str  scim_etag(arena *a, int64_t row) MUST_USE;
/* Whether a header If-Match or If-None-Match ("*", or tags with commas between) names this version. */
bool scim_etag_in(str header, int64_t row);

/* ---- answers ----------------------------------------------------------------------------------------- */

void scim_list_json(arena *a, scim_node *const *resources, size_t n, int64_t total, int64_t start_index, buf *out);
void scim_error_json(arena *a, int status, const char *wire, str detail, buf *out);

typedef enum { SCIM_CONFIG, SCIM_TYPES, SCIM_SCHEMAS } scim_discovery;
/* `base`: "https://host/scim/v2". `id` empty: all of them as a list (the configuration is one always).
 * false: there is none of that name. */
bool scim_discovery_json(arena *a, scim_discovery what, str base, str id, buf *out);

#endif
