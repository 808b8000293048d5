/* attest serve */
#include "cli/command.h"

#include "serve/serve.h"

#include <stdio.h>

static void tell(void *arg, str line)
{
    (void)arg;
    cli_print(line);
    cli_print(S("\n"));
    (void)fflush(stdout);
}

int cmd_serve(cli *c)
{
    serve_options o = { .tell = tell, .arg = c, .tls = option_set(c, "tls"), .plain = option_set(c, "plain") };
    const char   *listen = option_value(c, "listen");
    o.listen = str_of(listen);
    err_t e = workspace_find(c->a, c->globals[0], &c->f, &o.dir);
    if (e == ERR_OK)
        e = serve_run(&o, &c->f);
    return e == ERR_OK ? 0 : cli_fail(c, e);
}
