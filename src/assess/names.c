#include "assess/assess.h"

static const char *const states[] = {
#define X(name, wire) [STATE_##name] = wire,
    STATE_TABLE(X)
#undef X
};
static const char *const categories[] = {
    [CAT_SECURITY] = "Security",
    [CAT_AVAILABILITY] = "Availability",
    [CAT_CONFIDENTIALITY] = "Confidentiality",
    [CAT_PROCESSING] = "Processing integrity",
    [CAT_PRIVACY] = "Privacy",
};
static const char *const severities[] = { "critical", "high", "medium", "low" };

const char *state_name(test_state s)
{
    assert((unsigned)s < STATE_COUNT_);
    return states[s];
}

bool state_parse(str s, test_state *ret)
{
    for (size_t i = 0; i < COUNT(states); i++)
        if (str_eq(s, str_of(states[i]))) {
            *ret = (test_state)i;
            return true;
        }
    return false;
}

const char *category_name(category c)
{
    assert((unsigned)c < CAT_COUNT_);
    return categories[c];
}

const char *severity_name(severity s)
{
    assert((unsigned)s < COUNT(severities));
    return severities[s];
}

const char *category_id(category c)
{
    static const char *const ids[CAT_COUNT_] = {
        [CAT_SECURITY] = "security", [CAT_AVAILABILITY] = "availability", [CAT_CONFIDENTIALITY] = "confidentiality",
        [CAT_PROCESSING] = "processing-integrity", [CAT_PRIVACY] = "privacy",
    };
    return ids[c];
}
