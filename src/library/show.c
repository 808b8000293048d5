/* The texts as one Markdown page each, for whoever shows them. */
#include "library/parts.h"

enum { PAGE_MAX = 16 << 20 };

typedef struct {
    arena               *a;
    buf                 *out;
    const library_words *w;
} page;

static void put_list(page *p, const char *what, const str_list *list)
{
    if (list->n == 0)
        return;
    buf_fmt(p->out, "%s: ", what);
    for (size_t i = 0; i < list->n; i++)
        buf_fmt(p->out, "%s" STR_FMT, i ? ", " : "", STR_ARG(list->v[i]));
    buf_putz(p->out, "  \n");                          /* two blanks: Markdown keeps the line */
}

static void put_line(page *p, const char *what, str words)
{
    if (words.n)
        buf_fmt(p->out, "%s: " STR_FMT "  \n", what, STR_ARG(words));
}

static void put_title(page *p, str title) { buf_fmt(p->out, "# " STR_FMT "\n\n", STR_ARG(title)); }

str library_role(arena *a, str name)
{
    buf b = buf_new(a, 256);
    for (size_t i = 0; i < name.n; i++)
        buf_putc(&b, name.p[i] == '_' ? ' ' : name.p[i]);
    return buf_str(&b);
}

static void policy_show(page *p, const library *l, size_t i)
{
    const library_policy *one = &l->policies[i];
    library_words         w = *p->w;
    if (w.owner.n == 0)
        w.owner = library_role(p->a, one->owner);
    w.review = str_fmt(p->a, "%lld", (long long)one->review_months);
    put_title(p, one->title);
    put_line(p, "Owner", w.owner);
    put_line(p, "For", one->audience);
    put_list(p, "Controls", &one->controls);
    buf_putc(p->out, '\n');
    buf_puts(p->out, library_fill(p->a, &w, str_trim(one->text)));
    buf_putc(p->out, '\n');
}

static void playbook_show(page *p, const library *l, size_t i)
{
    const library_playbook *one = &l->playbooks[i];
    put_title(p, one->title);
    put_line(p, "Kind", one->kind);
    put_list(p, "Controls", &one->controls);
    buf_putc(p->out, '\n');
    buf_puts(p->out, library_fill(p->a, p->w, str_trim(one->text)));
    buf_putc(p->out, '\n');
}

static void course_show(page *p, const library *l, size_t i)
{
    const library_course *one = &l->courses[i];
    put_title(p, one->title);
    put_line(p, "For", one->audience);
    buf_fmt(p->out, "Time: %lld minutes; passed with %lld %% of %zu questions  \n", (long long)one->minutes, (long long)one->pass,
            one->n_questions);
    put_list(p, "Controls", &one->controls);
    buf_putc(p->out, '\n');
    buf_puts(p->out, library_fill(p->a, p->w, str_trim(one->text)));
    buf_putz(p->out, "\n\n## Quiz\n");
    for (size_t k = 0; k < one->n_questions; k++) {
        const library_question *q = &one->questions[k];
        buf_fmt(p->out, "\n%zu. " STR_FMT "\n", k + 1, STR_ARG(q->question));
        for (size_t n = 0; n < q->answers.n; n++)
            buf_fmt(p->out, "   - [%c] " STR_FMT "\n", n == q->right ? 'x' : ' ', STR_ARG(q->answers.v[n]));
        buf_fmt(p->out, "\n   " STR_FMT "\n", STR_ARG(q->why));
    }
}

static void risk_show(page *p, const library *l, size_t i)
{
    const library_risk *one = &l->risks[i];
    put_title(p, one->title);
    put_line(p, "Category", one->category);
    buf_fmt(p->out, "Before controls: likelihood %lld, impact %lld of 5  \n", (long long)one->likelihood, (long long)one->impact);
    if (one->fraud || one->change)
        put_line(p, "Weighed as", one->fraud && one->change ? S("fraud, change") : one->fraud ? S("fraud") : S("change"));
    put_list(p, "Controls", &one->controls);
    put_list(p, "Criteria", &one->criteria);
    buf_fmt(p->out, "\n" STR_FMT "\n", STR_ARG(one->description));
}

static void questionnaire_show(page *p, const library *l, size_t i)
{
    const library_questionnaire *one = &l->questionnaires[i];
    str section = { 0 };
    put_title(p, str_fmt(p->a, STR_FMT " questionnaire", STR_ARG(one->id)));
    for (size_t k = 0; k < one->n_items; k++) {
        const library_item *q = &one->items[k];
        if (!str_eq(section, q->section))
            buf_fmt(p->out, "%s## " STR_FMT "\n", k ? "\n" : "", STR_ARG(q->section));
        section = q->section;
        buf_fmt(p->out, "\n### " STR_FMT " " STR_FMT "\n\n", STR_ARG(q->id), STR_ARG(q->question));
        put_line(p, "Why", q->why);
        put_line(p, "A good answer", q->good);
        put_line(p, "Ask for", q->evidence);
        put_list(p, "For", &q->tiers);
    }
}

static str due_words(arena *a, const checklist_item *i)
{
    time_us     span = i->due < 0 ? -i->due : i->due;
    bool        days = span % DAYS(1) == 0;
    int64_t     n = span / (days ? DAYS(1) : HOURS(1));
    const char *anchor = i->anchor == ANCHOR_START ? "first day" : "last day";
    if (n == 0)
        return str_fmt(a, "on the %s", anchor);
    return str_fmt(a, "%lld %s%s %s the %s", (long long)n, days ? "day" : "hour", n == 1 ? "" : "s", i->due < 0 ? "before" : "after", anchor);
}

static void checklist_show(page *p, const library *l, size_t i)
{
    const library_checklist *one = &l->checklists[i];
    put_title(p, one->id);
    for (size_t k = 0; k < one->n_items; k++) {
        const checklist_item *it = &one->items[k];
        buf_fmt(p->out, "- [ ] " STR_FMT " (" STR_FMT "; " STR_FMT ")\n", STR_ARG(it->title), STR_ARG(library_role(p->a, it->owner)),
                STR_ARG(due_words(p->a, it)));
        if (it->details.n)
            buf_fmt(p->out, "      " STR_FMT "\n", STR_ARG(it->details));
    }
}

static void request_show(page *p, const library *l, size_t i)
{
    const library_request *one = &l->requests[i];
    put_title(p, one->id);
    buf_fmt(p->out, STR_FMT "\n\n", STR_ARG(one->asks));
    put_line(p, "Drawn", one->sampling);
    put_list(p, "Criteria", &one->criteria);
    for (size_t k = 0; k < one->n_answers; k++)
        buf_fmt(p->out, "- answered by: %s %s" STR_FMT "\n", answer_kind_name(one->answers[k].kind),
                one->answers[k].name.n ? "" : "that somebody adds", STR_ARG(one->answers[k].name));
}

static void population_show(page *p, const library *l, size_t i)
{
    const library_population *one = &l->populations[i];
    put_title(p, one->title);
    put_line(p, "Made of", one->made_of);
    put_line(p, "Period", one->period);
    put_list(p, "Criteria", &one->criteria);
    put_line(p, "Complete when", one->completeness);
    buf_fmt(p->out, "\n```sql\n" STR_FMT "\n```\n\n```sql\n" STR_FMT "\n```\n", STR_ARG(one->sql), STR_ARG(one->checks_sql));
}

/* ---- what there is ------------------------------------------------------------------------ */

static str checklist_title(arena *a, const library *l, size_t i)
{
    return str_fmt(a, "%zu things to do when somebody %s", l->checklists[i].n_items,
                   str_eq(l->checklists[i].id, S("offboarding")) ? "leaves" : "joins");
}
static str questionnaire_title(arena *a, const library *l, size_t i)
{
    return str_fmt(a, "%zu questions", l->questionnaires[i].n_items);
}

#define TITLE_OF(what, which, member) \
    static str what##_title(arena *a, const library *l, size_t i) { (void)a; return l->which[i].member; }
TITLE_OF(policy, policies, title)
TITLE_OF(playbook, playbooks, title)
TITLE_OF(course, courses, title)
TITLE_OF(risk, risks, title)
TITLE_OF(request, requests, asks)
TITLE_OF(population, populations, title)

#define ID_OF(what, which)                                                                  \
    static size_t what##_count(const library *l) { return l->n_##which; }                   \
    static str what##_id(const library *l, size_t i) { return l->which[i].id; }
ID_OF(policy, policies)
ID_OF(playbook, playbooks)
ID_OF(course, courses)
ID_OF(risk, risks)
ID_OF(questionnaire, questionnaires)
ID_OF(checklist, checklists)
ID_OF(request, requests)
ID_OF(population, populations)

#define KIND(what, which) { #what, #which, what##_count, what##_id, what##_title, what##_show }
static const struct {
    const char *one, *many;
    size_t (*count)(const library *l);
    str    (*id)(const library *l, size_t i);
    str    (*title)(arena *a, const library *l, size_t i);
    void   (*show)(page *p, const library *l, size_t i);
} kinds[] = {
    KIND(policy, policies), KIND(playbook, playbooks), KIND(course, courses), KIND(risk, risks), KIND(questionnaire, questionnaires),
    KIND(checklist, checklists), KIND(request, requests), KIND(population, populations),
};

static bool kind_is(size_t k, str word)
{
    return str_eq(word, str_of(kinds[k].many)) || str_eq(word, str_of(kinds[k].one));
}

size_t library_entries(arena *a, const library *l, str kind, library_entry **ret)
{
    DA(library_entry) list = { 0 };
    for (size_t k = 0; k < COUNT(kinds); k++)
        for (size_t i = 0; (kind.n == 0 || kind_is(k, kind)) && i < kinds[k].count(l); i++)
            da_push(a, &list) = (library_entry){ .kind = kinds[k].many, .id = kinds[k].id(l, i), .title = kinds[k].title(a, l, i) };
    *ret = list.v;
    return list.n;
}

bool library_page(arena *a, const library *l, const library_words *w, str kind, str id, str *ret)
{
    buf  out = buf_new(a, PAGE_MAX);
    page p = { a, &out, w };
    for (size_t k = 0; k < COUNT(kinds); k++)
        for (size_t i = 0; kind_is(k, kind) && i < kinds[k].count(l); i++)
            if (str_eq(id, kinds[k].id(l, i))) {
                kinds[k].show(&p, l, i);
                *ret = buf_str(&out);
                return true;
            }
    return false;
}
