#include "collect/host/identity.h"

#include <errno.h>
#include <unistd.h>

extern const relation relation_account;

enum { FILE_MAX = 64 << 20, DAYS_NEVER = 99999 };

/* ---- loading ------------------------------------------------------------------ */

static size_t lines_in(str text)
{
    size_t n = 1;
    for (size_t i = 0; i < text.n; i++)
        n += text.p[i] == '\n';
    return n;
}

static void note_line(identity *x, conf_notes *notes, line_kind kind, const char *path, int64_t line)
{
    if (kind == LINE_NIS)
        conf_note_text(x->a, notes, "%s:%lld asks a directory, whose entries are not listed here", path, (long long)line);
    if (kind == LINE_BROKEN)
        conf_note_text(x->a, notes, "%s:%lld cannot be read", path, (long long)line);
}

static int load_text(identity *x, const char *path, str *ret)
{
    *ret = S("");
    return env_read(x->a, x->env, path, FILE_MAX, ret);
}

static void load_shadow(identity *x)
{
    str     text, line;
    int64_t n = 0;
    x->shadow_err = load_text(x, "/etc/shadow", &text);
    x->shadows = map_new(x->a);
    shadow_entry *all = NEW_ARRAY(x->a, shadow_entry, lines_in(text)), *next = all;
    while (str_line(&text, &line)) {
        line_kind kind = shadow_parse(line, next);
        note_line(x, &x->shadow_notes, kind, "/etc/shadow", ++n);
        if (kind != LINE_ENTRY)
            continue;
        void **slot = map_put(&x->shadows, next->login);
        if (!*slot)                      /* the first line of a login is the one that counts */
            *slot = next++;
    }
}

static void load_passwd(identity *x)
{
    str          text, line;
    int64_t      n = 0;
    passwd_entry pw;
    x->passwd_err = load_text(x, "/etc/passwd", &text);
    x->by_login = map_new(x->a);
    x->accounts = NEW_ARRAY(x->a, login_row, lines_in(text));
    while (str_line(&text, &line)) {
        line_kind kind = passwd_parse(line, &pw);
        note_line(x, &x->passwd_notes, kind, "/etc/passwd", ++n);
        if (kind != LINE_ENTRY)
            continue;
        void **slot = map_put(&x->by_login, pw.login);
        if (*slot) {
            login_row *first = *slot;
            first->administrator = first->administrator || pw.uid == 0;
            conf_note_text(x->a, &x->passwd_notes, "/etc/passwd:%lld repeats the login " STR_FMT "; the first line counts",
                           (long long)n, STR_ARG(pw.login));
            continue;
        }
        login_row *r = &x->accounts[x->n_accounts++];
        *r = (login_row){ .pw = pw, .shadow = map_get(&x->shadows, pw.login), .administrator = pw.uid == 0 };
        *slot = r;
    }
}

static void load_group(identity *x)
{
    str     text, line;
    int64_t n = 0;
    x->group_err = load_text(x, "/etc/group", &text);
    x->groups = NEW_ARRAY(x->a, group_row, lines_in(text));
    while (str_line(&text, &line)) {
        group_entry g;
        line_kind   kind = group_parse(line, &g);
        note_line(x, &x->group_notes, kind, "/etc/group", ++n);
        if (kind == LINE_ENTRY)
            x->groups[x->n_groups++] = (group_row){ .g = g };
    }
}

static void load_nsswitch(identity *x)
{
    static const char *const local[] = { "files", "systemd", "compat", "db", "altfiles", "extrausers", "cache" };
    str text, line, name, val;
    if (x->files.read(x->files.arg, x->a, "/etc/nsswitch.conf", &text))
        return;
    while (str_line(&text, &line)) {
        if (!conf_pair(line, ':', &name, &val))
            continue;
        str *to = str_eq(name, S("passwd")) ? &x->directories_passwd
                  : str_eq(name, S("group")) ? &x->directories_group
                  : str_eq(name, S("sudoers")) ? &x->directories_sudo : NULL;
        for (str w = str_word(&val); to && w.n; w = str_word(&val)) {
            bool is_local = w.p[0] == '[' || w.p[w.n - 1] == ']';
            for (size_t i = 0; i < COUNT(local); i++)
                is_local = is_local || str_eq(w, str_of(local[i]));
            if (!is_local)
                *to = to->n ? str_fmt(x->a, STR_FMT " " STR_FMT, STR_ARG(*to), STR_ARG(w)) : w;
        }
    }
}

static void load_login_defs(identity *x)
{
    str text, line, name, val;
    x->uid_min = 1000;
    x->uid_max = 60000;
    if (x->files.read(x->files.arg, x->a, "/etc/login.defs", &text))
        return;
    while (str_line(&text, &line)) {
        if (!conf_pair(line, ' ', &name, &val))
            continue;
        if (str_eq(name, S("UID_MIN")))
            parse_int(val, 0, UINT32_MAX, &x->uid_min);
        if (str_eq(name, S("UID_MAX")))
            parse_int(val, 0, UINT32_MAX, &x->uid_max);
    }
}

void identity_load_accounts(identity *x)
{
    load_shadow(x);
    load_passwd(x);
    load_group(x);
    load_nsswitch(x);
    load_login_defs(x);
}

/* ---- fields ------------------------------------------------------------------- */

static bool login_shell(str shell)
{
    static const char *const closed[] = { "nologin", "false", "true", "sync", "halt", "shutdown" };
    size_t slash = shell.n;
    while (slash && shell.p[slash - 1] != '/')
        slash--;
    for (size_t i = 0; i < COUNT(closed); i++)
        if (str_eq(str_sub(shell, slash, shell.n), str_of(closed[i])))
            return false;
    return true;                         /* an empty field means /bin/sh */
}

/* The stored password, from shadow or, when that is how it stands, from passwd; false when unknown. */
static bool stored_hash(const identity *x, const login_row *r, str *ret)
{
    *ret = r->pw.password;
    if (!str_eq(r->pw.password, S("x")))
        return true;
    if (x->shadow_err)
        return false;
    *ret = r->shadow ? r->shadow->hash : S("*");
    return true;
}

static bool expired(const identity *x, const shadow_entry *s)
{
    int64_t today = x->env->now / DAYS(1);
    if (s->expire_days != SHADOW_EMPTY && s->expire_days <= today)
        return true;
    return s->max_days != SHADOW_EMPTY && s->max_days < DAYS_NEVER && s->inactive_days != SHADOW_EMPTY
           && s->changed_days > 0 && s->changed_days + s->max_days + s->inactive_days < today;
}

static yes_no is_active(const identity *x, const login_row *r)
{
    str hash;
    if (!login_shell(r->pw.shell))
        return NO;
    bool known = stored_hash(x, r, &hash);
    if (r->shadow && expired(x, r->shadow))
        return NO;
    if (!known)
        return UNKNOWN;
    const char *state = password_state(hash);
    if (strcmp(state, "set") == 0 || strcmp(state, "empty") == 0)
        return YES;
    if (r->keys == KEYS_UNKNOWN)
        return UNKNOWN;
    return r->keys > 0 ? YES : NO;
}

static yes_no mfa_with(const identity *x, yes_no has_keys)
{
    bool unread = (x->pam.err && x->pam.err != ENOENT) || x->pam.notes.n > 0;
    if (!x->sshd_there)
        return unread ? UNKNOWN : mfa_pam_requires(&x->pam, S("login")) ? YES : NO;
    if (x->sshd.n == 0 || x->sshd_file.notes.n > 0)
        return UNKNOWN;
    yes_no without_pam = mfa_ssh(&x->sshd, &x->sshd_file, false, has_keys);
    if (unread)
        return without_pam == YES ? YES : UNKNOWN;
    return mfa_ssh(&x->sshd, &x->sshd_file, mfa_pam_requires(&x->pam, S("sshd")), has_keys);
}

static void emit_password(identity *x, const login_row *r)
{
    emit *e = x->e;
    str   hash;
    if (stored_hash(x, r, &hash)) {
        emit_z(e, "password_state", password_state(hash));
        emit_z(e, "password_hash", password_scheme(hash));
    }
    const shadow_entry *s = r->shadow;
    if (!s)
        return;
    if (s->changed_days > 0)             /* 0 asks for a new password at the next sign-in */
        emit_time(e, "password_changed_at", DAYS(s->changed_days));
    emit_int(e, "password_max_days", s->max_days == SHADOW_EMPTY ? DAYS_NEVER : s->max_days);
    emit_int(e, "password_min_days", s->min_days == SHADOW_EMPTY ? 0 : s->min_days);
    emit_int(e, "password_inactive_days", s->inactive_days);
    emit_bool(e, "expires", s->expire_days != SHADOW_EMPTY);
    if (s->expire_days != SHADOW_EMPTY)
        emit_time(e, "expires_at", DAYS(s->expire_days));
}

static void emit_sign_ins(identity *x, const logins *l, const login_row *r)
{
    time_us    at;
    login_seen seen = logins_find(l, r->pw.login, r->pw.uid, &at);
    if (seen != LOGIN_UNKNOWN)
        emit_bool(x->e, "logged_in", seen != LOGIN_NEVER);
    if (seen == LOGIN_AT)
        emit_time(x->e, "last_login_at", at);
}

static void emit_yes_no(emit *e, const char *field_name, yes_no v)
{
    if (v != UNKNOWN)
        emit_bool(e, field_name, v == YES);
}

/* The first part of the comment field; room and telephone numbers follow. */
static str full_name(str gecos)
{
    return gecos.n ? str_trim(str_cut(&gecos, ',')) : gecos;
}

static void emit_account(identity *x, const logins *l, const login_row *r)
{
    emit *e = x->e;
    bool  human = r->pw.uid == 0 || (r->pw.uid >= x->uid_min && r->pw.uid <= x->uid_max);
    emit_text(e, "system", x->env->system);
    emit_text(e, "login", r->pw.login);
    emit_int(e, "uid", r->pw.uid);
    emit_int(e, "gid", r->pw.gid);
    emit_text(e, "full_name", full_name(r->pw.full_name));
    emit_z(e, "kind", human ? "human" : "service");
    emit_yes_no(e, "active", is_active(x, r));
    emit_yes_no(e, "privileged", r->administrator ? YES : r->maybe);
    emit_yes_no(e, "mfa", x->mfa[r->keys == KEYS_UNKNOWN ? UNKNOWN : r->keys > 0 ? YES : NO]);
    emit_z(e, "origin", "local");
    emit_text(e, "shell", r->pw.shell.n ? r->pw.shell : S("/bin/sh"));
    emit_text(e, "home", r->pw.home);
    emit_password(x, r);
    emit_sign_ins(x, l, r);
    if (r->keys != KEYS_UNKNOWN)
        emit_int(e, "ssh_keys", r->keys);
    emit_row(e);
}

static void tell_lacks(identity *x, const logins *l)
{
    emit *e = x->e;
    if (x->passwd_err)
        emit_lack_errno(e, x->passwd_err, "/etc/passwd");
    if (x->shadow_err)
        emit_lack_errno(e, x->shadow_err, "/etc/shadow");
    conf_notes_emit(e, &x->passwd_notes);
    conf_notes_emit(e, &x->shadow_notes);
    if (x->directories_passwd.n)
        emit_lack(e, ST_PARTIAL, "accounts of " STR_FMT " are not listed here", STR_ARG(x->directories_passwd));
    if (l->denied)
        emit_lack_errno(e, l->denied, "/var/log/lastlog or wtmp");
    if (l->newer)
        emit_lack(e, ST_PARTIAL, "sign-ins are kept in a wtmpdb or lastlog2 database, which is not read");
}

void identity_accounts(identity *x)
{
    logins l;
    logins_open(x->a, x->env, &l);
    emit_begin(x->e, &relation_account);
    tell_lacks(x, &l);
    for (yes_no keys = NO; keys <= UNKNOWN; keys++)
        x->mfa[keys] = mfa_with(x, keys);
    for (size_t i = 0; i < x->n_accounts; i++)
        emit_account(x, &l, &x->accounts[i]);
    emit_end(x->e, ST_OK);
    logins_close(&l);
}
