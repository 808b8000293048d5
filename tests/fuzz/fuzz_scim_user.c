/* Any body is a user, a group or refused; what is written of it is read as the same again. */
#include "scim/scim.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void same(str a, str b)
{
    if (!str_eq(a, b))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    auto_arena arena *a = arena_new(256 << 20);
    scim_trouble      t = { 0 };
    scim_node        *v, *part;
    scim_user         u, again;
    scim_group        g, g2;
    if (scim_parse(a, (str){ (const char *)data, n }, &t, &v) != ERR_OK)
        return 0;
    if (scim_user_read(a, v, &t, &u) == ERR_OK) {
        if (scim_user_read(a, scim_user_node(a, &u), &t, &again) != ERR_OK || again.active != u.active)
            abort();
        same(again.user_name, u.user_name);
        same(again.email, u.email);
        same(again.external_id, u.external_id);
        same(again.manager, u.manager);
        same(again.family, u.family);
    }
    t = (scim_trouble){ 0 };
    if (scim_group_read(a, v, &t, &g) == ERR_OK && (scim_group_read(a, scim_group_node(a, &g), &t, &g2) != ERR_OK || g2.n_members != g.n_members))
        abort();
    t = (scim_trouble){ 0 };
    if (scim_project(a, v, S("userName,emails.value"), S(""), &t, &part) != ERR_OK || scim_project(a, v, S(""), S("id,name.x"), &t, &part) != ERR_OK)
        abort();
    return 0;
}
