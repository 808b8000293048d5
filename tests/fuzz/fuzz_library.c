/* Texts of the library: whatever the bytes, each text that is read is whole. */
#include "library/parts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void check(bool holds)
{
    if (!holds)
        abort();
}

static void courses(const reader *r)
{
    course_list list = { 0 };
    course_read(r, &list);
    for (size_t i = 0; i < list.n; i++) {
        const library_course *c = &list.v[i];
        check(c->title.n && c->text.n && c->n_questions && c->pass >= 1 && c->pass <= 100);
        for (size_t k = 0; k < c->n_questions; k++)
            check(c->questions[k].right < c->questions[k].answers.n && c->questions[k].answers.n >= 2 && c->questions[k].why.n);
    }
}

static void policies(const reader *r)
{
    const library_words w = { .organisation = S("{{owner}}"), .owner = S("o"), .review = S("6"), .contact = S("c") };
    policy_list list = { 0 };
    policy_read(r, &list);
    for (size_t i = 0; i < list.n; i++) {
        const library_policy *p = &list.v[i];
        check(p->title.n && p->review_months >= 1 && p->categories && p->audience.n);
        check(!str_contains(library_fill(r->a, &w, p->text), S("{{contact}}")));
    }
}

static void others(const reader *r)
{
    playbook_list      playbooks = { 0 };
    checklist_list     checklists = { 0 };
    questionnaire_list questionnaires = { 0 };
    risk_list          risks = { 0 };
    request_list       requests = { 0 };
    population_list    populations = { 0 };
    playbook_read(r, &playbooks);
    checklist_read(r, &checklists);
    questionnaire_read(r, &questionnaires);
    risks_read(r, &risks);
    requests_read(r, &requests);
    population_read(r, &populations);
    for (size_t i = 0; i < checklists.n; i++)
        for (size_t k = 0; k < checklists.v[i].n_items; k++)
            check(checklists.v[i].items[k].title.n && checklists.v[i].items[k].kinds.n);
    for (size_t i = 0; i < risks.n; i++)
        check(risks.v[i].likelihood >= 1 && risks.v[i].impact <= 5 && risks.v[i].title.n);
    for (size_t i = 0; i < populations.n; i++)
        check(populations.v[i].sql.n && populations.v[i].checks_sql.n && populations.v[i].n_needs);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    auto_arena arena     *a = arena_new(1 << 30);
    const library_options o = { 0 };
    const source_file     file = { .path = S("x"), .text = { (const char *)data, n } };
    faults                fs = { .a = a };
    fault                 f = { 0 };
    const reader          r = { .a = a, .fs = &fs, .o = &o, .file = &file, .name = S("own") };
    courses(&r);
    policies(&r);
    others(&r);
    if (faults_report(&fs, &f) != ERR_OK)
        check(utf8_valid(str_of(f.text)));
    return 0;
}
