/* Fixtures: every case that is read has what the runner counts on. */
#include "assess/parts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    auto_arena arena *a = arena_new(512 << 20);
    test_need     needs[] = { { relation_find(S("account")), HOURS(26), false }, { relation_find(S("setting")), HOURS(26), false } };
    test_param    params[] = { { .name = S("days") } };
    const control_test t = { .id = S("access.mfa"), .path = S("mfa.sql"), .needs = needs, .n_needs = COUNT(needs), .params = params,
                             .n_params = 1, .fixtures = { (const char *)data, n }, .fixtures_path = S("mfa.fixtures") };
    faults        fs = { .a = a };
    fixture_cases cases = { 0 };
    fault         f = { 0 };
    if (!fixtures_read(a, &fs, &t, &cases)) {
        if (faults_report(&fs, &f) != ERR_INVALID || !utf8_valid(str_of(f.text)))
            abort();
        return 0;
    }
    if (cases.n < 4)
        abort();
    for (size_t i = 0; i < cases.n; i++) {
        if (!cases.v[i].has_expect)
            abort();
        for (size_t k = 0; k < cases.v[i].rows.n; k++)
            if (row_check(cases.v[i].rows.v[k].relation, cases.v[i].rows.v[k].values, &f) != ERR_OK)
                abort();
    }
    return 0;
}
