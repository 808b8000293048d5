#include "report/text.h"

static int rank(const test_result *r)
{
    static const int8_t first[] = { STATE_FAIL, STATE_ERROR, STATE_NO_DATA, STATE_NEEDS_REVIEW };
    for (size_t i = 0; i < COUNT(first); i++)
        if (first[i] == (int)r->state)
            return (int)i + (result_accepted(r) || r->aside ? (int)COUNT(first) : 0);
    return 2 * (int)COUNT(first) + (int)r->state;
}

static int by_urgency(const void *x, const void *y)
{
    const test_result *a = *(const test_result *const *)x, *b = *(const test_result *const *)y;
    int d = rank(a) - rank(b);
    if (!d)
        d = (int)a->test->severity - (int)b->test->severity;
    if (!d)
        d = (a->exceptions < b->exceptions) - (a->exceptions > b->exceptions);
    return d ? d : str_cmp(a->test->id, b->test->id);
}

const test_result **tests_by_urgency(arena *a, const assessment *as)
{
    const test_result **v = NEW_ARRAY(a, const test_result *, as->n_tests + 1);
    for (size_t i = 0; i < as->n_tests; i++)
        v[i] = &as->tests[i];
    qsort(v, as->n_tests, sizeof *v, by_urgency);
    return v;
}

str counts_text(arena *a, const test_result *r)
{
    if (r->population == 0)
        return S("no items");
    str accepted = r->waived ? str_fmt(a, ", %lld accepted by waivers", (long long)r->waived) : S("");
    if (r->exceptions && r->unknowns)
        return str_fmt(a, "%lld of %lld fail" STR_FMT ", %lld unknown", (long long)r->exceptions, (long long)r->population,
                       STR_ARG(accepted), (long long)r->unknowns);
    if (r->exceptions)
        return str_fmt(a, "%lld of %lld fail" STR_FMT, (long long)r->exceptions, (long long)r->population, STR_ARG(accepted));
    if (r->unknowns)
        return str_fmt(a, "%lld of %lld unknown", (long long)r->unknowns, (long long)r->population);
    return str_fmt(a, "%lld item%s", (long long)r->population, r->population == 1 ? "" : "s");
}
