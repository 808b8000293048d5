/* attest: one program, many commands; a child of itself for each collector. */
#include "cli/cli.h"
#include "collect/collect.h"

#include <signal.h>
#include <unistd.h>

static void out_of_memory(size_t limit_bytes)
{
    fprintf(stderr, "attest: the memory limit of %zu MiB was reached; nothing was changed\n", limit_bytes >> 20);
    _exit(err_describe(ERR_LIMIT)->exit_status);
}

int main(int argc, char **argv)
{
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);             /* a limit on files is told like a full disk */
    arena_on_full(out_of_memory);
    if (argc >= 2 && strcmp(argv[1], "--collector") == 0)
        return collect_child(argc - 2, argv + 2);
    return cli_main(argc, argv);
}
