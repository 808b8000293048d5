#include "collect/git/lib.h"

const char *git_lib_open(arena *a, git_lib *ret)
{
    static const int levels[] = { GIT_CONFIG_LEVEL_SYSTEM, GIT_CONFIG_LEVEL_XDG, GIT_CONFIG_LEVEL_GLOBAL,
                                  GIT_CONFIG_LEVEL_PROGRAMDATA };
    static const char           library[] = "libgit2.so." LIBGIT2_SOVERSION;
    static const library_symbol rows[] = {
#define X(n) { "git_" #n, offsetof(git_lib, n) },
        GIT_FUNCTIONS(X)
#undef X
    };
    git_lib     g;
    const char *lacks = library_bind(library, rows, COUNT(rows), &g);
    if (lacks == library)
        return "libgit2.so." LIBGIT2_SOVERSION " is not installed (Debian package libgit2-" LIBGIT2_SOVERSION ")";
    if (lacks)
        return str_fmt(a, "libgit2 %s has no %s", LIBGIT2_VERSION, lacks).p;
    if (g.libgit2_init() < 0)
        return "libgit2 does not start";
    for (size_t i = 0; i < COUNT(levels); i++)
        g.libgit2_opts(GIT_OPT_SET_SEARCH_PATH, levels[i], "");
    g.libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
    g.libgit2_opts(GIT_OPT_ENABLE_CACHING, 0);
    g.libgit2_opts(GIT_OPT_SET_MWINDOW_MAPPED_LIMIT, (size_t)128 << 20);
    *ret = g;
    return NULL;
}

void git_lib_close(git_lib *g) { g->libgit2_shutdown(); }

const char *git_lib_error(const git_lib *g)
{
    const git_error *e = g->error_last();
    return e && e->message ? e->message : "no reason given";
}
