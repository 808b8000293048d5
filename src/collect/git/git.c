/* The git source: one repository, read only. No hook, filter or command runs. */
#include "collect/git/git.h"
#include "collect/source.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

void git_begin(git_source *s, const char *relation_name) { emit_begin(s->e, relation_find(str_of(relation_name))); }

person git_person(arena *a, const git_signature *sig)
{
    return sig ? person_of(a, str_of(sig->name), str_of(sig->email)) : person_of(a, S(""), S(""));
}

void git_emit_time(emit *e, const char *field_name, int64_t seconds)
{
    if (seconds > -62135596800 && seconds < 253402300800)      /* years 1 to 9999 */
        emit_time(e, field_name, SECONDS(seconds));
}

/* ---- names ----------------------------------------------------------------- */

str git_url_clean(arena *a, str url)
{
    for (size_t i = 0; i < url.n; i++)
        if (url.p[i] == '?' || url.p[i] == '#')
            url = str_sub(url, 0, i);
    const char *sep = url.n ? memmem(url.p, url.n, "://", 3) : NULL;
    if (!sep)
        return utf8_clean(a, url);
    size_t start = (size_t)(sep - url.p) + 3, end = start, at = start;
    while (end < url.n && url.p[end] != '/')
        end++;
    for (size_t i = start; i < end; i++)
        if (url.p[i] == '@')
            at = i + 1;
    return utf8_clean(a, str_fmt(a, STR_FMT STR_FMT, STR_ARG(str_sub(url, 0, start)), STR_ARG(str_sub(url, at, url.n))));
}

static str strip_name(str path)
{
    while (str_starts(path, S("/")))
        path = str_sub(path, 1, path.n);
    while (str_ends(path, S("/")))
        path = str_sub(path, 0, path.n - 1);
    return str_ends(path, S(".git")) ? str_sub(path, 0, path.n - 4) : path;
}

str git_url_name(arena *a, str url)
{
    str         clean = git_url_clean(a, url);
    const char *sep = clean.n ? memmem(clean.p, clean.n, "://", 3) : NULL;
    if (str_starts(clean, S("file://")))
        return S("");
    if (sep) {
        str rest = str_sub(clean, (size_t)(sep - clean.p) + 3, clean.n);
        str_cut(&rest, '/');
        return rest.p ? strip_name(rest) : S("");
    }
    const char *colon = clean.n ? memchr(clean.p, ':', clean.n) : NULL;      /* user@host:path */
    const char *slash = clean.n ? memchr(clean.p, '/', clean.n) : NULL;
    if (!colon || (slash && slash < colon))
        return S("");
    return strip_name(str_sub(clean, (size_t)(colon - clean.p) + 1, clean.n));
}

/* The address of origin, else of the first remote the configuration names. */
static str find_remote(git_source *s)
{
    git_config          *config = NULL;
    git_config_iterator *it = NULL;
    git_config_entry    *entry;
    str                  found = { 0 };
    bool                 origin = false;
    if (s->g.repository_config(&config, s->repo) == 0 && s->g.config_iterator_new(&it, config) == 0)
        while (!origin && s->g.config_next(&entry, it) == 0) {
            str name = str_of(entry->name);
            origin = str_eq(name, S("remote.origin.url"));
            if (origin || (!found.n && str_starts(name, S("remote.")) && str_ends(name, S(".url"))))
                found = str_dup(s->a, str_of(entry->value));
        }
    s->g.config_iterator_free(it);
    s->g.config_free(config);
    return found;
}

static void find_names(git_source *s, str url)
{
    const char *dir = s->g.repository_workdir(s->repo);
    char        real[PATH_MAX];
    dir = dir ? dir : s->g.repository_path(s->repo);
    s->path = str_dup(s->a, str_of(realpath(dir, real) ? real : dir));
    str base = s->path;
    for (size_t i = 0; i + 1 < base.n; i++)
        if (base.p[i] == '/') {
            base = str_sub(base, i + 1, base.n);
            i = SIZE_MAX;
        }
    s->name = git_url_name(s->a, url);
    if (!s->name.n)
        s->name = strip_name(base);
    if (!s->name.n)
        s->name = S("repository");
    s->name = str_dup(s->a, s->name);
}

/* ---- the default branch ----------------------------------------------------- */

/* Takes the commit `r` leads to. A branch that is there but leads nowhere is a
 * lack, never an empty history. */
static bool take_ref(git_source *s, const git_reference *r, const char *branch)
{
    git_object *o = NULL;
    if (s->g.reference_peel(&o, r, GIT_OBJECT_COMMIT) != 0) {
        s->tip_lack = str_fmt(s->a, "the tip of the branch cannot be read: %s", git_lib_error(&s->g)).p;
        return false;
    }
    s->tip = *s->g.object_id(o);
    s->branch = branch ? str_dup(s->a, str_of(branch)) : (str){ 0 };
    s->has_tip = true;
    s->g.object_free(o);
    return true;
}

static bool try_ref(git_source *s, const char *ref, const char *branch)
{
    git_reference *r = NULL;
    int            code = s->g.reference_lookup(&r, s->repo, ref);
    bool           found = code == 0 && take_ref(s, r, branch);
    if (code != 0 && code != GIT_ENOTFOUND)
        s->tip_lack = str_fmt(s->a, "%s: %s", ref, git_lib_error(&s->g)).p;
    s->g.reference_free(r);
    return found;
}

static bool try_origin_head(git_source *s)
{
    static const char prefix[] = "refs/remotes/origin/";
    git_reference    *r = NULL;
    bool              found = false;
    if (s->g.reference_lookup(&r, s->repo, "refs/remotes/origin/HEAD") == 0) {
        const char *target = s->g.reference_symbolic_target(r);
        if (target && strncmp(target, prefix, sizeof prefix - 1) == 0)
            found = try_ref(s, str_z(s->a, str_of(target)), target + sizeof prefix - 1);
    }
    s->g.reference_free(r);
    return found;
}

static void try_head(git_source *s)
{
    git_reference *head = NULL;
    git_strarray   refs = { 0 };
    const char    *branch = NULL;
    int            code = s->g.repository_head(&head, s->repo);
    if (code == 0) {
        if (s->g.branch_name(&branch, head) != 0)
            branch = NULL;
        take_ref(s, head, branch);
    } else if (code != GIT_EUNBORNBRANCH) {
        s->tip_lack = str_fmt(s->a, "HEAD: %s", git_lib_error(&s->g)).p;
    } else if (s->g.reference_list(&refs, s->repo) != 0 || refs.count) {
        s->tip_lack = "there are branches, but HEAD names none of them";
    }
    s->g.strarray_dispose(&refs);
    s->g.reference_free(head);
}

static void find_tip(git_source *s)
{
    static const struct { const char *ref, *branch; } usual[] = {
        { "refs/heads/main", "main" },     { "refs/remotes/origin/main", "main" },
        { "refs/heads/master", "master" }, { "refs/remotes/origin/master", "master" },
    };
    if (try_origin_head(s))
        return;
    for (size_t i = 0; i < COUNT(usual) && !s->tip_lack; i++)
        if (try_ref(s, usual[i].ref, usual[i].branch))
            return;
    if (!s->tip_lack)
        try_head(s);
}

static void find_shallow(git_source *s)
{
    str text, line;
    s->shallow_ids = map_new(s->a);
    const char *path = str_fmt(s->a, "%s/shallow", s->g.repository_commondir(s->repo)).p;
    if (file_slurp(s->a, path, 16 << 20, &text) != 0)
        return;
    while (str_line(&text, &line)) {
        uint8_t *id = NEW_ARRAY(s->a, uint8_t, GIT_OID_RAWSZ);
        if (hex_parse(line, id, GIT_OID_RAWSZ))
            *map_put(&s->shallow_ids, (str){ (const char *)id, GIT_OID_RAWSZ }) = id;
    }
    s->shallow = s->shallow_ids.n > 0;
}

/* ---- the repository itself ---------------------------------------------------- */

static void emit_repository(git_source *s, str url)
{
    char hex[GIT_OID_HEXSZ + 1];
    bool whole = s->h.lack == ST_OK;
    git_begin(s, "repository");
    emit_text(s->e, "repository", s->name);
    emit_text(s->e, "path", s->path);
    if (url.n)
        emit_text(s->e, "remote_url", git_url_clean(s->a, url));
    if (s->branch.n)
        emit_text(s->e, "default_branch", s->branch);
    if (s->has_tip)
        emit_z(s->e, "head", s->g.oid_tostr(hex, sizeof hex, &s->tip));
    if (whole) {
        emit_int(s->e, "commits", s->h.commits);
        emit_int(s->e, "contributors", s->h.contributors);
    }
    if (s->h.last_at)
        emit_time(s->e, "last_commit_at", s->h.last_at);
    emit_bool(s->e, "shallow", s->shallow);
    emit_row(s->e);
    emit_end(s->e, ST_OK);
}

static void collect_repository(git_source *s)
{
    str url = find_remote(s);
    find_names(s, url);
    find_shallow(s);
    find_tip(s);
    git_commit_log(s);
    emit_repository(s, url);
    git_changes(s);
    git_settings(s);
    git_secrets(s);
}

static const char *const all[] = { "change", "commit_log", "repository", "secret_finding", "source_control_setting" };

static void emit_nothing(git_source *s, collect_status lack, const char *path, const char *why)
{
    for (size_t i = 0; i < COUNT(all); i++) {
        git_begin(s, all[i]);
        emit_lack(s->e, lack, "%s: %s", path, why);
        emit_end(s->e, ST_OK);
    }
}

/* A source is configured because there is a repository: where none is found, as when
 * a disk is not mounted, its facts are not gone but not seen. */
static void emit_not_opened(git_source *s, int code, const char *path)
{
    const char *why = git_lib_error(&s->g);
    struct stat st;
    const char *dot_git = str_fmt(s->a, "%s/.git", path).p, *objects = str_fmt(s->a, "%s/objects", path).p;
    int         e = lstat(dot_git, &st) == 0 || lstat(objects, &st) == 0 ? 0 : errno;
    if (faccessat(AT_FDCWD, path, R_OK | X_OK, AT_EACCESS) != 0)
        e = errno;
    if (e == EACCES || e == EPERM)
        emit_nothing(s, ST_DENIED, path, "may not be read");
    else if (e == ENOENT && code == GIT_ENOTFOUND && stat(path, &st) == 0)
        emit_nothing(s, ST_ERROR, path, "no git repository is there");
    else if (strstr(why, "extension") || strstr(why, "repository version"))
        emit_nothing(s, ST_UNSUPPORTED, path, why);
    else
        emit_nothing(s, ST_ERROR, path, stat(path, &st) == 0 ? why : "no such directory");
}

void collect_git(const collect_env *env, emit *e)
{
    git_source  s = { .env = env, .e = e, .a = env->a };
    const char *path = env->argument && env->argument[0] ? env->argument : ".";
    const char *missing = git_lib_open(s.a, &s.g);
    if (missing) {
        emit_nothing(&s, ST_UNSUPPORTED, "git", missing);
        return;
    }
    int code = s.g.repository_open_ext(&s.repo, path, GIT_REPOSITORY_OPEN_NO_SEARCH, NULL);
    if (code == 0)
        collect_repository(&s);
    else
        emit_not_opened(&s, code, path);
    s.g.repository_free(s.repo);
    git_lib_close(&s.g);
}
