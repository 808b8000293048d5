/* What each duty asks for, over rows: tests/duties/NAME.txt, named as the duty.
 *   [case]
 *   TYPE {"id":...}                    a record, as JSON
 *   owed | DUE | ABOUT | TITLE         what must come out, and nothing else; DUE may be "?"
 * The moment is 2026-01-15T12:00:00Z; fixtures began at 1970-01-01. */
#include "program/program.h"
#include "store_fixture.h"

#include <dirent.h>

typedef DA(str) lines;

typedef struct {
    bench      *b;
    session    *s;
    const duty *d;
    str         name;         /* of the case */
    lines       owed;
} duty_case;

static str now_text = { "2026-01-15T12:00:00Z", 20 };

static void begin_case(duty_case *c, str name)
{
    time_us now = 0;
    assert_true(time_parse(now_text, &now));
    *c = (duty_case){ .b = c->b, .s = c->s, .d = c->d, .name = name };
    must(c->b, session_set_as_of(c->s, now, &c->b->f));
    for (size_t i = 0; i < n_relations; i++)
        if (relations[i]->kind == RECORD || str_eq(str_of(relations[i]->name), S("account")))
            must(c->b, session_load(c->s, relations[i], S(""), NULL, 0, &c->b->f));
}

static void row_add(duty_case *c, str line)
{
    str             type = str_word(&line);
    const relation *r = relation_find(type);
    value          *row = NEW_ARRAY(c->b->a, value, RELATION_FIELDS_MAX);
    if (!r)
        fail_msg("[" STR_FMT "] " STR_FMT ": no such type", STR_ARG(c->name), STR_ARG(type));
    must(c->b, row_parse(r, str_trim(line), c->b->a, &c->b->f, row));
    must(c->b, session_load(c->s, r, RECORD_SOURCE, (const value *const[]){ row }, 1, &c->b->f));
}

static str cell(cursor *cur, const char *name, arena *a, bool time)
{
    for (int i = 0; i < cursor_columns(cur); i++)
        if (str_eq(cursor_name(cur, i), str_of(name)))
            return cursor_null(cur, i) ? S("?") : time ? time_rfc3339(a, cursor_int(cur, i)) : str_dup(a, cursor_text(cur, i));
    return S("?");
}

static str squeezed(arena *a, str line)
{
    buf b = buf_new(a, line.n + 1);
    for (size_t i = 0; i < line.n; i++)
        if (line.p[i] != ' ' || (b.n && b.p[b.n - 1] != ' '))
            buf_putc(&b, line.p[i]);
    return str_trim(buf_str(&b));
}

static void end_case(duty_case *c)
{
    auto_cursor cursor *cur = NULL;
    size_t              found = 0;
    if (!c->name.n)
        return;
    must(c->b, session_query(c->s, c->d->sql, &c->b->f, &cur));
    for (bool more; must(c->b, cursor_next(cur, &c->b->f, &more)), more; found++) {
        str  is = str_fmt(c->b->a, "owed | " STR_FMT " | " STR_FMT " | " STR_FMT, STR_ARG(cell(cur, "due_at", c->b->a, true)),
                          STR_ARG(cell(cur, "about", c->b->a, false)), STR_ARG(cell(cur, "title", c->b->a, false)));
        bool expected = false;
        for (size_t i = 0; i < c->owed.n; i++)
            expected |= str_eq(c->owed.v[i], squeezed(c->b->a, is));
        if (!expected)
            fail_msg(STR_FMT " [" STR_FMT "] is not expected: " STR_FMT, STR_ARG(c->d->id), STR_ARG(c->name), STR_ARG(is));
    }
    if (found != c->owed.n)
        fail_msg(STR_FMT " [" STR_FMT "] owes %zu, not %zu", STR_ARG(c->d->id), STR_ARG(c->name), found, c->owed.n);
}

static void file_run(duty_case *c, str text)
{
    for (str rest = text, line; str_line(&rest, &line);) {
        line = str_trim(line);
        if (!line.n || line.p[0] == '#')
            continue;
        if (line.p[0] == '[') {
            end_case(c);
            begin_case(c, str_sub(line, 1, line.n - 1));
        } else if (str_starts(line, S("owed"))) {
            da_push(c->b->a, &c->owed) = squeezed(c->b->a, line);
        } else {
            row_add(c, line);
        }
    }
    end_case(c);
}

static void each_file(bench *b)
{
    const char   *at = getenv("ATTEST_TEST_DUTIES");
    const duties *d;
    auto_session session *s = NULL;
    DIR          *dir = opendir(at ? at : "tests/duties");
    size_t        n = 0;
    assert_non_null(dir);
    must(b, duties_load(b->a, NULL, &b->f, &d));
    must(b, session_open_fixture(b->st, &b->f, &s));
    for (struct dirent *e; (e = readdir(dir));) {
        str name = str_dup(b->a, str_of(e->d_name)), text;
        if (!str_ends(name, S(".txt")))
            continue;
        duty_case c = { .b = b, .s = s, .d = duty_find(d, str_sub(name, 0, name.n - 4)) };
        if (!c.d)
            fail_msg(STR_FMT ": there is no such duty", STR_ARG(name));
        must(b, file_read(b->a, str_z(b->a, str_fmt(b->a, "%s/" STR_FMT, at ? at : "tests/duties", STR_ARG(name))), 1 << 20, &b->f, &text));
        file_run(&c, text);
        n++;
    }
    closedir(dir);
    assert_true(n > 10);
}

static void each_duty_asks_for_what_is_owed_and_no_more(void **st) { (void)st; on_each_engine(each_file); }

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(each_duty_asks_for_what_is_owed_and_no_more) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
