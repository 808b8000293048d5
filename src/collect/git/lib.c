#include "collect/git/lib.h"

#include <dlfcn.h>

static bool bind_all(arena *a, git_lib *g, const char **ret_wrong)
{
    const struct { const char *name; void **slot; } rows[] = {
#define X(n) { "git_" #n, (void **)&g->n },
        GIT_FUNCTIONS(X)
#undef X
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        *rows[i].slot = dlsym(g->library, rows[i].name);
        if (!*rows[i].slot) {
            *ret_wrong = str_fmt(a, "libgit2 %s has no %s", LIBGIT2_VERSION, rows[i].name).p;
            return false;
        }
    }
    return true;
}

const char *git_lib_open(arena *a, git_lib *ret)
{
    static const int levels[] = { GIT_CONFIG_LEVEL_SYSTEM, GIT_CONFIG_LEVEL_XDG, GIT_CONFIG_LEVEL_GLOBAL,
                                  GIT_CONFIG_LEVEL_PROGRAMDATA };
    git_lib g = { .library = dlopen("libgit2.so." LIBGIT2_SOVERSION, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE) };
    if (!g.library)
        return "libgit2.so." LIBGIT2_SOVERSION " is not installed (Debian package libgit2-" LIBGIT2_SOVERSION ")";
    const char *wrong = "libgit2 does not start";
    if (!bind_all(a, &g, &wrong) || g.libgit2_init() < 0) {
        dlclose(g.library);
        return wrong;
    }
    for (size_t i = 0; i < COUNT(levels); i++)
        g.libgit2_opts(GIT_OPT_SET_SEARCH_PATH, levels[i], "");
    g.libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
    g.libgit2_opts(GIT_OPT_ENABLE_CACHING, 0);
    g.libgit2_opts(GIT_OPT_SET_MWINDOW_MAPPED_LIMIT, (size_t)128 << 20);
    *ret = g;
    return NULL;
}

void git_lib_close(git_lib *g)
{
    g->libgit2_shutdown();
    dlclose(g->library);
}

const char *git_lib_error(const git_lib *g)
{
    const git_error *e = g->error_last();
    return e && e->message ? e->message : "no reason given";
}
