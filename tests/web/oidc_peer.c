/* Our side of tests/web/oidc.mjs: one relying party, driven by lines of JSON.
 *   oidc_peer ISSUER CLIENT_ID SECRET REDIRECT_URI        SECRET "-": none
 *   {"op":"begin"} {"op":"begin","fresh":true}            answers {"url":...,"attempt":"..."}
 *   {"op":"finish","attempt":"...","state":...,"code":...,"iss":...,"error":...}
 *                                                         answers who it is, or {"refused":...,"why":...}
 *   {"op":"later","s":N}                                  the clock goes on by so much */
#include "oidc/oidc.h"

static time_us ahead;
static time_us now(void) { return time_now() + ahead; }

static void say_refused(json_writer *w, err_t e, const fault *f)
{
    jw_kstr(w, "refused", str_of(err_describe(e)->wire));
    jw_kstr(w, "why", str_of(f->text));
}

static void begin(oidc *o, arena *a, const json_parts *line, str redirect, json_writer *w)
{
    const json_part *fresh = json_at(line, "fresh");
    oidc_attempt     at = oidc_attempt_new(o, a, redirect, fresh && fresh->kind == JSON_TRUE);
    str              url = { 0 };
    fault            f = { 0 };
    err_t            e = oidc_begin(o, a, &at, &f, &url);
    if (e != ERR_OK) {
        say_refused(w, e, &f);
        return;
    }
    jw_kstr(w, "url", url);
    jw_kstr(w, "attempt", oidc_attempt_text(a, &at));
}

static void finish(oidc *o, arena *a, const json_parts *line, json_writer *w)
{
    oidc_attempt  at;
    oidc_identity id;
    oidc_return   back = { json_text(line, "state"), json_text(line, "code"), json_text(line, "iss"), json_text(line, "error") };
    fault         f = { 0 };
    if (!oidc_attempt_read(a, json_text(line, "attempt"), &at))
        abort();
    err_t e = oidc_finish(o, a, &at, &back, &f, &id);
    if (e != ERR_OK) {
        say_refused(w, e, &f);
        return;
    }
    jw_kstr(w, "iss", id.issuer);
    jw_kstr(w, "sub", id.subject);
    jw_kstr(w, "email", id.email);
    jw_kstr(w, "name", id.name);
    jw_kbool(w, "email_verified", id.email_verified);
    jw_kbool(w, "mfa", id.mfa);
    jw_kint(w, "auth_time", id.auth_time / SECONDS(1));
}

int main(int argc, char **argv)
{
    static char line[1 << 16];
    fault       f = { 0 };
    oidc       *o = NULL;
    if (argc != 5)
        return 2;
    oidc_provider p = { .issuer = str_of(argv[1]), .client_id = str_of(argv[2]), .clock = now };
    if (!str_eq(str_of(argv[3]), S("-")))
        p.client_secret = str_of(argv[3]);
    if (oidc_open(&p, &f, &o) != ERR_OK) {
        fprintf(stderr, "%s\n", f.text);
        return 1;
    }
    while (fgets(line, sizeof line, stdin)) {
        auto_arena arena *a = arena_new(64 << 20);
        json_parts        in;
        buf               out = buf_new(a, 1 << 20);
        json_writer       w = { .b = &out };
        if (!json_read_object(a, str_trim(str_of(line)), &in))
            abort();
        str op = json_text(&in, "op");
        jw_obj(&w);
        if (str_eq(op, S("begin")))
            begin(o, a, &in, str_of(argv[4]), &w);
        else if (str_eq(op, S("finish")))
            finish(o, a, &in, &w);
        else
            ahead += SECONDS(json_at(&in, "s")->i);
        jw_end_obj(&w);
        printf(STR_FMT "\n", STR_ARG(buf_str(&out)));
        fflush(stdout);
    }
    oidc_close(o);
    return 0;
}
