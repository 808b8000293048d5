/* web/policy.h - private to the room: what the page on which a policy is written is given. */
#ifndef WEB_POLICY_H
#define WEB_POLICY_H

#include "web/diff.h"
#include "web/special.h"

typedef struct {
    ask         *q;
    str          id, action, body, changes, base_title, base_href, conflict;
    int64_t      version, accepted, asked;
    bool         writes, base;           /* base: there is a version to compare with */
    text_diff    diff;
    const str   *warnings;  size_t n_warnings;
    const field_fault *faults;  size_t n_faults;
    step_buttons steps;
    str          accepted_href, asked_href;
} policy_view;
void tpl_policy(buf *out, const policy_view *v);
void tpl_policy_diff(buf *out, const text_diff *v);

#endif
