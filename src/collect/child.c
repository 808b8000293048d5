/* The child's side of a run: this program as `--collector NAME [--argument A] [--system S]`. */
#include "collect/source.h"

#include <errno.h>
#include <signal.h>
#include <sys/utsname.h>
#include <unistd.h>

enum { CHILD_WRITE_FAILED = 1, CHILD_USAGE = 2, CHILD_MEMORY = 3 };

static str host_name(arena *a, const collect_env *e)
{
    struct utsname u;
    str            text, line;
    if (e->live)
        return uname(&u) == 0 && u.nodename[0] ? utf8_clean(a, str_dup(a, str_of(u.nodename))) : S("localhost");
    if (env_read(a, e, "/etc/hostname", 4096, &text) == 0)
        while (str_line(&text, &line))
            if (str_trim(line).n && line.p[0] != '#')
                return utf8_clean(a, str_trim(line));
    return S("localhost");
}

collect_env env_new(arena *a, const char *root, const char *system, const char *argument)
{
    bool        live = !root || !root[0] || strcmp(root, "/") == 0;
    collect_env e = { .root = live ? "" : root, .live = live, .now = time_now(), .argument = argument, .a = a };
    e.system = system ? str_of(system) : host_name(a, &e);
    return e;
}

static void no_memory(size_t limit_bytes)
{
    static const char text[] = "out of memory: the limit of a collector was reached\n";
    (void)limit_bytes;
    ssize_t n = write(STDERR_FILENO, text, sizeof text - 1);
    (void)n;
    _exit(CHILD_MEMORY);
}

int collect_child(int argc, char **argv)
{
    const collect_source *s = argc > 0 ? collect_source_find(str_of(argv[0])) : NULL;
    const char           *argument = NULL, *system = NULL;
    bool                  good = s && argc % 2 == 1;
    for (int i = 1; good && i < argc; i += 2) {
        if (strcmp(argv[i], "--argument") == 0)
            argument = argv[i + 1];
        else if (strcmp(argv[i], "--system") == 0)
            system = argv[i + 1];
        else
            good = false;
    }
    if (!good) {
        fprintf(stderr, "usage: --collector NAME [--argument TEXT] [--system NAME]\n");
        return CHILD_USAGE;
    }
    struct sigaction ignore = { .sa_handler = SIG_IGN };
    sigaction(SIGPIPE, &ignore, NULL);
    arena_on_full(no_memory);
    auto_arena arena *a = arena_new(SIZE_MAX / 2);
    bool              is_git = strcmp(s->name, "git") == 0;
    collect_env       env = env_new(a, is_git ? NULL : argument, system, argument);
    emit             *e = emit_new(a, STDOUT_FILENO);
    collect_source_runs[s - collect_sources](&env, e);
    return emit_finish(e) ? CHILD_WRITE_FAILED : 0;
}
