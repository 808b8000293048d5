/* The quiz of a course: "? question", "- wrong", "+ right", "> why". */
#include "library/parts.h"

enum { ANSWERS_MAX = 10, QUESTIONS_MAX = 100 };

typedef struct {
    const reader *r;
    DA(library_question) done;
    DA(str)  answers;                 /* of the open question */
    library_question open;
    size_t   line, rights;            /* line: where it begins; 0: none is open */
    str     *last;                    /* what a line that begins with blanks continues */
    bool     sound;
} quiz;

static void tell(quiz *q, size_t line, const char *what)
{
    fault_on(q->r, line, "%s", what);
    q->sound = false;
}

static void question_end(quiz *q)
{
    if (!q->line)
        return;
    q->open.answers = (str_list){ q->answers.v, q->answers.n };
    for (size_t i = 0; i < q->answers.n; i++) {
        const str_list before = { q->answers.v, i };
        if (list_holds(&before, q->answers.v[i]))
            tell(q, q->line, "an answer stands twice");
    }
    if (q->rights != 1)
        tell(q, q->line, "a question has exactly one right answer, \"+ ...\"");
    if (q->answers.n < 2)
        tell(q, q->line, "a question has at least one wrong answer, \"- ...\"");
    if (q->answers.n > ANSWERS_MAX)
        tell(q, q->line, "a question has at most 10 answers");
    if (!q->open.why.n)
        tell(q, q->line, "a question says why its answer is right, \"> ...\"");
    da_push(q->r->a, &q->done) = q->open;
    q->line = 0;
}

static void question_begin(quiz *q, str text, size_t number)
{
    question_end(q);
    q->open = (library_question){ .question = text };
    q->answers.v = NULL;
    q->answers.n = q->answers.cap = 0;
    q->line = number;
    q->rights = 0;
    q->last = &q->open.question;
}

static void part_read(quiz *q, char mark, str text, size_t number)
{
    if (mark == '?') {
        question_begin(q, text, number);
    } else if (!q->line) {
        tell(q, number, "stands before the first question, \"? ...\"");
    } else if (mark == '>') {
        if (q->open.why.n)
            tell(q, number, "the question has its \">\" already");
        q->open.why = text;
        q->last = &q->open.why;
    } else {
        if (mark == '+') {
            q->open.right = q->answers.n;
            q->rights++;
        }
        da_push(q->r->a, &q->answers) = text;
        q->last = &q->answers.v[q->answers.n - 1];
    }
}

static void line_read(quiz *q, str line, size_t number)
{
    str text = str_trim(line);
    if (text.n == 0) {
        q->last = NULL;
    } else if (line.p[0] == ' ' || line.p[0] == '\t') {
        if (q->last)
            *q->last = str_fmt(q->r->a, STR_FMT " " STR_FMT, STR_ARG(*q->last), STR_ARG(text));
        else
            tell(q, number, "begins with blanks and has no line above to continue");
    } else if (line.n > 2 && strchr("?-+>", line.p[0]) && line.p[1] == ' ') {
        part_read(q, line.p[0], str_trim(str_sub(line, 2, line.n)), number);
    } else {
        tell(q, number, "expected \"? question\", \"- wrong answer\", \"+ right answer\" or \"> why\"");
    }
}

bool quiz_read(const reader *r, str text, size_t line, library_course *c)
{
    quiz q = { .r = r, .sound = true };
    for (str rest = text, one; str_line(&rest, &one); line++)
        line_read(&q, one, line);
    question_end(&q);
    if (q.done.n == 0)
        tell(&q, line, "the quiz has no question");
    if (q.done.n > QUESTIONS_MAX)
        tell(&q, line, "the quiz has more than 100 questions");
    c->questions = q.done.v;
    c->n_questions = q.done.n;
    return q.sound;
}
