/* source_control_setting: the safeguards that the files of the default branch show. */
#include "collect/git/git.h"
#include "collect/git/secret.h"

#include <unistd.h>

enum { FILES_MAX = 500000, SHOWN_MAX = 5, PINNED_MAX_BYTES = 256 << 10 };

typedef enum { CODEOWNERS, CI, IGNORE_FILE, DEPENDENCY_UPDATES, SECURITY_POLICY, LICENSE, HOOKS, N_FOUND } found_kind;

static const char *const kind_names[] = {
    [CODEOWNERS] = "codeowners", [CI] = "ci", [IGNORE_FILE] = "ignore_file", [DEPENDENCY_UPDATES] = "dependency_updates",
    [SECURITY_POLICY] = "security_policy", [LICENSE] = "license", [HOOKS] = "hooks",
};

/* A path that begins so; ending in / it is a directory, in * any rest of the name, else the whole path. */
static const struct { found_kind kind; const char *path; } places[] = {
    { CODEOWNERS, "CODEOWNERS" }, { CODEOWNERS, ".github/CODEOWNERS" }, { CODEOWNERS, "docs/CODEOWNERS" },
    { CODEOWNERS, ".gitlab/CODEOWNERS" }, { CODEOWNERS, ".gitea/CODEOWNERS" },
    { CI, ".github/workflows/" }, { CI, ".gitlab-ci.yml" }, { CI, ".ci/" }, { CI, "Jenkinsfile" }, { CI, ".circleci/config.yml" },
    { CI, ".travis.yml" }, { CI, "azure-pipelines.yml" }, { CI, ".azure-pipelines/" }, { CI, "bitbucket-pipelines.yml" },
    { CI, ".drone.yml" }, { CI, ".woodpecker.y*" }, { CI, ".woodpecker/" }, { CI, ".buildkite/" }, { CI, ".cirrus.yml" },
    { CI, "appveyor.yml" }, { CI, ".appveyor.yml" }, { CI, ".forgejo/workflows/" }, { CI, ".gitea/workflows/" },
    { CI, ".builds/" }, { CI, ".build.yml" }, { CI, "cloudbuild.y*" }, { CI, ".tekton/" }, { CI, "buildspec.yml" },
    { IGNORE_FILE, ".gitignore" },
    { DEPENDENCY_UPDATES, ".github/dependabot.y*" }, { DEPENDENCY_UPDATES, "renovate.json*" },
    { DEPENDENCY_UPDATES, ".github/renovate.json*" }, { DEPENDENCY_UPDATES, ".gitlab/renovate.json*" },
    { DEPENDENCY_UPDATES, ".renovaterc*" },
    { SECURITY_POLICY, "SECURITY" }, { SECURITY_POLICY, "SECURITY.*" }, { SECURITY_POLICY, ".github/SECURITY.*" },
    { SECURITY_POLICY, "docs/SECURITY.*" }, { SECURITY_POLICY, ".well-known/security.txt" },
    { LICENSE, "LICENSE*" }, { LICENSE, "LICENCE*" }, { LICENSE, "COPYING*" }, { LICENSE, "LICENSES/" },
    { HOOKS, ".pre-commit-config.y*" }, { HOOKS, ".husky/" }, { HOOKS, "lefthook.y*" }, { HOOKS, ".lefthook.y*" },
    { HOOKS, ".githooks/" }, { HOOKS, ".overcommit.yml" },
};

/* What names dependencies, and what pins them. */
static const struct { const char *system; const char *manifests[4], *locks[7]; } systems[] = {
    { "npm", { "package.json" }, { "package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", "bun.lock", "bun.lockb" } },
    { "cargo", { "Cargo.toml" }, { "Cargo.lock" } },
    { "go", { "go.mod" }, { "go.sum", "go.mod" } },              /* go.mod alone pins where nothing else is needed */
    { "python", { "Pipfile", "pyproject.toml", "requirements.txt" },
      { "poetry.lock", "Pipfile.lock", "uv.lock", "pdm.lock", "pylock.toml", "requirements.txt" } },
    { "composer", { "composer.json" }, { "composer.lock" } },
    { "bundler", { "Gemfile" }, { "Gemfile.lock" } },
    { "mix", { "mix.exs" }, { "mix.lock" } },
    { "pub", { "pubspec.yaml" }, { "pubspec.lock" } },
    { "swift", { "Package.swift" }, { "Package.resolved" } },
    { "flake", { "flake.nix" }, { "flake.lock" } },
    { "nuget", { "packages.config" }, { "packages.lock.json" } },
    { "deno", { "deno.json", "deno.jsonc" }, { "deno.lock" } },
};

typedef struct {
    git_source *s;
    int64_t     files;
    struct { buf text; int n; } found[N_FOUND];
    bool        manifest[COUNT(systems)], lock[COUNT(systems)];
    buf         locks;
} survey;

static bool place_is(const char *place, const char *path)
{
    size_t n = strlen(place);
    if (place[n - 1] == '/')
        return strncmp(path, place, n) == 0;
    if (place[n - 1] == '*')
        return strncmp(path, place, n - 1) == 0 && !strchr(path + n - 1, '/');
    return strcmp(path, place) == 0;
}

static void add_name(buf *b, int *n, const char *name)
{
    if (++*n > SHOWN_MAX)
        return;
    if (b->n)
        buf_puts(b, S(", "));
    buf_putz(b, name);
}

/* Each requirement must name its one version, or it pins nothing. */
static bool requirements_pinned(str text)
{
    str    line;
    size_t pins = 0;
    while (str_line(&text, &line)) {
        line = str_trim(line);
        if (line.n == 0 || line.p[0] == '#' || line.p[0] == '-')
            continue;
        if (!str_contains(line, S("==")) && !str_contains(line, S(" @ ")))
            return false;
        pins++;
    }
    return pins > 0;
}

static bool is_pinned(survey *v, const git_tree_entry *entry)
{
    git_source *s = v->s;
    git_blob   *blob = NULL;
    bool        pinned = s->g.blob_lookup(&blob, s->repo, s->g.tree_entry_id(entry)) == 0 &&
                  s->g.blob_rawsize(blob) <= PINNED_MAX_BYTES &&
                  requirements_pinned((str){ s->g.blob_rawcontent(blob), (size_t)s->g.blob_rawsize(blob) });
    s->g.blob_free(blob);
    return pinned;
}

static bool is_among(const char *name, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n && list[i]; i++)
        if (strcmp(name, list[i]) == 0)
            return true;
    return false;
}

static void look_for_locks(survey *v, const git_tree_entry *entry, const char *path)
{
    const char *name = v->s->g.tree_entry_name(entry);
    if (path_is_test_data(str_of(path)) || strstr(path, "node_modules/") || strstr(path, "vendor/"))
        return;
    for (size_t i = 0; i < COUNT(systems); i++) {
        bool lock = is_among(name, systems[i].locks, COUNT(systems[i].locks));
        if (lock && strcmp(name, "requirements.txt") == 0)
            lock = is_pinned(v, entry);
        v->manifest[i] |= is_among(name, systems[i].manifests, COUNT(systems[i].manifests));
        if (!lock)
            continue;
        v->lock[i] = true;
        if (v->locks.n < 1000) {
            if (v->locks.n)
                buf_puts(&v->locks, S(", "));
            buf_putz(&v->locks, path);
        }
    }
}

static int on_entry(const char *root, const git_tree_entry *entry, void *arg)
{
    survey           *v = arg;
    auto_arena arena *t = arena_new(1 << 20);
    if (v->s->g.tree_entry_type(entry) != GIT_OBJECT_BLOB)
        return 0;
    const char *path = str_fmt(t, "%s%s", root, v->s->g.tree_entry_name(entry)).p;
    for (size_t i = 0; i < COUNT(places); i++)
        if (place_is(places[i].path, path))
            add_name(&v->found[places[i].kind].text, &v->found[places[i].kind].n, path);
    look_for_locks(v, entry, path);
    return ++v->files > FILES_MAX ? -1 : 0;
}

static void survey_tip(survey *v)
{
    git_source *s = v->s;
    git_commit *c = NULL;
    git_tree   *tree = NULL;
    if (s->g.commit_lookup(&c, s->repo, &s->tip) != 0 || s->g.commit_tree(&tree, c) != 0 ||
        (s->g.tree_walk(tree, GIT_TREEWALK_PRE, on_entry, v) < 0 && v->files <= FILES_MAX))
        emit_lack(s->e, ST_ERROR, "the files of the default branch cannot be read: %s", git_lib_error(&s->g));
    if (v->files > FILES_MAX)
        emit_lack(s->e, ST_PARTIAL, "only the first %d files were looked at", FILES_MAX);
    s->g.tree_free(tree);
    s->g.commit_free(c);
}

/* Hooks of this copy, and where its configuration says they are. */
static void survey_hooks(survey *v, git_config *config)
{
    git_source *s = v->s;
    git_buf     path = { 0 };
    str        *names;
    size_t      n;
    buf        *text = &v->found[HOOKS].text;
    int        *count = &v->found[HOOKS].n;
    if (config && s->g.config_get_string_buf(&path, config, "core.hooksPath") == 0)
        add_name(text, count, str_fmt(s->a, "core.hooksPath=%s", path.ptr).p);
    s->g.buf_dispose(&path);
    const char *dir = str_fmt(s->a, "%s/hooks", s->g.repository_commondir(s->repo)).p;
    if (dir_names(s->a, dir, 1000, &names, &n) != 0)
        return;
    for (size_t i = 0; i < n; i++) {
        const char *full = str_fmt(s->a, "%s/" STR_FMT, dir, STR_ARG(names[i])).p;
        if (!str_ends(names[i], S(".sample")) && access(full, X_OK) == 0)
            add_name(text, count, str_fmt(s->a, ".git/hooks/" STR_FMT, STR_ARG(names[i])).p);
    }
}

static void emit_setting(git_source *s, const char *name, bool present, str what)
{
    emit_text(s->e, "repository", s->name);
    emit_z(s->e, "name", name);
    emit_bool(s->e, "present", present);
    if (what.n)
        emit_text(s->e, "value", what);
    emit_row(s->e);
}

static void emit_found(survey *v, found_kind k)
{
    buf *b = &v->found[k].text;
    if (v->found[k].n > SHOWN_MAX)
        buf_fmt(b, " and %d more", v->found[k].n - SHOWN_MAX);
    emit_setting(v->s, kind_names[k], v->found[k].n > 0, buf_str(b));
}

/* Only where something names dependencies; each such system needs its lock. */
static void emit_locks(survey *v)
{
    bool any = false, all = true;
    for (size_t i = 0; i < COUNT(systems); i++) {
        any |= v->manifest[i];
        if (!v->manifest[i] || v->lock[i])
            continue;
        all = false;
        buf_fmt(&v->locks, "%snone for %s", v->locks.n ? ", " : "", systems[i].system);
    }
    if (any)
        emit_setting(v->s, "lock_file", all, buf_str(&v->locks));
}

/* Signing counts as present when the copy is set to sign or all of the latest commits are signed. */
static void emit_signing(git_source *s, git_config *config)
{
    int      sign = 0;
    str      what = { 0 };
    history *h = &s->h;
    if (config && s->g.config_get_bool(&sign, config, "commit.gpgsign") != 0)
        sign = 0;
    if (h->latest)
        what = str_fmt(s->a, "%s%lld of the latest %lld commits are signed", sign ? "commit.gpgsign; " : "",
                        (long long)h->latest_signed, (long long)h->latest);
    else if (sign)
        what = S("commit.gpgsign");
    emit_setting(s, "signing", sign || (h->latest && h->latest_signed == h->latest), what);
}

void git_settings(git_source *s)
{
    survey      v = { .s = s, .locks = buf_new(s->a, 4096) };
    git_config *config = NULL;
    git_begin(s, "source_control_setting");
    for (found_kind k = 0; k < N_FOUND; k++)
        v.found[k].text = buf_new(s->a, 64 << 10);
    if (s->tip_lack)
        emit_lack(s->e, ST_ERROR, "%s", s->tip_lack);
    if (s->has_tip)
        survey_tip(&v);
    if (s->g.repository_config(&config, s->repo) != 0) {
        config = NULL;
        emit_lack(s->e, ST_ERROR, "the configuration cannot be read: %s", git_lib_error(&s->g));
    }
    survey_hooks(&v, config);
    for (found_kind k = 0; k < N_FOUND && !s->tip_lack; k++)
        emit_found(&v, k);
    if (!s->tip_lack) {
        emit_locks(&v);
        emit_signing(s, config);
    }
    s->g.config_free(config);
    emit_end(s->e, ST_OK);
}
