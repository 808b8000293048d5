/* The part of the content that serves some of the categories. */
#include "assess/parts.h"

static void criteria_keep(arena *a, const content *c, unsigned categories, content *ret)
{
    criterion *list = NEW_ARRAY(a, criterion, c->n_criteria + 1);
    for (size_t i = 0; i < c->n_criteria; i++)
        if (categories & 1u << c->criteria[i].category)
            list[ret->n_criteria++] = c->criteria[i];
    ret->criteria = list;
}

static void controls_keep(arena *a, const content *c, content *ret)
{
    control *list = NEW_ARRAY(a, control, c->n_controls + 1);
    for (size_t i = 0; i < c->n_controls; i++) {
        control one = c->controls[i];
        one.mappings = NEW_ARRAY(a, mapping, one.n_mappings + 1);
        one.n_mappings = 0;
        for (size_t k = 0; k < c->controls[i].n_mappings; k++) {
            mapping m = c->controls[i].mappings[k];
            m.criterion = criterion_find(ret, m.criterion->id);
            if (m.criterion)
                one.mappings[one.n_mappings++] = m;
        }
        if (one.n_mappings)
            list[ret->n_controls++] = one;
    }
    ret->controls = list;
}

static void tests_keep(arena *a, const content *c, content *ret)
{
    control_test *list = NEW_ARRAY(a, control_test, c->n_tests + 1);
    for (size_t i = 0; i < c->n_tests; i++) {
        control_test one = c->tests[i];
        one.controls = NEW_ARRAY(a, const control *, one.n_controls + 1);
        one.n_controls = 0;
        for (size_t k = 0; k < c->tests[i].n_controls; k++) {
            const control *its = control_find(ret, c->tests[i].controls[k]->id);
            if (its)
                one.controls[one.n_controls++] = its;
        }
        if (one.n_controls)
            list[ret->n_tests++] = one;
    }
    ret->tests = list;
}

const content *content_within(arena *a, const content *c, unsigned categories)
{
    content *ret = NEW(a, content);
    *ret = (content){ .warnings = c->warnings, .n_warnings = c->n_warnings };
    criteria_keep(a, c, categories, ret);
    controls_keep(a, c, ret);
    tests_keep(a, c, ret);
    return ret;
}
