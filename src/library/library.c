/* All of the library: which file is read by what, and finding by id. */
#include "library/parts.h"

typedef struct {
    policy_list        policies;
    playbook_list      playbooks;
    course_list        courses;
    risk_list          risks;
    questionnaire_list questionnaires;
    checklist_list     checklists;
    request_list       requests;
    population_list    populations;
} lists;

static const content_dir dirs[] = {
    { .name = "policies", .endings = { ".md" } },
    { .name = "playbooks", .endings = { ".md" } },
    { .name = "courses", .endings = { ".md" } },
    { .name = "library", .endings = { ".tsv" } },
    { .name = "questionnaires", .endings = { ".txt" } },
    { .name = "checklists", .endings = { ".txt" } },
    { .name = "requests", .endings = { ".tsv" } },
    { .name = "populations", .endings = { ".sql" } },
};

static void file_read_one(const reader *r, str rel, lists *l)
{
    str dir = rel;
    dir = str_cut(&dir, '/');
    if (str_eq(dir, S("policies")))
        policy_read(r, &l->policies);
    else if (str_eq(dir, S("playbooks")))
        playbook_read(r, &l->playbooks);
    else if (str_eq(dir, S("courses")))
        course_read(r, &l->courses);
    else if (str_eq(dir, S("questionnaires")))
        questionnaire_read(r, &l->questionnaires);
    else if (str_eq(dir, S("checklists")))
        checklist_read(r, &l->checklists);
    else if (str_eq(dir, S("populations")))
        population_read(r, &l->populations);
    else if (str_eq(rel, S("library/risks.tsv")))
        risks_read(r, &l->risks);
    else if (str_eq(rel, S("requests/pbc.tsv")))
        requests_read(r, &l->requests);
    else
        fault_on(r, 0, "is not read: there are library/risks.tsv and requests/pbc.tsv");
}

static str name_of(str rel)
{
    size_t from = rel.n, to = rel.n;
    while (from > 0 && rel.p[from - 1] != '/')
        from--;
    while (to > from && rel.p[to] != '.')
        to--;
    return str_sub(rel, from, to);
}

/* The id is the first member of every one of them. */
static int by_id(const void *x, const void *y)
{
    return str_cmp(*(const str *)x, *(const str *)y);
}

#define SORTED(l, from, which)                                                  \
    do {                                                                        \
        if ((from).n)                                                           \
            qsort((from).v, (from).n, sizeof *(from).v, by_id);                 \
        (l)->which = (from).v;                                                  \
        (l)->n_##which = (from).n;                                              \
    } while (0)

/* What requests say answers them must be there. */
static void answers_check(const reader *r, const library *l)
{
    for (size_t i = 0; i < l->n_requests; i++)
        for (size_t k = 0; k < l->requests[i].n_answers; k++) {
            const request_answer *a = &l->requests[i].answers[k];
            bool missing = (a->kind == ANSWER_POPULATION && !library_population_find(l, a->name)) ||
                           (a->kind == ANSWER_POLICY && !library_policy_find(l, a->name));
            if (missing)
                fault_on(r, l->requests[i].line, "there is no %s \"" STR_FMT "\"", answer_kind_name(a->kind), STR_ARG(a->name));
        }
}

static void load(arena *a, faults *fs, const library_options *o, library *l)
{
    content_files files = { 0 };
    lists         all = { 0 };
    files_gather(a, fs, o->overlay, dirs, COUNT(dirs), &files);
    for (size_t i = 0; i < files.n; i++) {
        const reader r = { .a = a, .fs = fs, .o = o, .file = &files.v[i].file, .name = name_of(files.v[i].rel) };
        file_read_one(&r, files.v[i].rel, &all);
    }
    SORTED(l, all.policies, policies);
    SORTED(l, all.playbooks, playbooks);
    SORTED(l, all.courses, courses);
    SORTED(l, all.questionnaires, questionnaires);
    SORTED(l, all.checklists, checklists);
    SORTED(l, all.populations, populations);
    l->risks = all.risks.v;
    l->n_risks = all.risks.n;
    l->requests = all.requests.v;
    l->n_requests = all.requests.n;
    const content_file *pbc = file_find(&files, S("requests/pbc.tsv"));
    if (pbc)
        answers_check(&(reader){ .a = a, .fs = fs, .o = o, .file = &pbc->file }, l);
}

err_t library_load(arena *a, const library_options *o, fault *f, const library **ret)
{
    faults   fs = { .a = a };
    library *l = NEW(a, library);
    load(a, &fs, o, l);
    TRY(faults_report(&fs, f));
    *ret = l;
    return ERR_OK;
}

void library_load_each(arena *a, const library_options *o, void (*on_fault)(void *arg, str what), void *arg,
                       const library **ret)
{
    faults   fs = { .a = a, .on_fault = on_fault, .arg = arg };
    library *l = NEW(a, library);
    load(a, &fs, o, l);
    *ret = l;
}

#define FINDER(what, which)                                                     \
    const library_##what *library_##what##_find(const library *l, str id)       \
    {                                                                           \
        for (size_t i = 0; i < l->n_##which; i++)                               \
            if (str_eq(l->which[i].id, id))                                     \
                return &l->which[i];                                            \
        return NULL;                                                            \
    }

FINDER(policy, policies)
FINDER(playbook, playbooks)
FINDER(course, courses)
FINDER(risk, risks)
FINDER(questionnaire, questionnaires)
FINDER(checklist, checklists)
FINDER(request, requests)
FINDER(population, populations)
