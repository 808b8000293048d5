#include "test.h"

#include "search/search.h"

#define assert_str(s, z) assert_string_equal(str_z(a, s), z)

static search_part *part_of(const char *const rows[][3], size_t n)
{
    search_part *p = search_begin(0);
    for (size_t i = 0; i < n; i++)
        assert_true(search_add(p, &(search_doc){ .id = str_of(rows[i][0]), .title = str_of(rows[i][1]), .state = S("open") }, str_of(rows[i][2])));
    search_seal(p);
    return p;
}

/* The ids found, in order, with a blank between. */
static str found(arena *a, const search_part *p, const char *text)
{
    search_hit   hits[8];
    size_t       n;
    search_query q = search_ask(a, str_of(text));
    buf          b = buf_new(a, 4096);
    search_find(p, a, &q, NULL, NULL, COUNT(hits), hits, &n);
    for (size_t i = 0; i < n; i++)
        buf_fmt(&b, "%s" STR_FMT, i ? " " : "", STR_ARG(hits[i].doc->id));
    return buf_str(&b);
}

static const char *const risks[][3] = {
    { "RISK-1", "Laptops are stolen", "encryption at rest makes it bearable" },
    { "RISK-12", "A vendor fails", "the backup vendor is in another country" },
    { "RISK-2", "Backups cannot be restored", "restore tests" },
    { "RISK-3", "Zoë Müller leaves", "only she knows the ΣΥΣΤΗΜΑ and the Сервер" },
};

static void words_are_found_by_their_beginning(void **state)
{
    auto_arena arena *a = arena_new(1 << 20);
    search_part *p = part_of(risks, COUNT(risks));
    (void)state;
    assert_str(found(a, p, "lap"), "RISK-1");
    assert_str(found(a, p, "stolen LAPTOPS"), "RISK-1");
    assert_str(found(a, p, "aptops"), "");
    assert_str(found(a, p, "stolen vendor"), "");
    assert_str(found(a, p, "x"), "");
    search_free(p);
}

static void a_heading_is_worth_more_than_the_text(void **state)
{
    auto_arena arena *a = arena_new(1 << 20);
    search_part *p = part_of(risks, COUNT(risks));
    (void)state;
    assert_str(found(a, p, "backup"), "RISK-2 RISK-12");
    assert_str(found(a, p, "risk-12"), "RISK-12");
    assert_str(found(a, p, "RISK-1"), "RISK-1 RISK-12");
    assert_str(found(a, p, "risk"), "RISK-12 RISK-2 RISK-1 RISK-3");
    search_free(p);
}

static void accents_and_case_of_other_scripts_do_not_matter(void **state)
{
    auto_arena arena *a = arena_new(1 << 20);
    search_part *p = part_of(risks, COUNT(risks));
    (void)state;
    assert_str(found(a, p, "zoe MULLER"), "RISK-3");
    assert_str(found(a, p, "MÜLL"), "RISK-3");
    assert_str(found(a, p, "σύστημα"), "");
    assert_str(found(a, p, "συστημα"), "RISK-3");
    assert_str(found(a, p, "СЕРВЕР"), "RISK-3");
    search_free(p);
}

static void nothing_asked_finds_nothing(void **state)
{
    auto_arena arena *a = arena_new(1 << 20);
    search_part *p = part_of(risks, COUNT(risks)), *empty = part_of(risks, 0);
    (void)state;
    assert_str(found(a, p, ""), "");
    assert_str(found(a, p, " -- ()%*"), "");
    assert_str(found(a, empty, "risk"), "");
    search_free(p);
    search_free(empty);
}

static bool not_the_first(void *arg, const search_doc *d) { return !str_eq(d->id, str_of(arg)); }

static void what_may_not_be_shown_is_neither_shown_nor_counted(void **state)
{
    auto_arena arena *a = arena_new(1 << 20);
    search_part *p = part_of(risks, COUNT(risks));
    search_hit   hits[2];
    size_t       n;
    search_query q = search_ask(a, S("risk"));
    char         first[] = "RISK-12";
    (void)state;
    assert_int_equal(search_find(p, a, &q, not_the_first, first, COUNT(hits), hits, &n), 3);
    assert_int_equal(n, 2);
    assert_str(hits[0].doc->id, "RISK-2");
    search_free(p);
}

static void a_part_that_is_full_says_so(void **state)
{
    search_part *p = search_begin(2 << 20);
    int          n = 0;
    char         text[64] = "";
    (void)state;
    while (n < 200000 && search_add(p, &(search_doc){ .id = S("X"), .title = S("a title that is the same each time") }, str_of(text))) {
        snprintf(text, sizeof text, "word%d and%d more%d", n, n * 7, n * 13);
        n++;
    }
    assert_true(n > 1000 && n < 200000);
    assert_true(search_full(p));
    search_seal(p);
    assert_true(search_bytes(p) <= 2 << 20);
    assert_int_equal(search_count(p), n);
    search_free(p);
}

static void a_hundred_thousand_things_are_searched_at_once(void **state)
{
    auto_arena arena *a = arena_new(64 << 20);
    search_part *p = search_begin(0);
    char         title[96], text[256];
    search_hit   hits[10];
    size_t       n;
    (void)state;
    for (int i = 0; i < 100000; i++) {
        snprintf(title, sizeof title, "account%d of person%d on host%d", i, i % 5000, i % 500);
        snprintf(text, sizeof text, "system web%d login user%d shell bash home directory group staff created %d by import of the directory service", i % 500, i, i);
        assert_true(search_add(p, &(search_doc){ .id = str_of(text), .title = str_of(title) }, str_of(text)));
    }
    search_seal(p);
    assert_true(search_bytes(p) < 64 << 20);
    search_query q = search_ask(a, S("account4 dire"));
    assert_int_equal(search_find(p, a, &q, NULL, NULL, COUNT(hits), hits, &n), 11111);
    time_us best = SECONDS(10);
    for (int i = 0; i < 5; i++) {
        time_us begun = time_mono();
        search_find(p, a, &q, NULL, NULL, COUNT(hits), hits, &n);
        time_us took = time_mono() - begun;
        best = took < best ? took : best;
    }
    assert_int_equal(n, 10);
    print_message("# 100,000 things: %lld us, %zu KiB\n", (long long)best, search_bytes(p) >> 10);
    assert_true(best < SECONDS(1));      /* a sanitised build on a busy machine; the figure is in the report */
    search_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_found_by_their_beginning), cmocka_unit_test(a_heading_is_worth_more_than_the_text),
        cmocka_unit_test(accents_and_case_of_other_scripts_do_not_matter), cmocka_unit_test(nothing_asked_finds_nothing),
        cmocka_unit_test(what_may_not_be_shown_is_neither_shown_nor_counted), cmocka_unit_test(a_part_that_is_full_says_so),
        cmocka_unit_test(a_hundred_thousand_things_are_searched_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
