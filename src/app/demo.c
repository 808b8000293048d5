/* A workspace with the story of a fictional company. */
#include "app/workspace.h"
#include "demo/demo.h"

#include <errno.h>

static err_t must_be_empty(arena *a, const char *parent, fault *f)
{
    str   *names;
    size_t n = 0;
    int    error = dir_names(a, parent, 2, &names, &n);
    if (error == ENOENT)
        return ERR_OK;
    if (error == 0 && n == 0)
        return ERR_OK;
    if (error == 0 || error == EFBIG || error == ENOTDIR)
        return fail(f, ERR_CONFLICT, "%s is not empty; name a directory that does not exist yet", parent);
    return fail_errno(f, error, "cannot look into %s", parent);
}

/* The store once more, with the story's clock or, NULL, the real one. The story asks every test again and again. */
static err_t reopen(workspace *ws, const time_us *at, fault *f)
{
    store_options o = { .url = ws->store_url, .flags = STORE_WRITE, .at = at };
    if (at) {
        o.flags |= STORE_KEEP_SESSION;
        o.statements = ws->content->n_tests * 2;
    }
    store_close(ws->st);
    ws->st = NULL;
    return store_open(&o, f, &ws->st);
}

static void manual_controls(workspace *ws, demo_options *o)
{
    const content *ct = ws->content;
    str           *v = NEW_ARRAY(ws->a, str, ct->n_controls + 1);
    for (size_t i = 0; i < ct->n_controls; i++)
        if (ct->controls[i].nature != NATURE_AUTOMATED)
            v[o->n_manual++] = ct->controls[i].id;
    o->manual = v;
}

/* How long it took is left out: the same options give the same company. */
static err_t assess_then(void *arg, time_us at, fault *f, commit_done *ret)
{
    workspace        *ws = arg;
    assessment       *as;
    auto_arena arena *a = arena_new((size_t)1 << 30);
    TRY(app_assess(ws, a, at, NULL, 0, f, &as));
    as->duration = 0;
    return ws_record(ws, a, as, S("cli:demo"), f, ret);
}

/* ---- the last day: files, and what is left to do ------------------------------------- */

static err_t into_buf(void *arg, str bytes, fault *f)
{
    buf *b = arg;
    buf_puts(b, bytes);
    return b->overflow ? fail(f, ERR_TOO_LARGE, "an export of the story is too large") : ERR_OK;
}

/* A register as it stood, kept as a file beside the control it shows. */
static err_t attach_register(workspace *ws, arena *a, const principal *who, const char *type, const char *control_id, const char *name, fault *f)
{
    buf         b = buf_new(a, 64 << 20);
    record_done done;
    int64_t     n;
    TRY(app_export(ws, who, &(record_query){ .r = relation_find(str_of(type)) }, 0, S("csv"), into_buf, &b, f, &n));
    const attachment at = { .name = str_of(name), .bytes = buf_str(&b), .title = str_fmt(a, "The register of each %s, as it stood", type), .origin = S("this program") };
    return app_attach(ws, a, who, relation_find(S("control")), str_of(control_id), &at, S(""), f, &done);
}

/* The policy that customers ask for, as a file of the trust page. */
static err_t offer_policy(workspace *ws, arena *a, const principal *who, str text, fault *f)
{
    record_done      done;
    const attachment at = { .name = S("information-security-policy.txt"), .bytes = text, .title = S("Information security policy") };
    TRY(app_attach(ws, a, who, relation_find(S("policy")), S("information-security"), &at, S(""), f, &done));
    const assignment set[] = { { S("title"), at.title }, { S("file"), done.id }, { S("access"), S("on_request") }, { S("description"), S("What holds for everybody who works here.") } };
    return app_add(ws, a, who, relation_find(S("trust_document")), S(""), set, COUNT(set), S(""), f, &done);
}

/* Who keeps the evidence in the story, and that policy's text. */
static err_t the_last_day(workspace *ws, fault *f)
{
    tick_result       turned;
    row_table         t = { 0 };
    auto_arena arena *a = arena_new((size_t)512 << 20);
    TRY(app_rows(ws, a, "sql/demo_files.sql", NULL, 0, 0, f, &t));
    if (t.n_rows) {
        str             keeper = table_cell(&t, 0, 0);
        const principal who = { .actor = str_fmt(a, "cli:demo as " STR_FMT, STR_ARG(keeper)), .person = keeper, .role = ROLE_OWNER };
        TRY(attach_register(ws, a, &who, "risk", "RK-04", "risks.csv", f));
        TRY(attach_register(ws, a, &who, "vendor", "VN-01", "vendors.csv", f));
        TRY(offer_policy(ws, a, &who, table_cell(&t, 0, 1), f));
    }
    return app_tick(ws, a, f, &turned);
}

static err_t write_story(workspace *ws, demo_options *o, fault *f, demo_counts *counts)
{
    time_us clock = o->until;
    TRY(app_library(ws, f, &o->texts));
    TRY(ws_calendars(ws, f));
    manual_controls(ws, o);
    o->calendars = ws->calendars;
    o->catalogue = ws_in_catalogue;
    o->catalogue_arg = ws;
    o->assess = assess_then;
    o->assess_arg = ws;
    TRY(reopen(ws, &clock, f));
    TRY(demo_write(ws->st, &clock, o, f, counts));
    TRY(the_last_day(ws, f));
    TRY(reopen(ws, NULL, f));
    return ws_publish(ws, f);
}

err_t app_demo(arena *a, const char *parent, const demo_settings *s, void (*progress)(void *arg, str text), void *arg,
               fault *f, demo_done *ret)
{
    const char        *dir;
    demo_counts        counts = { 0 };
    auto_ws workspace *ws = NULL;
    time_us            now = time_now();
    demo_options       o = { .people = s->people, .hosts = s->hosts, .months = s->months, .seed = s->seed,
                             .until = s->until ? s->until : now - now % SECONDS(1), .progress = progress, .progress_arg = arg };
    TRY(demo_check(&o, f));
    if (o.until > now)
        return fail(f, ERR_INVALID, "the story ends in the future; then nothing could be added to it until that time");
    TRY(must_be_empty(a, parent, f));
    TRY(dir_make(parent, 0755, f));
    TRY(workspace_create(a, parent, &(workspace_settings){ .name = str_of(demo_organisation) }, f, &dir));
    TRY(workspace_open(a, dir, OPEN_WRITE, f, &ws));
    TRY(write_story(ws, &o, f, &counts));
    *ret = (demo_done){ .dir = dir, .until = o.until, .collections = counts.collections, .assessments = counts.assessments, .commits = counts.commits, .versions = counts.versions };
    return ERR_OK;
}
