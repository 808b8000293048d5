/* sign_in WORKSPACE PERSON... - a full session for each person, as if they had just signed in; prints
 * "PERSON COOKIE" lines. For tests of pages, beside a server that runs on the workspace. */
#include "app/app.h"
#include "auth/auth.h"

#include <stdio.h>

static err_t sign_in(arena *a, const char *given, char **people, int n, fault *f)
{
    auto_ws workspace *ws = NULL;
    const char *dir;
    auth       *au;
    TRY(workspace_find(a, given, f, &dir));
    TRY(workspace_open(a, dir, OPEN_READ, f, &ws));
    TRY(auth_open(&(auth_options){ .store_url = str_z(a, workspace_store(ws)), .key_path = str_fmt(a, "%s/keys/auth.key", dir).p }, f, &au));
    err_t e = ERR_OK;
    for (int i = 0; i < n && e == ERR_OK; i++) {
        str          cookie;
        auth_session s = { .person = str_of(people[i]), .stage = STAGE_FULL, .method = S("password+totp"), .second = true,
                           .address = S("127.0.0.1"), .agent = S("test"), .proven_at = time_now() };
        e = auth_session_begin(au, a, &s, f, &cookie);
        if (e == ERR_OK)
            printf("%s " STR_FMT "\n", people[i], STR_ARG(cookie));
    }
    auth_close(au);
    return e;
}

int main(int argc, char **argv)
{
    auto_arena arena *a = arena_new(64 << 20);
    fault f = { 0 };
    if (argc < 3)
        return 2;
    if (sign_in(a, argv[1], argv + 2, argc - 2, &f) == ERR_OK)
        return 0;
    fprintf(stderr, "%s\n", f.text);
    return 1;
}
