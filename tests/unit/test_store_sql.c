/* Every text in sql/ is one the engines understand, for every relation. */
#include "internal.h"
#include "store_fixture.h"

/* Texts of several statements, and those that take a file or name of their own. */
static bool several(query_id q)
{
    return q == Q_CONNECT_READ || q == Q_CONNECT_WRITE || q == Q_CONNECT_SANDBOX || q == Q_PG_SCHEMAS || q == Q_PG_FUNCTIONS ||
           q == Q_PG_PATH_FIXTURE || q == Q_PG_DEALLOCATE;
}

/* Those that refer to what only a fixture session has: its tables. */
static bool of_fixtures(query_id q)
{
    return q == Q_FIXTURE_INSERT || q == Q_FIXTURE_CLEAR || q == Q_FIXTURE_TRUNCATE || q == Q_FIXTURE_TABLE;
}

/* Those for relations of kind STATE; test_state.c runs each. */
static bool of_state(query_id q) { return strncmp(query_texts[q].name, "state_", 6) == 0; }

static bool is_template(query_id q)
{
    const char *text = query_texts[q].sqlite ? query_texts[q].sqlite : query_texts[q].pgsql;
    return strstr(text, "{relation}") != NULL;
}

static void prepare_one(bench *b, query_id q, const relation *r)
{
    auto_stmt stmt *s = NULL;
    const field *extra = q == Q_RELATION_COLUMN ? &r->fields[0] : q == Q_RELATION_OWN ? relation_own_field(r) : NULL;
    if (q == Q_RELATION_OWN && !extra)       /* nobody's in particular: it has no such index */
        return;
    str   sql = query_fill(b->a, b->st, q, r, extra);
    fault f = { 0 };
    assert_null(memchr(sql.p, '{', sql.n));
    err_t e = b->st->d->e->prepare(b->st->d, sql, &f, &s);
    /* PostgreSQL looks at a command's sense only when it runs; SQLite does at once. */
    bool again = strstr(f.text, "already exists") || strstr(f.text, "duplicate column") || strstr(f.text, "as_of");
    if (e != ERR_OK && !again)
        fail_msg("%s (%s): %s\n" STR_FMT, query_texts[q].name, r ? r->name : "-", f.text, STR_ARG(sql));
}

static void all_texts(bench *b)
{
    for (int q = 0; q < Q_COUNT_; q++) {
        if (several((query_id)q) || of_fixtures((query_id)q) || of_state((query_id)q) || (!b->postgres && !query_texts[q].sqlite))
            continue;
        if (!is_template((query_id)q))
            prepare_one(b, (query_id)q, NULL);
        for (size_t i = 0; is_template((query_id)q) && i < n_relations; i++)
            prepare_one(b, (query_id)q, relations[i]);
    }
}
static void every_query_and_template_is_prepared(void **state)
{
    (void)state;
    on_each_engine(all_texts);
}

/* A row for each relation, with text that fits its choices. */
static void sample_row(const relation *r, value row[RELATION_FIELDS_MAX])
{
    for (size_t i = 0; i < r->n_fields; i++) {
        const field *fd = &r->fields[i];
        row[i] = fd->kind == F_TEXT ? v_z(fd->choices ? fd->choices[0] : "text") : v_int(1);
    }
}

static void every_relation(bench *b)
{
    value row[RELATION_FIELDS_MAX];
    commit *c = begin(b);
    for (size_t i = 0; i < n_relations; i++) {
        sample_row(relations[i], row);
        must(b, write_begin(c, relations[i], S("s"), WRITE_SNAPSHOT, &b->f));
        must(b, write_row(c, row, &b->f));
        must(b, write_end(c, &b->f, NULL));
    }
    commit_done done = finish(b, c);
    assert_int_equal(done.opened, n_relations);
    auto_session session *fixture = NULL;
    must(b, session_open_fixture(b->st, &b->f, &fixture));
    for (size_t i = 0; i < n_relations; i++) {
        const relation *r = relations[i];
        buf sql = buf_new(b->a, 1 << 16);
        buf_puts(&sql, S("SELECT "));
        for (size_t k = 0; k < r->n_fields; k++)
            buf_fmt(&sql, "r.%s, %s AS c%zu, ", r->fields[k].name, r->fields[k].name, k);
        buf_fmt(&sql, "source, valid_from FROM %s r", r->name);
        for (int past = 0; past < 2; past++)
            assert_true(*rows_of(b, past ? done.at + 1 : TIME_MAX, buf_z(&sql)).p != '\0');
        assert_true(*rows_of(b, TIME_MAX, str_fmt(b->a, "SELECT * FROM %s_history", r->name).p).p != '\0');
        sample_row(r, row);
        const value *rows[] = { row };
        auto_cursor cursor *cur = NULL;
        bool found;
        must(b, session_load(fixture, r, S("s"), rows, 1, &b->f));
        must(b, session_query(fixture, buf_str(&sql), &b->f, &cur));
        must(b, cursor_next(cur, &b->f, &found));
        assert_true(found);
    }
}
static void every_relation_is_written_read_and_loaded(void **state)
{
    (void)state;
    on_each_engine(every_relation);
}

static void no_field_has_the_name_of_a_column_of_ours(void **state)
{
    static const char *const own[] = { "row_id", "row_source", "valid_from", "valid_to", "opened_by", "closed_by", "erased_by", "salt", "commitment" };
    (void)state;
    for (size_t i = 0; i < n_relations; i++)
        for (size_t k = 0; k < COUNT(own); k++)
            assert_int_equal(relation_field(relations[i], str_of(own[k])), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_query_and_template_is_prepared),
        cmocka_unit_test(every_relation_is_written_read_and_loaded),
        cmocka_unit_test(no_field_has_the_name_of_a_column_of_ours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
