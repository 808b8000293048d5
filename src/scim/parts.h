/* scim/parts.h - private to the room: what its files share. */
#ifndef SCIM_PARTS_H
#define SCIM_PARTS_H

#include "scim/scim.h"

/* ---- attributes: the rows behind comparing, patching and /Schemas ---- */

typedef enum { TYPE_STRING, TYPE_BOOLEAN, TYPE_DATE, TYPE_REFERENCE, TYPE_COMPLEX } attribute_type;

enum {
    ATTR_MANY     = 1 << 0,
    ATTR_EXACT    = 1 << 1,   /* compared byte by byte */
    ATTR_FIXED    = 1 << 2,   /* readOnly */
    ATTR_REQUIRED = 1 << 3,
    ATTR_UNIQUE   = 1 << 4,
    ATTR_COMMON   = 1 << 5,   /* of every resource: not told in /Schemas */
};

typedef struct {
    const char    *schema;    /* NULL: every resource */
    const char    *name;      /* "emails", "emails.value" */
    attribute_type type;
    unsigned       flags;
    const char    *doc;
} attribute;
extern const attribute scim_attributes[];
extern const size_t    scim_n_attributes;
/* By name alone, in any case; NULL: not one we keep. `sub` may be empty. */
const attribute *scim_attribute(str attr, str sub);
/* Lists we do not keep, and those we do. */
bool scim_is_list(str attr);

/* ---- words ---- */

bool word_is(str s, const char *word);                 /* ASCII case aside */
bool word_eq(str a, str b);
int  word_cmp(str a, str b);

/* ---- paths, filters ---- */

typedef enum { OP_AND, OP_OR, OP_NOT, OP_HAS, OP_PR, OP_EQ, OP_NE, OP_CO, OP_SW, OP_EW, OP_GT, OP_GE, OP_LT, OP_LE } filter_op;

struct scim_filter {
    filter_op          op;
    const scim_filter *left, *right;     /* AND, OR; NOT: left */
    scim_path          path;             /* the others; HAS: attr[where] */
    scim_node          literal;
    bool               exact;            /* as text is compared */
    bool               date;
};

typedef struct {
    arena        *a;
    str           in;
    size_t        at;
    int           depth;
    int           nodes;
    str           within;     /* the attribute whose brackets we are in */
    scim_refusal  as;         /* what a fault is called */
    scim_trouble *t;
} scim_lexer;
/* A path at lx->at; stops at the first byte that does not belong to it. */
err_t scim_path_read(scim_lexer *lx, scim_path *ret) MUST_USE;
err_t scim_filter_read(scim_lexer *lx, const scim_filter **ret) MUST_USE;
err_t scim_lexer_fault(scim_lexer *lx, const char *why);

/* The object a path stands in: the resource or an extension of it; NULL: it is not there. */
const scim_node *scim_home(const scim_node *resource, const scim_path *p);
/* Each value the path leads to; the visitor says true to stop. Returns whether one did. */
bool scim_visit(const scim_node *resource, const scim_path *p, bool (*each)(const void *arg, const scim_node *v), const void *arg);

/* Text, a number or a truth value as one would compare and keep it; false: it is none. */
bool scim_truth(const scim_node *v, bool *ret);

#endif
