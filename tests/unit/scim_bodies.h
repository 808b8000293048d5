/* tests/unit/scim_bodies.h - what the tests of SCIM share: reading, writing and comparing bodies. */
#ifndef SCIM_BODIES_H
#define SCIM_BODIES_H

#include "test.h"

#include "scim/scim.h"

#define ENTERPRISE "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"

static inline scim_node *parsed(arena *a, str json)
{
    scim_trouble t = { 0 };
    scim_node   *v;
    if (scim_parse(a, json, &t, &v) != ERR_OK)
        fail_msg("%s: " STR_FMT, t.f.text, STR_ARG(json));
    return v;
}

static inline str written(arena *a, const scim_node *v)
{
    buf out = buf_new(a, 4 << 20);
    scim_json(v, &out);
    return buf_str(&out);
}

static inline scim_node *recorded(arena *a, const char *name)
{
    str         bytes;
    const char *path = str_fmt(a, "%s/%s.json", getenv("ATTEST_TEST_SCIM") ? getenv("ATTEST_TEST_SCIM") : "tests/scim", name).p;
    if (file_slurp(a, path, SCIM_BODY_MAX, &bytes) != 0)
        fail_msg("cannot read %s", path);
    return parsed(a, bytes);
}

static inline void same(str have, str want)
{
    if (!str_eq(have, want))
        fail_msg("have " STR_FMT "\nwant " STR_FMT, STR_ARG(have), STR_ARG(want));
}

static inline str repeated(arena *a, const char *head, const char *part, int n, const char *tail)
{
    buf out = buf_new(a, 1 << 20);
    buf_putz(&out, head);
    for (int i = 0; i < n; i++)
        buf_putz(&out, part);
    buf_putz(&out, tail);
    return buf_str(&out);
}

#endif
