/* Our side of tests/web/scim*.mjs.
 *   scim_peer token WORKSPACE PERSON SCOPES   makes a token and prints it
 *   scim_peer session WORKSPACE PERSON        a full session, and prints its cookie
 *   scim_peer language                        a question a line, {"filter":..,"resources":[..]} or {"resource":..,"message":..};
 *                                             an answer a line: ids that fit, the resource as patched, or {"refused":TYPE} */
#include "app/app.h"
#include "auth/auth.h"
#include "scim/scim.h"

static int told(const fault *f)
{
    fprintf(stderr, "%s\n", f->text);
    return 1;
}

static int secret(arena *a, const char *dir, const char *person, const char *scopes, fault *f)
{
    workspace *ws;
    auth      *au;
    str        text;
    if (workspace_open(a, dir, OPEN_READ, f, &ws) != ERR_OK)
        return told(f);
    const auth_options o = { .store_url = str_z(a, workspace_store(ws)), .key_path = str_fmt(a, "%s/keys/auth.key", dir).p };
    if (auth_open(&o, f, &au) != ERR_OK)
        return told(f);
    auth_token   token = { .person = str_of(person), .label = S("idp"), .made_by = str_of(person), .ends_at = time_now() + DAYS(30) };
    auth_session full = { .person = str_of(person), .stage = STAGE_FULL, .method = S("password+totp"), .proven_at = time_now(), .second = true };
    err_t        e = scopes ? scopes_parse(str_of(scopes), f, &token.scopes) : ERR_OK;
    if (e == ERR_OK)
        e = scopes ? auth_token_make(au, a, &token, f, &text) : auth_session_begin(au, a, &full, f, &text);
    if (e != ERR_OK)
        return told(f);
    printf(STR_FMT "\n", STR_ARG(text));
    auth_close(au);
    workspace_close(ws);
    return 0;
}

static void say_refused(const scim_trouble *t) { printf("{\"refused\":\"%s\"}\n", scim_wire(t->kind)); }

static void say(arena *a, const scim_node *v)
{
    buf out = buf_new(a, 8 << 20);
    scim_json(v, &out);
    printf(STR_FMT "\n", STR_ARG(buf_str(&out)));
}

static void answer_filter(arena *a, const scim_node *question)
{
    scim_trouble       t = { 0 };
    const scim_filter *filter;
    scim_node         *ids = scim_new(a, SCIM_ARR);
    if (scim_filter_parse(a, scim_get(question, S("filter"))->s, &t, &filter) != ERR_OK) {
        say_refused(&t);
        return;
    }
    for (const scim_node *v = scim_get(question, S("resources"))->first; v; v = v->next)
        if (scim_matches(filter, v))
            scim_add(ids, S(""), scim_copy(a, scim_get(v, S("id"))));
    say(a, ids);
}

static void answer_patch(arena *a, const scim_node *question)
{
    scim_trouble t = { 0 };
    scim_node   *after;
    if (scim_patch(a, scim_get(question, S("resource")), scim_get(question, S("message")), &t, &after) == ERR_OK)
        say(a, after);
    else
        say_refused(&t);
}

static int language(arena *a)
{
    char *line = NULL;
    size_t room = 0;
    for (ssize_t n; (n = getline(&line, &room, stdin)) > 0; arena_reset(a)) {
        scim_trouble t = { 0 };
        scim_node   *question;
        if (scim_parse(a, (str){ line, (size_t)n }, &t, &question) != ERR_OK)
            say_refused(&t);
        else if (scim_get(question, S("filter")))
            answer_filter(a, question);
        else
            answer_patch(a, question);
        fflush(stdout);
    }
    free(line);
    return 0;
}

int main(int argc, char **argv)
{
    auto_arena arena *a = arena_new(256 << 20);
    fault             f = { 0 };
    if (argc == 2 && strcmp(argv[1], "language") == 0)
        return language(a);
    if (argc == 5 && strcmp(argv[1], "token") == 0)
        return secret(a, argv[2], argv[3], argv[4], &f);
    if (argc == 4 && strcmp(argv[1], "session") == 0)
        return secret(a, argv[2], argv[3], NULL, &f);
    fprintf(stderr, "usage: scim_peer token|session|language ...\n");
    return 2;
}
