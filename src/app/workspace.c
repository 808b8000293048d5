#include "app/workspace.h"

#include <errno.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

const char *ws_path(arena *a, const workspace *ws, const char *name)
{
    return str_fmt(a, "%s/%s", ws->dir, name).p;
}

/* ---- the configuration ------------------------------------------------------------- */

#define CONFIG_PIN "ATTEST_CONFIG_PIN"

/* Lines by which a program is run, a file is read and sent, or another store is believed. */
static bool is_grave(str key, str setting)
{
    return str_starts(key, S("smtp")) || str_eq(key, S("store")) || (str_eq(key, S("source")) && str_eq(str_word(&setting), S("exec")));
}

/* SHA-256, hex, of each grave line, with blanks between. */
static str grave_lines(arena *a, str text)
{
    auto_hasher hasher *h = hasher_new();
    buf                 b = buf_new(a, CONFIG_MAX_BYTES);
    str                 line;
    while (str_line(&text, &line)) {
        str setting = str_trim(line), key = setting.n ? str_cut(&setting, ':') : S("");
        if (!setting.p || !is_grave(str_trim(key), str_trim(setting)))
            continue;
        hash32 one = sha256_of(h, line.p, line.n);
        buf_puts(&b, hex_of(a, one.b, sizeof one.b));
        buf_putc(&b, ' ');
    }
    return buf_str(&b);
}

err_t config_pin(const char *dir, fault *f)
{
    auto_arena arena *a = arena_new(4 << 20);
    str               text = { 0 };
    TRY(file_read(a, str_fmt(a, "%s/config", dir).p, CONFIG_MAX_BYTES, f, &text));
    return setenv(CONFIG_PIN, str_z(a, grave_lines(a, text)), 1) == 0 ? ERR_OK : fail_errno(f, errno, CONFIG_PIN);
}

/* Lines may have gone; none may have come. */
static err_t check_pin(arena *a, const char *path, str text, fault *f)
{
    const char *pin = getenv(CONFIG_PIN);
    str         rest = pin ? grave_lines(a, text) : S("");
    for (str one = str_word(&rest); one.n; one = str_word(&rest))
        if (!list_has(pin, one))
            return fail(f, ERR_CONFLICT, "%s: a program, the mail server or the store was changed since attest serve read it; nothing is run with that "
                        "before attest serve is restarted, or told by SIGHUP to read it again", path);
    return ERR_OK;
}

void config_unpin(void) { (void)unsetenv(CONFIG_PIN); }

err_t config_each(arena *a, const char *path, fault *f,
                  err_t (*each)(void *arg, str key, str setting, fault *f), void *arg)
{
    str text, line;
    TRY(file_read(a, path, CONFIG_MAX_BYTES, f, &text));
    TRY(check_pin(a, path, text, f));
    for (int number = 1; str_line(&text, &line); number++) {
        line = str_trim(line);
        if (!line.n || line.p[0] == '#')
            continue;
        str setting = line, key = str_cut(&setting, ':');
        if (!setting.p || !utf8_valid(line))
            return fail(f, ERR_INVALID, "%s:%d: a line reads \"key: value\"", path, number);
        err_t e = each(arg, str_trim(key), str_trim(setting), f);
        if (e != ERR_OK)
            return e;
    }
    return ERR_OK;
}

static bool is_directory(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static void set_paths(arena *a, workspace *ws)
{
    ws->log = (ledger_paths){ .dir = ws_path(a, ws, "ledger"), .key_path = ws_path(a, ws, "keys/ledger.key"),
                              .signed_path = ws_path(a, ws, "keys/signed-checkpoint") };
}

/* ---- making one ------------------------------------------------------------- */

static str name_of_directory(arena *a, const char *parent)
{
    char real[PATH_MAX];
    if (!realpath(parent, real))
        return S("workspace");
    const char *slash = strrchr(real, '/');
    if (!slash || !slash[1])
        return S("workspace");
    for (char *p = real; *p; p++)
        if ((unsigned char)*p < 0x20)
            *p = ' ';
    return utf8_clean(a, str_dup(a, str_of(slash + 1)));
}

/* The log's name: what identifies this ledger to the world. No blanks, no plus. */
static str origin_of(arena *a, str name)
{
    buf     b = buf_new(a, 4096);
    uint8_t nonce[4];
    buf_puts(&b, S("attest/"));
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
        buf_putc(&b, plain ? c : '-');
    }
    random_bytes(nonce, sizeof nonce);
    buf_putc(&b, '/');
    buf_puts(&b, hex_of(a, nonce, sizeof nonce));
    return buf_str(&b);
}

/* One store, one log: two workspaces on a database would each sign the other's commits. */
static err_t make_store(const workspace *ws, fault *f)
{
    auto_store store *st = NULL;
    int64_t           n;
    TRY(store_open(&(store_options){ .url = ws->store_url, .flags = STORE_WRITE | STORE_CREATE }, f, &st));
    TRY(store_commit_count(st, f, &n));
    if (n)
        return fail(f, ERR_CONFLICT, "this database holds %lld commits of another workspace; use that one, or give an "
                    "empty database", (long long)n);
    return ERR_OK;
}

static err_t one_line(str s, const char *what, fault *f)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < 0x20)
            return fail(f, ERR_INVALID, "the %s may not hold control characters", what);
    return utf8_valid(s) ? ERR_OK : fail(f, ERR_INVALID, "the %s is not UTF-8", what);
}

/* What a failed creation leaves must not stand in the way of the next; what holds
 * anything already is left as it is. */
static void remove_empty(arena *a, const workspace *ws)
{
    static const char *const names[] = { "content/tests", "content", "keys" };
    for (size_t i = 0; i < COUNT(names); i++)
        (void)rmdir(ws_path(a, ws, names[i]));
    (void)rmdir(ws->dir);
}

/* Beside the workspace's secrets, so that a copy without them can be verified. */
static err_t save_public_key(arena *a, const workspace *ws, fault *f)
{
    str vkey;
    TRY(ws_public_key(ws, a, f, &vkey));
    return file_replace(ws_path(a, ws, "ledger.vkey"), str_fmt(a, STR_FMT "\n", STR_ARG(vkey)), 0644, f);
}

err_t workspace_create(arena *a, const char *parent, const workspace_settings *s, fault *f, const char **ret_dir)
{
    workspace   ws = { .a = a, .dir = str_fmt(a, "%s/.attest", parent).p };
    struct stat st;
    ws.name = s->name.n ? s->name : name_of_directory(a, parent);
    TRY(one_line(ws.name, "name", f));
    TRY(one_line(s->store, "store", f));
    if (lstat(ws.dir, &st) == 0)
        return fail(f, ERR_CONFLICT, "%s is there already; use it, or choose another directory", ws.dir);
    if (!is_directory(parent))
        return fail(f, ERR_NOT_FOUND, "%s is no directory", parent);
    set_paths(a, &ws);
    TRY(dir_make(ws.dir, 0700, f));
    TRY(dir_make(ws_path(a, &ws, "keys"), 0700, f));
    TRY(dir_make(ws_path(a, &ws, "content/tests"), 0700, f));
    ws.store_url = s->store.n ? str_z(a, s->store) : str_fmt(a, "sqlite:%s", ws_path(a, &ws, "attest.db")).p;
    err_t e = make_store(&ws, f);
    if (e != ERR_OK) {
        remove_empty(a, &ws);
        return e;
    }
    TRY(ledger_create(&ws.log, origin_of(a, ws.name), f));
    TRY(save_public_key(a, &ws, f));
    buf config = buf_new(a, CONFIG_MAX_BYTES);
    buf_puts(&config, S("# What this workspace is; `attest source` edits the sources.\nname: "));
    buf_puts(&config, ws.name);
    if (s->store.n) {
        buf_puts(&config, S("\nstore: "));
        buf_puts(&config, s->store);
    }
    buf_putc(&config, '\n');
    TRY(file_replace(ws_path(a, &ws, "config"), buf_str(&config), 0600, f));
    *ret_dir = ws.dir;
    return ERR_OK;
}

/* ---- finding one -------------------------------------------------------------- */

static const char *workspace_at(arena *a, const char *dir)
{
    size_t      n = strlen(dir);
    const char *inside = str_fmt(a, "%s/.attest", strcmp(dir, "/") == 0 ? "" : dir).p;
    if (is_directory(inside))
        return inside;
    if (n >= 7 && strcmp(dir + n - 7, ".attest") == 0 && is_directory(dir))
        return dir;
    return NULL;
}

err_t workspace_find(arena *a, const char *given, fault *f, const char **ret_dir)
{
    const char *start = given ? given : getenv("ATTEST_WORKSPACE");
    if (start && *start) {
        *ret_dir = workspace_at(a, start);
        return *ret_dir ? ERR_OK : fail(f, ERR_NOT_FOUND, "%s is no workspace; make one with: attest init %s", start, start);
    }
    char here[PATH_MAX];
    if (!getcwd(here, sizeof here))
        return fail_errno(f, errno, "cannot tell the working directory");
    for (;;) {
        *ret_dir = workspace_at(a, here);
        if (*ret_dir)
            return ERR_OK;
        char *slash = strrchr(here, '/');
        if (!slash || strcmp(here, "/") == 0)
            break;
        slash[slash == here] = '\0';
    }
    return fail(f, ERR_NOT_FOUND, "no workspace here or above; make one with: attest init");
}

/* ---- opening ------------------------------------------------------------------- */

static err_t read_setting(void *arg, str key, str setting, fault *f)
{
    workspace *ws = arg;
    fault      why = { 0 };
    bool       known;
    err_t      e = notify_setting(ws->a, &ws->notify, key, setting, &why, &known);
    if (e != ERR_OK)
        return fail(f, e, "%s/config: %s", ws->dir, why.text);
    if (known)
        return ERR_OK;
    if (str_eq(key, S("name")))
        ws->name = setting;
    else if (str_eq(key, S("store")))
        ws->store_url = str_z(ws->a, setting);
    else if (str_eq(key, S("syslog")) && !syslog_place_valid(ws->a, setting))
        return fail(f, ERR_INVALID, "%s/config: syslog: is a local socket, as /dev/log, or ADDRESS:PORT, as 192.0.2.7:514", ws->dir);
    else if (serve_setting_known(key))
        da_push(ws->a, &ws->settings) = (assignment){ key, setting };
    else if (!str_eq(key, S("source")))
        return fail(f, ERR_INVALID, "%s/config: there is no setting \"" STR_FMT "\"", ws->dir, STR_ARG(key));
    return ERR_OK;
}

/* The store must reach as far as what was signed. Cheap: no lock, no tree, no count; whether all is there, verify tells. */
static err_t compare_with_signed(workspace *ws, fault *f)
{
    str        signed_note, text;
    checkpoint cp;
    int64_t    n;
    TRY(file_read(ws->a, ws->log.signed_path, CONFIG_MAX_BYTES, f, &signed_note));
    text = signed_note;
    const char *blank = signed_note.n ? memmem(signed_note.p, signed_note.n, "\n\n", 2) : NULL;
    if (blank)
        text = str_sub(signed_note, 0, (size_t)(blank - signed_note.p) + 1);
    if (checkpoint_parse(ws->a, text, f, &cp) != ERR_OK)
        return ERR_CORRUPT;
    TRY(store_head(ws->st, f, &n));
    if ((uint64_t)n < cp.size)
        return fail(f, ERR_CORRUPT,
                    "the store holds %lld commits but %llu were signed: it is an older copy or was cut. Nothing was "
                    "changed. Restore a newer copy of the store, or, to see what is missing, run: attest verify",
                    (long long)n, (unsigned long long)cp.size);
    return ERR_OK;
}

enum { PAGE_QUERIES = 48 };

static err_t open_with(arena *a, const char *dir, open_mode mode, unsigned flags, fault *f, workspace **ret)
{
    workspace *ws = NEW(a, workspace);
    ws->a = a;
    ws->dir = str_z(a, str_of(dir));
    ws->mode = mode;
    ws->store_url = str_fmt(a, "sqlite:%s", ws_path(a, ws, "attest.db")).p;
    ws->name = S("workspace");
    set_paths(a, ws);
    TRY(config_each(a, ws_path(a, ws, "config"), f, read_setting, ws));
    /* Who stays open is asked the same pages again and again. */
    TRY(store_open(&(store_options){ .url = ws->store_url, .flags = flags | (mode == OPEN_WRITE ? STORE_WRITE : 0),
                                     .statements = flags & STORE_KEEP_SESSION ? PAGE_QUERIES : 0 }, f, &ws->st));
    err_t e = ERR_OK;
    if (mode == OPEN_WRITE) {
        e = compare_with_signed(ws, f);
        if (e == ERR_OK)
            e = ws_publish(ws, f);
    }
    if (e != ERR_OK) {
        workspace_close(ws);
        return e;
    }
    *ret = ws;
    return ERR_OK;
}

err_t workspace_open(arena *a, const char *dir, open_mode mode, fault *f, workspace **ret)
{
    return open_with(a, dir, mode, 0, f, ret);
}

err_t workspace_open_beside(arena *a, workspace *of, open_mode mode, fault *f, workspace **ret)
{
    const content *ct;
    const library *texts;
    workspace     *ws;
    TRY(app_content(of, f, &ct));
    TRY(app_library(of, f, &texts));
    TRY(ws_calendars(of, f));
    TRY(open_with(a, of->dir, mode, STORE_KEEP_SESSION, f, &ws));
    ws->content = ct;
    ws->library = of->library;
    ws->calendars = of->calendars;
    *ret = ws;
    return ERR_OK;
}

void workspace_close(workspace *ws)
{
    if (!ws)
        return;
    store_close(ws->st);
    ws->st = NULL;
}
