#include "collect/host/authkey.h"
#include "collect/host/identity.h"

#include <errno.h>
#include <sys/stat.h>

extern const relation relation_ssh_key;

enum { KEY_FILE_MAX = 1 << 20, PATTERNS_MAX = 8 };

typedef struct {
    identity *x;
    hasher   *h;
    arena    *scratch;                   /* emptied after each account */
    map       directories;               /* path -> map of its names */
    conf_strs patterns;                  /* of AuthorizedKeysFile */
    bool      more_elsewhere;            /* keys also come from a command or a certificate authority */
    bool      forced;                    /* ForceCommand for everyone */
} key_reader;

/* Whether `path` is in its directory, by one listing a directory: most homes of
 * a large passwd file do not exist, and asking for each would take longer than
 * all the rest. When the directory cannot be listed the answer is yes. */
static bool may_exist(key_reader *k, str path)
{
    identity  *x = k->x;
    while (path.n && path.p[path.n - 1] == '/')
        path.n--;
    size_t     slash = path.n;
    while (slash && path.p[slash - 1] != '/')
        slash--;
    if (slash == 0)
        return path.n == 0;              /* the root directory itself */
    str        dir = slash > 1 ? str_sub(path, 0, slash - 1) : S("/");
    const map *known = map_get(&k->directories, dir);
    if (!known) {
        str   *names;
        size_t n;
        map   *m = NEW(x->a, map);
        int    e = env_names(x->a, x->env, str_z(x->a, dir), &names, &n);
        *m = map_new(x->a);
        for (size_t i = 0; !e && i < n; i++)
            *map_put(m, names[i]) = x;
        if (e && e != ENOENT && e != ENOTDIR)
            *map_put(m, S("/")) = x;     /* no name holds a slash: marks what could not be listed */
        *map_put(&k->directories, str_dup(x->a, dir)) = m;
        known = m;
    }
    return map_get(known, str_sub(path, slash, path.n)) || map_get(known, S("/"));
}

/* sshd's %h %u %U %% in AuthorizedKeysFile; a relative path starts at the home. */
static str key_path(key_reader *k, str pattern, const passwd_entry *pw)
{
    buf b = buf_new(k->scratch, 4096);
    if (pattern.n && pattern.p[0] != '/' && !str_starts(pattern, S("%h"))) {
        buf_puts(&b, pw->home);
        buf_putc(&b, '/');
    }
    for (size_t i = 0; i < pattern.n; i++) {
        char next = pattern.p[i] == '%' && i + 1 < pattern.n ? pattern.p[i + 1] : 0;
        i += next != 0;
        if (next == 'h')
            buf_puts(&b, pw->home);
        else if (next == 'u')
            buf_puts(&b, pw->login);
        else if (next == 'U')
            buf_int(&b, pw->uid);
        else if (next == '%' || !next)
            buf_putc(&b, pattern.p[i]);
    }
    if (b.n == 0 || b.overflow || memchr(b.p, 0, b.n))
        return S("");
    return (str){ buf_z(&b), b.n };
}

static bool others_write(const key_reader *k, const char *path, int64_t owner)
{
    struct stat st;
    if (stat(env_path(k->scratch, k->x->env, path), &st) != 0)
        return false;
    return (st.st_mode & 022) != 0 || (st.st_uid != 0 && (int64_t)st.st_uid != owner);
}

/* The file and the directories above it up to the home (or the file's own, outside one). */
static bool writable_by_others(const key_reader *k, str path, const passwd_entry *pw)
{
    char *at = str_z(k->scratch, path);
    bool  inside = pw->home.n > 1 && str_starts(path, pw->home);
    for (;;) {
        if (others_write(k, at, pw->uid))
            return true;
        char *slash = strrchr(at, '/');
        if (!slash || slash == at || (inside && str_eq(str_of(at), pw->home)))
            return false;
        *slash = '\0';
        if (!inside)
            return others_write(k, at, pw->uid);
    }
}

static void emit_key(const key_reader *k, const login_row *r, str path, const authkey *key, bool writable)
{
    emit *e = k->x->e;
    emit_text(e, "system", k->x->env->system);
    emit_text(e, "login", r->pw.login);
    emit_text(e, "fingerprint", key->fingerprint);
    emit_text(e, "path", path);
    emit_text(e, "type", key->type);
    if (key->bits)
        emit_int(e, "bits", key->bits);
    emit_text(e, "comment", key->comment);
    emit_bool(e, "forced_command", key->forced_command || k->forced);
    emit_bool(e, "source_limited", key->source_limited);
    emit_bool(e, "writable_by_others", writable);
    emit_row(e);
}

static void read_keys(key_reader *k, login_row *r, str path, str text)
{
    str     line;
    map     seen = map_new(k->scratch);
    bool    writable = writable_by_others(k, path, &r->pw);
    authkey key;
    while (str_line(&text, &line)) {
        if (line.n > 64 << 10 || !authkey_parse(k->scratch, k->h, line, &key))
            continue;
        void **slot = map_put(&seen, key.fingerprint);
        if (*slot)
            continue;
        *slot = k;
        emit_key(k, r, path, &key, writable);
        if (r->keys != KEYS_UNKNOWN)
            r->keys++;
    }
}

static void read_account(key_reader *k, login_row *r)
{
    bool home_there = r->pw.home.n && r->pw.home.p[0] == '/' && may_exist(k, r->pw.home);
    r->keys = k->more_elsewhere ? KEYS_UNKNOWN : 0;
    for (size_t i = 0; i < k->patterns.n; i++) {
        str text, path = key_path(k, k->patterns.v[i], &r->pw);
        bool under = r->pw.home.n && str_starts(path, r->pw.home);
        if (path.n == 0 || path.p[0] != '/' || (under ? !home_there : !may_exist(k, path)))
            continue;
        int e = env_read(k->scratch, k->x->env, path.p, KEY_FILE_MAX, &text);
        if (e == ENOENT || e == ENOTDIR)
            continue;
        if (e) {
            r->keys = KEYS_UNKNOWN;
            emit_lack_errno(k->x->e, e, path.p);
            continue;
        }
        read_keys(k, r, path, text);
    }
    arena_reset(k->scratch);
}

static void set_patterns(key_reader *k)
{
    identity *x = k->x;
    str       files = sshd_get(&x->sshd, S("authorizedkeysfile"));
    str       command = sshd_get(&x->sshd, S("authorizedkeyscommand")), ca = sshd_get(&x->sshd, S("trustedusercakeys"));
    str       forced = sshd_get(&x->sshd, S("forcecommand"));
    if (files.n == 0)
        files = S(".ssh/authorized_keys .ssh/authorized_keys2");
    for (str w = str_word(&files); w.n && k->patterns.n < PATTERNS_MAX; w = str_word(&files))
        if (!str_eq(w, S("none")))
            da_push(x->a, &k->patterns) = w;
    k->forced = forced.n && !str_eq(forced, S("none"));
    for (size_t i = 0; i < x->sshd_file.lines.n; i++)  /* a Match block may name other files for some */
        if (x->sshd_file.lines.v[i].match.n && str_starts(x->sshd_file.lines.v[i].name, S("authorizedkeys")))
            command = S("match");
    k->more_elsewhere = (command.n && !str_eq(command, S("none"))) || (ca.n && !str_eq(ca, S("none")));
    if (k->more_elsewhere)
        emit_lack(x->e, ST_PARTIAL, "sshd also takes keys from AuthorizedKeysCommand, TrustedUserCAKeys or a Match block, which are not listed");
    if (x->sshd_there && x->sshd.n == 0) {
        k->more_elsewhere = true;
        emit_lack_errno(x->e, x->sshd_file.err ? x->sshd_file.err : EIO, "/etc/ssh/sshd_config");
    }
}

void identity_keys(identity *x)
{
    auto_hasher hasher *h = hasher_new();
    auto_arena arena   *scratch = arena_new(64 << 20);
    key_reader k = { .x = x, .h = h, .scratch = scratch, .directories = map_new(x->a) };
    emit_begin(x->e, &relation_ssh_key);
    if (x->passwd_err)
        emit_lack_errno(x->e, x->passwd_err, "/etc/passwd");
    set_patterns(&k);
    for (size_t i = 0; i < x->n_accounts; i++)
        read_account(&k, &x->accounts[i]);
    emit_end(x->e, ST_OK);
}
