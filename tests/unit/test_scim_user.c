/* Users and groups as Okta and Entra ID write them, and what they are answered. */
#include "scim_bodies.h"

static int begin(void **st) { *st = arena_new(256 << 20); return 0; }
static int end(void **st) { arena_free(*st); return 0; }

/* ---- users ---------------------------------------------------------------------------------- */

static scim_user user_of(arena *a, const scim_node *v)
{
    scim_trouble t = { 0 };
    scim_user    u;
    if (scim_user_read(a, v, &t, &u) != ERR_OK)
        fail_msg("%s", t.f.text);
    return u;
}

static scim_user ann(void)
{
    return (scim_user){ .id = S("ann-lee"), .user_name = S("ann.lee@example.com"), .external_id = S("00u"), .display = S("Ann Lee"), .formatted = S("Ann Lee"),
                        .given = S("Ann"), .family = S("Lee"), .email = S("ann.lee@example.com"), .active = SCIM_ACTIVE };
}

static scim_user after_message(arena *a, const scim_user *u, const char *name)
{
    scim_trouble t = { 0 };
    scim_node   *after;
    if (scim_patch(a, scim_user_node(a, u), recorded(a, name), &t, &after) != ERR_OK)
        fail_msg("%s: %s", name, t.f.text);
    return user_of(a, after);
}

static void okta_users_are_read(void **st)
{
    scim_user u = user_of(*st, recorded(*st, "okta-create"));
    same(u.user_name, S("ann.lee@example.com"));
    same(u.email, S("ann.lee@example.com"));
    same(u.external_id, S("00ujl29u0le5T6Aj10h7"));
    same(scim_user_full_name(*st, NULL, &u), S("Ann Lee"));
    assert_int_equal(u.active, SCIM_ACTIVE);
    u = user_of(*st, recorded(*st, "okta-replace"));
    same(u.title, S("Engineer"));
    same(scim_user_full_name(*st, NULL, &u), S("Ann Lee"));
    u = user_of(*st, recorded(*st, "okta-deactivate-put"));
    assert_int_equal(u.active, SCIM_INACTIVE);
}

static void entra_users_are_read(void **st)
{
    scim_user u = user_of(*st, recorded(*st, "entra-create"));
    same(u.user_name, S("bo.ray@example.com"));
    same(u.department, S("Operations"));
    same(u.external_id, S("0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef"));
    assert_int_equal(u.active, SCIM_ACTIVE);
    u = user_of(*st, parsed(*st, S("{\"userName\":\"a\",\"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User\":{\"manager\":\"bo\"}}")));
    same(u.manager, S("bo"));
}

static void every_way_to_deactivate_is_understood(void **st)
{
    static const char *const messages[] = { "okta-deactivate", "entra-deactivate", "entra-deactivate-062020" };
    scim_user                u = ann();
    for (size_t i = 0; i < COUNT(messages); i++)
        assert_int_equal(after_message(*st, &u, messages[i]).active, SCIM_INACTIVE);
    u.active = SCIM_INACTIVE;
    assert_int_equal(after_message(*st, &u, "okta-reactivate").active, SCIM_ACTIVE);
    assert_int_equal(after_message(*st, &u, "entra-reactivate").active, SCIM_ACTIVE);
}

static void what_active_might_mean_is_never_guessed(void **st)
{
    static const char *const values[] = { "null", "0", "1", "\"\"", "\"no\"", "\"inactive\"", "\"0\"", "[]", "{}", "[false]", "{\"value\":false}", "\"falsey\"", "0.0", "\" false\"" };
    for (size_t i = 0; i < COUNT(values); i++) {
        scim_trouble t = { 0 };
        scim_user    u = ann();
        scim_node   *after = NULL;
        str          body = str_fmt(*st, "{\"Operations\":[{\"op\":\"replace\",\"value\":{\"active\":%s}}]}", values[i]);
        assert_int_equal(scim_patch(*st, scim_user_node(*st, &u), parsed(*st, body), &t, &after), ERR_OK);
        assert_int_equal(scim_user_read(*st, after, &t, &u), ERR_INVALID);
        assert_int_equal(t.kind, SCIM_INVALID_VALUE);
    }
}

static void active_at_a_place_of_its_own_making_is_refused(void **st)
{
    static const char *const bodies[] = {
        "{\"userName\":\"a\",\"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User\":{\"active\":false}}",
        "{\"userName\":\"a\",\"urn:example:own:User\":{\"Active\":\"False\"}}",
        "{\"userName\":\"a\",\"urn:ietf:params:scim:schemas:core:2.0:User:active\":false}",
        "{\"userName\":\"a\",\"urn:ietf:params:scim:schemas:core:2.0:User\":{\"active\":false}}",
        "{\"userName\":\"a\",\"urn:example:own:User:active\":false}",
    };
    for (size_t i = 0; i < COUNT(bodies); i++) {
        scim_trouble t = { 0 };
        scim_user    u;
        assert_int_equal(scim_user_read(*st, parsed(*st, str_of(bodies[i])), &t, &u), ERR_INVALID);
        assert_int_equal(t.kind, SCIM_INVALID_VALUE);
    }
}

static void entra_changes_are_understood_in_both_of_its_ways(void **st)
{
    static const char *const messages[] = { "entra-update", "entra-update-062020" };
    for (size_t i = 0; i < COUNT(messages); i++) {
        scim_user was = { .id = S("bo-ray"), .user_name = S("bo.ray@example.com"), .display = S("Bo Ray"), .formatted = S("Bo Ray"), .given = S("Bo"),
                          .family = S("Ray"), .email = S("bo.ray@example.com"), .active = SCIM_ACTIVE };
        scim_user is = after_message(*st, &was, messages[i]);
        same(is.email, S("bo.stone@example.com"));
        same(is.user_name, S("bo.ray@example.com"));
        same(is.department, S("Platform"));
        same(scim_user_full_name(*st, &was, &is), S("Bo Stone"));
        assert_int_equal(is.active, SCIM_ACTIVE);
    }
    scim_user u = ann();
    same(after_message(*st, &u, "entra-manager").manager, S("ann-lee"));
}

static void a_name_is_taken_from_what_changed(void **st)
{
    scim_user was = ann(), is = ann();
    same(scim_user_full_name(*st, &was, &is), S("Ann Lee"));
    is.family = S("Moor");
    same(scim_user_full_name(*st, &was, &is), S("Ann Moor"));
    is.formatted = S("Dr Ann Moor");
    same(scim_user_full_name(*st, &was, &is), S("Dr Ann Moor"));
    is.display = S("Annie");
    same(scim_user_full_name(*st, &was, &is), S("Annie"));
    same(scim_user_full_name(*st, NULL, &(scim_user){ .given = S("Ann") }), S("Ann"));
    same(scim_user_full_name(*st, NULL, &(scim_user){ 0 }), S(""));
}

static void one_address_is_chosen(void **st)
{
    static const struct { const char *emails, *want; } rows[] = {
        { "[]", "" }, { "null", "" }, { "\"a@x\"", "a@x" }, { "[\"a@x\"]", "a@x" },
        { "[{\"value\":\"a@x\"},{\"value\":\"b@x\"}]", "a@x" },
        { "[{\"value\":\"a@x\",\"type\":\"home\"},{\"value\":\"b@x\",\"type\":\"Work\"}]", "b@x" },
        { "[{\"value\":\"a@x\",\"type\":\"work\"},{\"value\":\"b@x\",\"primary\":\"True\"}]", "b@x" },
        { "[{\"value\":\"a@x\",\"primary\":true},{\"value\":\"b@x\",\"primary\":true}]", "b@x" },
        { "[{\"value\":\"\",\"primary\":true},{\"value\":\"b@x\"}]", "b@x" },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        same(user_of(*st, parsed(*st, str_fmt(*st, "{\"userName\":\"a\",\"emails\":%s}", rows[i].emails))).email, str_of(rows[i].want));
}

static void users_that_cannot_be_kept_are_refused(void **st)
{
    static const char *const bodies[] = { "{}", "{\"userName\":\"\"}", "{\"userName\":null}", "{\"userName\":\"  \"}", "{\"userName\":7}", "{\"userName\":\"a\\nb\"}",
                                          "{\"userName\":\"a\",\"title\":[\"x\",\"y\"]}", "{\"userName\":\"a\",\"emails\":[{\"value\":\"x\",\"primary\":\"yes\"}]}" };
    scim_trouble long_one = { 0 };
    scim_user    u;
    for (size_t i = 0; i < COUNT(bodies); i++) {
        scim_trouble t = { 0 };
        assert_int_equal(scim_user_read(*st, parsed(*st, str_of(bodies[i])), &t, &u), ERR_INVALID);
        assert_int_equal(t.kind, SCIM_INVALID_VALUE);
    }
    str body = repeated(*st, "{\"userName\":\"", "x", SCIM_TEXT_MAX + 1, "\"}");
    assert_int_equal(scim_user_read(*st, parsed(*st, body), &long_one, &u), ERR_INVALID);
}

static void a_user_is_written_and_read_again(void **st)
{
    scim_user u = ann();
    u.department = S("IT");
    u.manager = S("bo");
    u.meta = (scim_meta){ S("User"), S("https://x/scim/v2/Users/ann-lee"), 17, 0, SECONDS(1772359200) };
    same(written(*st, scim_user_node(*st, &u)),
         S("{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\",\"" ENTERPRISE "\"],\"id\":\"ann-lee\",\"externalId\":\"00u\","
           "\"userName\":\"ann.lee@example.com\",\"name\":{\"formatted\":\"Ann Lee\",\"givenName\":\"Ann\",\"familyName\":\"Lee\"},\"displayName\":\"Ann Lee\",\"active\":true,"
           "\"emails\":[{\"value\":\"ann.lee@example.com\",\"type\":\"work\",\"primary\":true}],\"" ENTERPRISE "\":{\"department\":\"IT\",\"manager\":{\"value\":\"bo\"}},"
           "\"meta\":{\"resourceType\":\"User\",\"lastModified\":\"2026-03-01T10:00:00Z\",\"location\":\"https://x/scim/v2/Users/ann-lee\",\"version\":\"W/\\\"17\\\"\"}}"));
    scim_user again = user_of(*st, scim_user_node(*st, &u));
    same(again.manager, u.manager);
    assert_int_equal(again.active, SCIM_ACTIVE);
}

/* ---- groups ----------------------------------------------------------------------------------- */

static str members_of(arena *a, const scim_node *v)
{
    scim_trouble t = { 0 };
    scim_group   g;
    buf          out = buf_new(a, 1 << 20);
    if (scim_group_read(a, v, &t, &g) != ERR_OK)
        fail_msg("%s", t.f.text);
    buf_fmt(&out, STR_FMT ":", STR_ARG(g.display));
    for (size_t i = 0; i < g.n_members; i++)
        buf_fmt(&out, " " STR_FMT, STR_ARG(g.members[i].value));
    return buf_str(&out);
}

static void groups_change_as_both_providers_write_it(void **st)
{
    static const struct { const char *message, *want; } rows[] = {
        { "okta-group-rename", "Security team: ann-lee bo-ray" }, { "okta-group-members", "Ops: ann-lee" }, { "okta-group-swap", "Ops: bo-ray" },
        { "entra-group-add", "Ops: ann-lee bo-ray" }, { "entra-group-remove", "Ops: ann-lee" }, { "entra-group-remove-062020", "Ops: ann-lee" },
        { "entra-group-rename", "Operations and platform: ann-lee bo-ray" },
    };
    scim_member members[] = { { S("ann-lee"), S("Ann Lee"), S("") }, { S("bo-ray"), S(""), S("") } };
    scim_group  g = { .id = S("GRP-1"), .display = S("Ops"), .members = members, .n_members = 2 };
    for (size_t i = 0; i < COUNT(rows); i++) {
        scim_trouble t = { 0 };
        scim_node   *after;
        if (scim_patch(*st, scim_group_node(*st, &g), recorded(*st, rows[i].message), &t, &after) != ERR_OK)
            fail_msg("%s: %s", rows[i].message, t.f.text);
        same(members_of(*st, after), str_of(rows[i].want));
    }
    same(members_of(*st, recorded(*st, "okta-group-create")), S("Security:"));
    same(members_of(*st, recorded(*st, "entra-group-create")), S("Operations:"));
}

static void groups_that_cannot_be_kept_are_refused(void **st)
{
    static const char *const bodies[] = { "{}", "{\"displayName\":\"\"}", "{\"displayName\":\"a\",\"members\":\"x\"}", "{\"displayName\":\"a\",\"members\":[{}]}",
                                          "{\"displayName\":\"a\",\"members\":[{\"value\":\"g\",\"type\":\"Group\"}]}", "{\"displayName\":\"a\",\"members\":[7]}" };
    for (size_t i = 0; i < COUNT(bodies); i++) {
        scim_trouble t = { 0 };
        scim_group   g;
        assert_int_equal(scim_group_read(*st, parsed(*st, str_of(bodies[i])), &t, &g), ERR_INVALID);
    }
    same(members_of(*st, parsed(*st, S("{\"displayName\":\"a\",\"members\":[{\"value\":\"x\"},{\"value\":\"x\"},\"y\"]}"))), S("a: x y"));
}

/* ---- answers ------------------------------------------------------------------------------------ */

static void projects(arena *a, const char *attributes, const char *excluded, const char *want)
{
    scim_trouble t = { 0 };
    scim_node   *v;
    if (scim_project(a, parsed(a, S("{\"schemas\":[\"s\"],\"id\":\"x\",\"userName\":\"u\",\"name\":{\"givenName\":\"A\",\"familyName\":\"L\"},"
                                    "\"emails\":[{\"value\":\"w\",\"type\":\"work\"}],\"" ENTERPRISE "\":{\"department\":\"IT\",\"x\":1}}")),
                     str_of(attributes), str_of(excluded), &t, &v) != ERR_OK)
        fail_msg("%s %s: %s", attributes, excluded, t.f.text);
    same(written(a, v), str_of(want));
}

static void only_wanted_attributes_are_told(void **st)
{
#define HEAD "{\"schemas\":[\"s\"],\"id\":\"x\""
    scim_trouble t = { 0 };
    scim_node   *v;
    projects(*st, "userName", "", HEAD ",\"userName\":\"u\"}");
    projects(*st, "USERNAME, name.familyName,nothing", "", HEAD ",\"userName\":\"u\",\"name\":{\"familyName\":\"L\"}}");
    projects(*st, "emails.value", "", HEAD ",\"emails\":[{\"value\":\"w\"}]}");
    projects(*st, ENTERPRISE ":department", "", HEAD ",\"" ENTERPRISE "\":{\"department\":\"IT\"}}");
    projects(*st, ENTERPRISE, "", HEAD ",\"" ENTERPRISE "\":{\"department\":\"IT\",\"x\":1}}");
    projects(*st, "", "id,emails,name.givenName," ENTERPRISE, HEAD ",\"userName\":\"u\",\"name\":{\"familyName\":\"L\"}}");
    projects(*st, "", "userName.x,emails.type,name,urn:x:y", HEAD ",\"userName\":\"u\",\"emails\":[{\"value\":\"w\"}],\"" ENTERPRISE "\":{\"department\":\"IT\",\"x\":1}}");
    assert_int_equal(scim_project(*st, parsed(*st, S("{}")), S("a"), S("b"), &t, &v), ERR_INVALID);
    t = (scim_trouble){ 0 };
    assert_int_equal(scim_project(*st, parsed(*st, S("{}")), S("a[b pr"), S(""), &t, &v), ERR_INVALID);
}

static void resources_are_sorted_and_those_without_come_last(void **st)
{
    scim_node   *v[] = { parsed(*st, S("{\"n\":1}")), parsed(*st, S("{\"userName\":\"b\",\"n\":2}")), parsed(*st, S("{\"userName\":\"A\",\"n\":3}")),
                         parsed(*st, S("{\"userName\":\"B\",\"n\":4}")) };
    scim_trouble t = { 0 };
    scim_path    by;
    assert_int_equal(scim_path_parse(*st, S("username"), &t, &by), ERR_OK);
    scim_sort(v, 4, &by, false);
    const int64_t up[] = { 3, 2, 4, 1 }, down[] = { 2, 4, 3, 1 };
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(scim_get(v[i], S("n"))->i, up[i]);
    scim_sort(v, 4, &by, true);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(scim_get(v[i], S("n"))->i, down[i]);
    scim_sort(v, 0, &by, false);
}

static void entity_tags_name_versions(void **st)
{
    same(scim_etag(*st, 7), S("W/\"7\""));
    assert_true(scim_etag_in(S("W/\"7\""), 7) && scim_etag_in(S("\"3\", W/\"7\""), 7) && scim_etag_in(S("*"), 7) && scim_etag_in(S("\"7\""), 7));
    assert_false(scim_etag_in(S(""), 7) || scim_etag_in(S("W/\"8\""), 7) || scim_etag_in(S("7"), 7) || scim_etag_in(S("W/\"\""), 7) || scim_etag_in((str){ 0 }, 7));
}

static void the_server_tells_what_it_can_do(void **st)
{
    buf out = buf_new(*st, 1 << 20);
    assert_true(scim_discovery_json(*st, SCIM_CONFIG, S("https://x/scim/v2"), S(""), &out));
    const scim_node *v = parsed(*st, buf_str(&out));
    assert_true(scim_get(scim_get(v, S("patch")), S("supported"))->i);
    assert_false(scim_get(scim_get(v, S("bulk")), S("supported"))->i);
    buf_clear(&out);
    assert_true(scim_discovery_json(*st, SCIM_TYPES, S("https://x/scim/v2"), S(""), &out));
    assert_int_equal(scim_get(parsed(*st, buf_str(&out)), S("totalResults"))->i, 2);
    buf_clear(&out);
    assert_true(scim_discovery_json(*st, SCIM_SCHEMAS, S("https://x/scim/v2"), S(SCIM_USER), &out));
    v = parsed(*st, buf_str(&out));
    same(scim_get(v, S("id"))->s, S(SCIM_USER));
    same(scim_get(scim_get(v, S("attributes"))->first, S("name"))->s, S("userName"));
    assert_int_equal(scim_get(scim_get(v, S("attributes")), S("x")) == NULL, 1);
    buf_clear(&out);
    assert_true(scim_discovery_json(*st, SCIM_SCHEMAS, S("b"), S(""), &out));
    assert_int_equal(scim_get(parsed(*st, buf_str(&out)), S("Resources"))->n, 3);
    assert_false(scim_discovery_json(*st, SCIM_SCHEMAS, S("b"), S("urn:none"), &out) || scim_discovery_json(*st, SCIM_TYPES, S("b"), S("Device"), &out));
}

static void faults_and_lists_are_written_as_the_rfc_says(void **st)
{
    buf        out = buf_new(*st, 1 << 20);
    scim_node *two[] = { parsed(*st, S("{\"id\":\"a\"}")), parsed(*st, S("{\"id\":\"b\"}")) };
    scim_error_json(*st, 409, scim_wire(SCIM_UNIQUENESS), S("taken \"here\""), &out);
    same(buf_str(&out), S("{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:Error\"],\"status\":\"409\",\"scimType\":\"uniqueness\",\"detail\":\"taken \\\"here\\\"\"}"));
    buf_clear(&out);
    scim_list_json(*st, two, 2, 12, 3, &out);
    same(buf_str(&out), S("{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:ListResponse\"],\"totalResults\":12,\"startIndex\":3,\"itemsPerPage\":2,"
                          "\"Resources\":[{\"id\":\"a\"},{\"id\":\"b\"}]}"));
    assert_int_equal(scim_status(SCIM_UNIQUENESS), 409);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        T(okta_users_are_read), T(entra_users_are_read), T(every_way_to_deactivate_is_understood),
        T(what_active_might_mean_is_never_guessed), T(active_at_a_place_of_its_own_making_is_refused),
        T(entra_changes_are_understood_in_both_of_its_ways), T(a_name_is_taken_from_what_changed), T(one_address_is_chosen),
        T(users_that_cannot_be_kept_are_refused), T(a_user_is_written_and_read_again), T(groups_change_as_both_providers_write_it),
        T(groups_that_cannot_be_kept_are_refused), T(only_wanted_attributes_are_told), T(resources_are_sorted_and_those_without_come_last),
        T(entity_tags_name_versions), T(the_server_tells_what_it_can_do), T(faults_and_lists_are_written_as_the_rfc_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
