/* The language of SCIM: bodies, filters and PATCH. */
#include "scim_bodies.h"

static int begin(void **st) { *st = arena_new(256 << 20); return 0; }
static int end(void **st) { arena_free(*st); return 0; }

/* ---- bodies ---------------------------------------------------------------------------- */

static void refuses_body(arena *a, str json, scim_refusal want)
{
    scim_trouble t = { 0 };
    scim_node   *v;
    assert_int_equal(scim_parse(a, json, &t, &v), ERR_INVALID);
    if (t.kind != want || !t.f.text[0])
        fail_msg("%s (%s): " STR_FMT, scim_wire(t.kind), t.f.text, STR_ARG(json));
}

static void a_body_comes_back_as_it_was_sent(void **st)
{
    str json = S("{\"a\":[1,-5,true,false,null,\"\\\"x\\u00e9\"],\"b\":{},\"c\":[]}");
    same(written(*st, parsed(*st, json)), S("{\"a\":[1,-5,true,false,null,\"\\\"x\xC3\xA9\"],\"b\":{},\"c\":[]}"));
    same(written(*st, scim_copy(*st, parsed(*st, json))), S("{\"a\":[1,-5,true,false,null,\"\\\"x\xC3\xA9\"],\"b\":{},\"c\":[]}"));
    same(written(*st, parsed(*st, S("{\"x\":1.5}"))), S("{\"x\":\"1.5\"}"));
}

static void names_given_twice_are_refused_in_any_case(void **st)
{
    refuses_body(*st, S("{\"active\":true,\"active\":false}"), SCIM_INVALID_SYNTAX);
    refuses_body(*st, S("{\"active\":true,\"Active\":false}"), SCIM_INVALID_SYNTAX);
    refuses_body(*st, S("{\"a\":{\"x\":1,\"X\":1}}"), SCIM_INVALID_SYNTAX);
}

static void what_is_no_json_object_is_refused(void **st)
{
    static const char *const bodies[] = { "", "[]", "1", "{\"a\":1", "{\"a\":1}{", "{'a':1}", "{\"a\":tru}", "{\"a\":\"\\u0000\"}", "{\"a\":\"\xFF\"}" };
    for (size_t i = 0; i < COUNT(bodies); i++)
        refuses_body(*st, str_of(bodies[i]), SCIM_INVALID_SYNTAX);
}

static void a_body_has_limits(void **st)
{
    buf out = buf_new(*st, 4 << 20);
    buf_putz(&out, "{\"a\":[0");
    for (int i = 0; i < SCIM_NODES_MAX; i++)
        buf_putz(&out, ",0");
    buf_putz(&out, "]}");
    refuses_body(*st, buf_str(&out), SCIM_TOO_MANY);
    buf_clear(&out);
    buf_putz(&out, "{\"a\":0");
    for (int i = 0; i < SCIM_NAMES_MAX; i++)
        buf_fmt(&out, ",\"a%d\":0", i);
    buf_putz(&out, "}");
    refuses_body(*st, buf_str(&out), SCIM_INVALID_SYNTAX);
}

/* ---- filters ----------------------------------------------------------------------------- */

static void means(arena *a, const char *filter, const char *want)
{
    scim_trouble       t = { 0 };
    const scim_filter *f;
    buf                out = buf_new(a, 1 << 20);
    if (scim_filter_parse(a, str_of(filter), &t, &f) != ERR_OK)
        fail_msg("%s: %s", filter, t.f.text);
    scim_filter_text(f, &out);
    same(buf_str(&out), str_of(want));
}

static void not_binds_before_and_and_before_or(void **st)
{
    means(*st, "userName eq \"bjensen\"", "(userName eq \"bjensen\")");
    means(*st, "a pr or b pr and c pr", "((a pr) or ((b pr) and (c pr)))");
    means(*st, "a pr and b pr or c pr", "(((a pr) and (b pr)) or (c pr))");
    means(*st, "not (a pr) and b pr", "((not (a pr)) and (b pr))");
    means(*st, "not(a pr or b pr)", "(not ((a pr) or (b pr)))");
    means(*st, "(a pr or b pr) and c pr", "(((a pr) or (b pr)) and (c pr))");
    means(*st, "A EQ \"x\" AND NOT (b Pr)", "((A eq \"x\") and (not (b pr)))");
    means(*st, "  ( ( a pr ) )  ", "(a pr)");
}

static void every_operator_and_value_is_read(void **st)
{
    means(*st, "a eq true", "(a eq true)");
    means(*st, "a eq False", "(a eq false)");
    means(*st, "a ne null", "(a ne null)");
    means(*st, "a gt -12 or a ge 0 or a lt 3 or a le 4", "((((a gt -12) or (a ge 0)) or (a lt 3)) or (a le 4))");
    means(*st, "a co \"x\" and a sw \"y\" and a ew \"z\"", "(((a co \"x\") and (a sw \"y\")) and (a ew \"z\"))");
    means(*st, "a eq \"q\\\"and\\\" \\u00e9)]\"", "(a eq \"q\\\"and\\\" \xC3\xA9)]\")");
    means(*st, "notes eq \"x\" and android pr", "((notes eq \"x\") and (android pr))");
}

static void paths_may_have_a_schema_brackets_and_parts(void **st)
{
    means(*st, "name.familyName co \"O'Malley\"", "(name.familyName co \"O'Malley\")");
    means(*st, "urn:ietf:params:scim:schemas:core:2.0:User:userName sw \"J\"", "(userName sw \"J\")");
    means(*st, "URN:ietf:params:scim:schemas:extension:Enterprise:2.0:User:manager.value pr",
          "(urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value pr)");
    means(*st, "urn:example:own:1.0:User:badge eq \"7\"", "(urn:example:own:1.0:User:badge eq \"7\")");
    means(*st, "emails[type eq \"work\" and value co \"@example.com\"] or ims[type eq \"xmpp\"]",
          "((emails[((type eq \"work\") and (value co \"@example.com\"))]) or (ims[(type eq \"xmpp\")]))");
    means(*st, "emails[type eq \"work\"].value eq \"a\"", "(emails[(type eq \"work\")].value eq \"a\")");
    means(*st, "(emails[not (type pr)])", "(emails[(not (type pr))])");
    means(*st, "members.$ref pr", "(members.$ref pr)");
}

static void refuses_filter(arena *a, str filter)
{
    scim_trouble       t = { 0 };
    const scim_filter *f = NULL;
    if (scim_filter_parse(a, filter, &t, &f) == ERR_OK)
        fail_msg("is read: " STR_FMT, STR_ARG(filter));
    assert_int_equal(t.kind, SCIM_INVALID_FILTER);
    assert_true(t.f.text[0] && utf8_valid(str_of(t.f.text)));
}

static void what_is_no_filter_is_refused(void **st)
{
    static const char *const filters[] = {
        "", " ", "userName", "userName eq", "userName eq x", "userName eq \"x", "userName = \"x\"", "eq \"x\"", "userName eq \"x\" userName eq \"y\"",
        "userName eq \"x\" and", "and userName pr", "(userName pr", "userName pr)", "not userName pr", "userName prx", "userName eq\"x\" foo",
        "emails[type eq \"work\"", "emails[type eq \"work\"]]", "emails[]", "emails[type eq \"work\"]x", "emails[a[b pr]]", "emails[type pr].",
        "name..familyName pr", "name.a.b pr", "1a pr", "a gt true", "a lt null", "a co 1", "a sw null", "a eq 1.5", "a eq 'x'",
        "a eq \"\\x\"", "a eq \"\\u0000\"", "urn: pr", "urn:ietf:params:scim:schemas:core:2.0:User pr", "a pr or or b pr", "a eq truefalse", "()",
    };
    for (size_t i = 0; i < COUNT(filters); i++)
        refuses_filter(*st, str_of(filters[i]));
}

static void filters_are_bounded_in_depth_parts_and_length(void **st)
{
    scim_trouble       t = { 0 };
    const scim_filter *f;
    assert_int_equal(scim_filter_parse(*st, S("((((((((((a pr))))))))))"), &t, &f), ERR_OK);
    refuses_filter(*st, repeated(*st, "", "(", 1000, "a pr"));
    refuses_filter(*st, repeated(*st, "", "not (", 700, "a pr"));
    refuses_filter(*st, repeated(*st, "a pr", " and a pr", SCIM_FILTER_NODES, ""));
    refuses_filter(*st, repeated(*st, "a eq \"", "x", SCIM_FILTER_MAX, "\""));
}

static const char resource[] =
    "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],\"id\":\"Ann\",\"externalId\":\"E1\",\"userName\":\"Ann@Example.com\",\"active\":true,"
    "\"name\":{\"familyName\":\"Lee\",\"givenName\":\"\"},\"age\":41,\"title\":null,\"roles\":[],"
    "\"emails\":[{\"value\":\"a@work.example\",\"type\":\"work\",\"primary\":true},{\"value\":\"a@home.example\",\"type\":\"home\"}],"
    "\"tags\":[\"red\",\"blue\"],"
    "\"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User\":{\"department\":\"IT\",\"manager\":{\"value\":\"bo\"}},"
    "\"meta\":{\"lastModified\":\"2026-03-01T10:00:00Z\"}}";

static void asks(arena *a, const char *filter, bool want)
{
    scim_trouble       t = { 0 };
    const scim_filter *f;
    if (scim_filter_parse(a, str_of(filter), &t, &f) != ERR_OK)
        fail_msg("%s: %s", filter, t.f.text);
    if (scim_matches(f, parsed(a, str_of(resource))) != want)
        fail_msg("%s is %s", filter, want ? "false" : "true");
}

static void filters_find_what_they_name(void **st)
{
    static const char *const yes[] = {
        "userName eq \"ann@example.COM\"", "USERNAME eq \"ann@example.com\"", "userName sw \"ANN\"", "userName ew \".com\"", "userName co \"@\"",
        "id eq \"Ann\"", "externalId eq \"E1\"", "active eq true", "active ne false", "not (active eq false)", "age gt 40", "age le 41", "age ne 40",
        "name.familyName eq \"lee\"", "name.familyName gt \"lea\"", "title eq null", "nothing eq null", "userName ne null", "not (title pr)", "not (name.givenName pr)",
        "not (roles pr)", "emails pr", "emails.value eq \"a@home.example\"", "emails eq \"a@work.example\"", "emails co \"home\"",
        "emails[type eq \"work\" and value co \"work\"]", "emails[type eq \"home\"].value eq \"a@home.example\"", "emails[primary eq true]",
        "not (emails[type eq \"home\" and value co \"work\"])", "emails.type ne \"work\"", "tags eq \"RED\"", "tags[value eq \"blue\"]", "nothing ne \"x\"",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department eq \"it\"",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value eq \"bo\"",
        "urn:ietf:params:scim:schemas:core:2.0:User:userName pr", "meta.lastModified gt \"2026-03-01T10:30:00+01:00\"",
        "meta.lastModified eq \"2026-03-01T11:00:00+01:00\"", "schemas eq \"urn:ietf:params:scim:schemas:core:2.0:User\"",
        "title eq \"x\" or userName pr and active eq true",
    };
    static const char *const no[] = {
        "userName eq \"ann@example\"", "userName eq null", "userName eq true", "userName eq 1", "id eq \"ann\"", "externalId eq \"e1\"", "id sw \"a\"",
        "active eq false", "active ne true", "active eq \"yes\"", "age gt 41", "age lt 41", "age eq \"41\"", "title pr", "title eq \"x\"", "nothing eq \"x\"",
        "nothing sw \"\"", "nothing pr", "emails[type eq \"other\"]", "emails[type eq \"home\" and value co \"work\"]", "emails[type eq \"home\"].value co \"work\"",
        "meta.lastModified gt \"2026-03-01T11:30:00+01:00\"", "department eq \"IT\"", "urn:example:own:1.0:User:department eq \"IT\"",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value eq \"BO\"", "(title pr or userName pr) and active eq false",
        "not (userName pr and active eq true)", "tags[value eq \"green\"]", "userName sw \"ann@example.com and more\"",
    };
    for (size_t i = 0; i < COUNT(yes); i++)
        asks(*st, yes[i], true);
    for (size_t i = 0; i < COUNT(no); i++)
        asks(*st, no[i], false);
}

/* ---- PATCH -------------------------------------------------------------------------------- */

static str patched(arena *a, const char *before, const char *operations, scim_trouble *t)
{
    scim_node *v = parsed(a, str_of(before)), *message, *after;
    str        untouched = written(a, v);
    message = parsed(a, str_fmt(a, "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":[%s]}", operations));
    err_t e = scim_patch(a, v, message, t, &after);
    same(written(a, v), untouched);
    return e == ERR_OK ? written(a, after) : S("");
}

static void becomes(arena *a, const char *before, const char *operations, const char *want)
{
    scim_trouble t = { 0 };
    str          have = patched(a, before, operations, &t);
    if (!have.n)
        fail_msg("%s: %s", operations, t.f.text);
    same(have, str_of(want));
}

static void operations_add_replace_and_remove(void **st)
{
    becomes(*st, "{\"a\":1}", "{\"op\":\"add\",\"path\":\"title\",\"value\":\"x\"}", "{\"a\":1,\"title\":\"x\"}");
    becomes(*st, "{\"title\":\"y\"}", "{\"op\":\"replace\",\"path\":\"Title\",\"value\":\"x\"}", "{\"title\":\"x\"}");
    becomes(*st, "{\"title\":\"y\",\"a\":1}", "{\"op\":\"remove\",\"path\":\"TITLE\"}", "{\"a\":1}");
    becomes(*st, "{\"a\":1}", "{\"op\":\"remove\",\"path\":\"title\"}", "{\"a\":1}");
    becomes(*st, "{\"name\":{\"givenName\":\"A\",\"familyName\":\"L\"}}", "{\"op\":\"replace\",\"path\":\"name.familyName\",\"value\":\"M\"}",
            "{\"name\":{\"givenName\":\"A\",\"familyName\":\"M\"}}");
    becomes(*st, "{\"name\":{\"givenName\":\"A\",\"familyName\":\"L\"}}", "{\"op\":\"replace\",\"path\":\"name\",\"value\":{\"familyName\":\"M\"}}",
            "{\"name\":{\"givenName\":\"A\",\"familyName\":\"M\"}}");
    becomes(*st, "{}", "{\"op\":\"add\",\"path\":\"name.familyName\",\"value\":\"M\"}", "{\"name\":{\"familyName\":\"M\"}}");
    becomes(*st, "{\"name\":{\"givenName\":\"A\"}}", "{\"op\":\"remove\",\"path\":\"name.givenName\"}", "{\"name\":{}}");
    becomes(*st, "{}", "{\"op\":\"ADD\",\"value\":{\"title\":\"x\",\"active\":false}},{\"OP\":\"Replace\",\"Path\":\"title\",\"VALUE\":\"y\"}",
            "{\"title\":\"y\",\"active\":false}");
}

static void lists_grow_and_shrink_by_what_is_named(void **st)
{
    const char *two = "{\"members\":[{\"value\":\"a\"},{\"value\":\"b\"}]}";
    becomes(*st, two, "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"c\"},{\"value\":\"a\"},{\"value\":\"c\"}]}",
            "{\"members\":[{\"value\":\"a\"},{\"value\":\"b\"},{\"value\":\"c\"}]}");
    becomes(*st, two, "{\"op\":\"add\",\"path\":\"members\",\"value\":{\"value\":\"c\"}}", "{\"members\":[{\"value\":\"a\"},{\"value\":\"b\"},{\"value\":\"c\"}]}");
    becomes(*st, two, "{\"op\":\"remove\",\"path\":\"members[value eq \\\"a\\\"]\"}", "{\"members\":[{\"value\":\"b\"}]}");
    becomes(*st, two, "{\"op\":\"remove\",\"path\":\"members[value eq \\\"z\\\"]\"}", two);
    becomes(*st, two, "{\"op\":\"Remove\",\"path\":\"members\",\"value\":[{\"$ref\":null,\"value\":\"b\"}]}", "{\"members\":[{\"value\":\"a\"}]}");
    becomes(*st, two, "{\"op\":\"Remove\",\"path\":\"members\",\"value\":[]}", two);
    becomes(*st, two, "{\"op\":\"remove\",\"path\":\"members\"}", "{}");
    becomes(*st, two, "{\"op\":\"replace\",\"path\":\"members\",\"value\":[{\"value\":\"c\"}]}", "{\"members\":[{\"value\":\"c\"}]}");
    becomes(*st, two, "{\"op\":\"replace\",\"value\":{\"members\":[]}}", "{\"members\":[]}");
    becomes(*st, "{}", "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"c\"}]}", "{\"members\":[{\"value\":\"c\"}]}");
}

static void brackets_choose_elements(void **st)
{
    const char *mail = "{\"emails\":[{\"type\":\"work\",\"value\":\"w\"},{\"type\":\"home\",\"value\":\"h\"}]}";
    becomes(*st, mail, "{\"op\":\"Replace\",\"path\":\"emails[type eq \\\"work\\\"].value\",\"value\":\"x\"}",
            "{\"emails\":[{\"type\":\"work\",\"value\":\"x\"},{\"type\":\"home\",\"value\":\"h\"}]}");
    becomes(*st, mail, "{\"op\":\"replace\",\"path\":\"emails[type eq \\\"home\\\"]\",\"value\":{\"value\":\"y\",\"primary\":true}}",
            "{\"emails\":[{\"type\":\"work\",\"value\":\"w\"},{\"type\":\"home\",\"value\":\"y\",\"primary\":true}]}");
    becomes(*st, mail, "{\"op\":\"remove\",\"path\":\"emails[type eq \\\"work\\\"].value\"}", "{\"emails\":[{\"type\":\"work\"},{\"type\":\"home\",\"value\":\"h\"}]}");
    becomes(*st, mail, "{\"op\":\"add\",\"path\":\"emails[type eq \\\"other\\\"].value\",\"value\":\"o\"}",
            "{\"emails\":[{\"type\":\"work\",\"value\":\"w\"},{\"type\":\"home\",\"value\":\"h\"},{\"type\":\"other\",\"value\":\"o\"}]}");
    becomes(*st, "{}", "{\"op\":\"Add\",\"path\":\"emails[type eq \\\"work\\\" and primary eq true].value\",\"value\":\"o\"}",
            "{\"emails\":[{\"type\":\"work\",\"primary\":true,\"value\":\"o\"}]}");
}

static void extensions_are_reached_by_their_urn(void **st)
{
    becomes(*st, "{}", "{\"op\":\"Add\",\"path\":\"" ENTERPRISE ":department\",\"value\":\"IT\"}", "{\"" ENTERPRISE "\":{\"department\":\"IT\"}}");
    becomes(*st, "{}", "{\"op\":\"add\",\"value\":{\"" ENTERPRISE ":manager.value\":\"bo\"}}", "{\"" ENTERPRISE "\":{\"manager\":{\"value\":\"bo\"}}}");
    becomes(*st, "{\"" ENTERPRISE "\":{\"department\":\"IT\"}}", "{\"op\":\"add\",\"value\":{\"" ENTERPRISE "\":{\"employeeNumber\":\"7\"}}}",
            "{\"" ENTERPRISE "\":{\"department\":\"IT\",\"employeeNumber\":\"7\"}}");
    becomes(*st, "{\"" ENTERPRISE "\":{\"department\":\"IT\"}}", "{\"op\":\"remove\",\"path\":\"" ENTERPRISE ":department\"}", "{\"" ENTERPRISE "\":{}}");
    becomes(*st, "{\"a\":1,\"" ENTERPRISE "\":{\"department\":\"IT\"}}", "{\"op\":\"remove\",\"path\":\"" ENTERPRISE "\"}", "{\"a\":1}");
    becomes(*st, "{\"active\":true}", "{\"op\":\"replace\",\"path\":\"urn:ietf:params:scim:schemas:core:2.0:User:active\",\"value\":false}", "{\"active\":false}");
    becomes(*st, "{\"active\":true}", "{\"op\":\"replace\",\"value\":{\"urn:ietf:params:scim:schemas:core:2.0:User\":{\"active\":false}}}", "{\"active\":false}");
}

static void refuses_patch(arena *a, const char *operations, scim_refusal want)
{
    scim_trouble t = { 0 };
    str          have = patched(a, "{\"id\":\"x\",\"active\":true,\"title\":\"y\",\"emails\":[{\"type\":\"work\"}],\"members\":[]}", operations, &t);
    if (have.n || t.kind != want)
        fail_msg("%s: " STR_FMT " %s: %s", operations, STR_ARG(have), scim_wire(t.kind), t.f.text);
}

static void an_unsound_operation_refuses_the_whole_message(void **st)
{
    static const struct { const char *operations; scim_refusal want; } rows[] = {
        { "", SCIM_INVALID_SYNTAX },
        { "1", SCIM_INVALID_SYNTAX },
        { "{\"path\":\"title\",\"value\":1}", SCIM_INVALID_SYNTAX },
        { "{\"op\":\"delete\",\"path\":\"title\"}", SCIM_INVALID_SYNTAX },
        { "{\"op\":\"remove\"}", SCIM_NO_TARGET },
        { "{\"op\":\"remove\",\"value\":{\"title\":\"y\"}}", SCIM_NO_TARGET },
        { "{\"op\":\"replace\",\"path\":\"title\"}", SCIM_INVALID_VALUE },
        { "{\"op\":\"replace\",\"value\":\"x\"}", SCIM_INVALID_VALUE },
        { "{\"op\":\"replace\",\"value\":[{\"active\":false}]}", SCIM_INVALID_VALUE },
        { "{\"op\":\"replace\",\"path\":7,\"value\":1}", SCIM_INVALID_PATH },
        { "{\"op\":\"replace\",\"path\":\"title eq 1\",\"value\":1}", SCIM_INVALID_PATH },
        { "{\"op\":\"replace\",\"path\":\"emails[type eq]\",\"value\":1}", SCIM_INVALID_PATH },
        { "{\"op\":\"replace\",\"path\":\"title.x\",\"value\":1}", SCIM_INVALID_PATH },
        { "{\"op\":\"replace\",\"path\":\"active.value\",\"value\":false}", SCIM_INVALID_PATH },
        { "{\"op\":\"replace\",\"path\":\"emails[type sw \\\"o\\\"].value\",\"value\":\"x\"}", SCIM_NO_TARGET },
        { "{\"op\":\"replace\",\"path\":\"members[value eq \\\"z\\\"].display\",\"value\":\"x\"}", SCIM_NO_TARGET },
        { "{\"op\":\"replace\",\"path\":\"emails[type eq \\\"work\\\"]\",\"value\":\"x\"}", SCIM_INVALID_VALUE },
        { "{\"op\":\"replace\",\"path\":\"id\",\"value\":\"z\"}", SCIM_MUTABILITY },
        { "{\"op\":\"add\",\"path\":\"groups\",\"value\":[]}", SCIM_MUTABILITY },
        { "{\"op\":\"remove\",\"path\":\"active\"}", SCIM_MUTABILITY },
        { "{\"op\":\"replace\",\"path\":\"title\",\"value\":\"z\"},{\"op\":\"remove\"}", SCIM_NO_TARGET },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        refuses_patch(*st, rows[i].operations, rows[i].want);
    becomes(*st, "{\"id\":\"x\"}", "{\"op\":\"replace\",\"value\":{\"id\":\"z\",\"title\":\"t\"}}", "{\"id\":\"x\",\"title\":\"t\"}");
}

static void a_message_that_is_no_patch_is_refused(void **st)
{
    static const char *const bodies[] = {
        "{}", "{\"Operations\":{}}", "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],\"Operations\":[{\"op\":\"add\",\"path\":\"a\",\"value\":1}]}",
    };
    for (size_t i = 0; i < COUNT(bodies); i++) {
        scim_trouble t = { 0 };
        scim_node   *after;
        assert_int_equal(scim_patch(*st, parsed(*st, S("{}")), parsed(*st, str_of(bodies[i])), &t, &after), ERR_INVALID);
        assert_int_equal(t.kind, SCIM_INVALID_SYNTAX);
    }
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        T(a_body_comes_back_as_it_was_sent), T(names_given_twice_are_refused_in_any_case), T(what_is_no_json_object_is_refused),
        T(a_body_has_limits), T(not_binds_before_and_and_before_or), T(every_operator_and_value_is_read),
        T(paths_may_have_a_schema_brackets_and_parts), T(what_is_no_filter_is_refused), T(filters_are_bounded_in_depth_parts_and_length),
        T(filters_find_what_they_name), T(operations_add_replace_and_remove), T(lists_grow_and_shrink_by_what_is_named),
        T(brackets_choose_elements), T(extensions_are_reached_by_their_urn), T(an_unsound_operation_refuses_the_whole_message),
        T(a_message_that_is_no_patch_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
