/* The git source over real repositories, made here by git itself. */
#include "collect/git/git.h"
#include "collect/source.h"
#include "collect_test.h"

#include <spawn.h>
#include <sys/wait.h>

/* libgit2 1.5 forgets a match of its own when it reads extensions. */
__attribute__((visibility("default"))) const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void) { return "leak:libpcre2"; }

typedef struct {
    arena      *a;
    const char *root;
} place;

static place *place_new(void)
{
    arena *a = arena_new(512 << 20);
    place *p = NEW(a, place);
    p->a = a;
    p->root = ct_tree_new(a);
    return p;
}

static void place_free(place *p)
{
    ct_tree_free(p->root);
    arena_free(p->a);
}
GUARD_DEFINE(place, place_free)
#define auto_place GUARD(place_free)

/* Commands for the shell in the place: `as NAME commit ...` is git as that
 * person, each commit an hour after the one before. */
static void sh(const place *p, const char *commands)
{
    static const char prelude[] =
        "set -e\nexport GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null LC_ALL=C\n"
        "tick() { t=$(cat .tick 2>/dev/null || echo 1767225600); t=$((t+3600)); echo $t >.tick; export GIT_AUTHOR_DATE=\"$t +0000\" GIT_COMMITTER_DATE=\"$t +0000\"; }\n"
        "as() { who=$1; shift; tick; GIT_AUTHOR_NAME=$who GIT_AUTHOR_EMAIL=$who@example.org GIT_COMMITTER_NAME=$who GIT_COMMITTER_EMAIL=$who@example.org git -C repo \"$@\"; }\n"
        "web() { who=$1; shift; tick; GIT_AUTHOR_NAME=$who GIT_AUTHOR_EMAIL=$who@example.org GIT_COMMITTER_NAME=GitHub GIT_COMMITTER_EMAIL=noreply@github.com git -C repo \"$@\"; }\n"
        "new() { mkdir -p repo; git -C repo init -q -b main; }\n"
        "put() { mkdir -p \"repo/$(dirname \"$1\")\"; printf '%s\\n' \"$2\" >\"repo/$1\"; git -C repo add -f -- \"$1\"; }\n";
    const char *argv[] = { "sh", "-c", str_fmt(p->a, "cd '%s'\n%s%s", p->root, prelude, commands).p, NULL };
    char *const *av = (char *const *)(uintptr_t)argv;
    char        *env[] = { (char[]){ "PATH=/usr/local/bin:/usr/bin:/bin" }, (char[]){ "HOME=/nonexistent" }, NULL };
    pid_t        pid;
    int          status = -1;
    assert_int_equal(posix_spawn(&pid, "/bin/sh", NULL, NULL, av, env), 0);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    if (status != 0)
        fail_msg("status %d of: %s", status, commands);
}

static collected *collect(const place *p, const char *under)
{
    collect_env *env = NEW(p->a, collect_env);
    *env = ct_env(p->a, NULL);
    env->argument = str_fmt(p->a, "%s/%s", p->root, under).p;
    return ct_collect(env, collect_git);
}

static void assert_all(const collected *c, collect_status s, const char *part)
{
    static const char *const all[] = { "change", "commit_log", "repository", "secret_finding", "source_control_setting" };
    for (size_t i = 0; i < COUNT(all); i++)
        if (ct_status(c, all[i]) != s || !str_contains(ct_reason(c, all[i]), str_of(part)))
            fail_msg("%s: %s: " STR_FMT, all[i], collect_status_name(ct_status(c, all[i])), STR_ARG(ct_reason(c, all[i])));
}

/* ---- what there is ------------------------------------------------------------ */

static void a_small_repository_is_read_whole(void **state)
{
    auto_place place *p = place_new();
    (void)state;
    sh(p, "new; put a one; as ann commit -qm 'first'; put a two; as bob commit -qm 'second\n\nbody'\n"
          "git -C repo remote add origin 'https://ann:hunter2@git.example.org/team/thing.git?private_token=zzz'");
    collected *c = collect(p, "repo");
    assert_all(c, ST_OK, "");
    CT_IS(c, "repository", "remote_url", "https://git.example.org/team/thing.git", "repository", "team/thing");
    CT_IS(c, "repository", "default_branch", "main", "commits", "2");
    CT_IS(c, "repository", "contributors", "2", "shallow", "false");
    CT_IS(c, "repository", "last_commit_at", "2026-01-01T02:00:00Z", "repository", "team/thing");
    CT_IS(c, "commit_log", "subject", "second", "author", "bob@example.org");
    CT_IS(c, "commit_log", "authored_at", "2026-01-01T01:00:00Z", "author", "ann@example.org");
    CT_IS(c, "commit_log", "signed", "false", "author", "ann@example.org");
    CT_IS(c, "commit_log", "signature_type", "?", "author", "ann@example.org");
    CT_IS(c, "change", "approved", "false", "author", "ann@example.org");
    CT_IS(c, "change", "commits", "1", "title", "second");
    assert_int_equal(ct_count(c, "commit_log"), 2);
    assert_int_equal(ct_count(c, "change"), 2);
}

static void no_repository_is_an_error_and_no_commit_is_absent(void **state)
{
    auto_place place *p = place_new();
    (void)state;
    sh(p, "mkdir plain; new");
    assert_all(collect(p, "plain"), ST_ERROR, "no git repository");
    assert_all(collect(p, "none"), ST_ERROR, "no such directory");
    collected *c = collect(p, "repo");
    assert_int_equal(ct_status(c, "commit_log"), ST_ABSENT);
    assert_int_equal(ct_status(c, "change"), ST_ABSENT);
    CT_IS(c, "repository", "commits", "0", "repository", "repo");
    CT_IS(c, "repository", "head", "?", "repository", "repo");
}

static void a_broken_repository_is_an_error_never_absent(void **state)
{
    auto_place place *p = place_new();
    (void)state;
    sh(p, "new; put a one; as ann commit -qm first; cp -r repo nohead; rm nohead/.git/HEAD\n"
          "cp -r repo norefs; echo 'ref: refs/heads/gone' >norefs/.git/HEAD; git -C norefs branch -qm main develop\n"
          "cp -r repo badref; echo zzz >badref/.git/refs/heads/main\n"
          "cp -r repo future; git -C future config core.repositoryformatversion 1; git -C future config extensions.objectformat sha512");
    assert_all(collect(p, "nohead"), ST_ERROR, "");
    assert_all(collect(p, "future"), ST_UNSUPPORTED, "");
    assert_int_equal(ct_status(collect(p, "norefs"), "commit_log"), ST_ERROR);
    assert_int_equal(ct_status(collect(p, "norefs"), "change"), ST_ERROR);
    assert_int_equal(ct_status(collect(p, "badref"), "commit_log"), ST_ERROR);
    assert_int_equal(ct_status(collect(p, "badref"), "source_control_setting"), ST_ERROR);
}

static void corrupted_objects_are_errors_not_crashes(void **state)
{
    auto_place place *p = place_new();
    (void)state;
    sh(p, "new; for i in 1 2 3; do put a $i; as ann commit -qm \"no $i\"; done\n"
          "cp -r repo tip; cp -r repo mid; cp -r repo tree\n"
          "hit() { o=$(git -C $1 rev-parse $2); f=$1/.git/objects/$(echo $o | cut -c1-2)/$(echo $o | cut -c3-); chmod u+w $f; printf 'xxxxxxxx' | dd of=$f bs=1 seek=4 conv=notrunc 2>/dev/null; }\n"
          "hit tip main; hit mid main~1; hit tree 'main^{tree}'");
    collected *c = collect(p, "tip");
    assert_int_equal(ct_status(c, "commit_log"), ST_ERROR);
    assert_int_equal(ct_status(c, "source_control_setting"), ST_ERROR);
    c = collect(p, "mid");
    assert_int_equal(ct_count(c, "commit_log"), 1);
    assert_int_equal(ct_status(c, "commit_log"), ST_ERROR);
    assert_int_equal(ct_status(c, "change"), ST_ERROR);
    assert_true(str_contains(ct_reason(c, "change"), S("cannot be read")));
    CT_IS(c, "repository", "commits", "?", "repository", "mid");
    c = collect(p, "tree");
    assert_int_equal(ct_status(c, "commit_log"), ST_OK);
    assert_int_equal(ct_status(c, "source_control_setting"), ST_ERROR);
}

static void a_shallow_copy_is_partial(void **state)
{
    auto_place place *p = place_new();
    (void)state;
    sh(p, "new; for i in 1 2 3 4; do put a $i; as ann commit -qm \"no $i\"; done; git clone -q --depth 2 \"file://$PWD/repo\" copy");
    collected *c = collect(p, "copy");
    assert_int_equal(ct_count(c, "commit_log"), 2);
    assert_int_equal(ct_count(c, "change"), 2);
    assert_int_equal(ct_status(c, "commit_log"), ST_PARTIAL);
    assert_int_equal(ct_status(c, "change"), ST_PARTIAL);
    assert_true(str_contains(ct_reason(c, "change"), S("shallow")));
    CT_IS(c, "repository", "shallow", "true", "commits", "?");
}

static void a_bare_repository_and_a_worktree_work(void **state)
{
    auto_place place *p = place_new();
    (void)state;
    sh(p, "new; put CODEOWNERS '* @ann'; put conf/key.env \"API_TOKEN=Zq8vT2nL5xK1wR7b$(printf M3c)\"; as ann commit -qm first\n"
          "git clone -q --bare repo bare.git; git -C repo worktree add -q ../side");
    collected *c = collect(p, "bare.git");
    assert_all(c, ST_OK, "");
    CT_IS(c, "repository", "commits", "1", "repository", "bare");
    CT_IS(c, "source_control_setting", "present", "true", "name", "codeowners");
    CT_IS(c, "secret_finding", "tracked", "true", "path", "conf/key.env");
    c = collect(p, "side");
    assert_all(c, ST_OK, "");
    assert_int_equal(ct_count(c, "secret_finding"), 1);
    CT_IS(c, "repository", "commits", "1", "repository", "side");
}

static void the_branch_is_what_the_remote_says_else_main_else_master(void **state)
{
    auto_place place *p = place_new();
    (void)state;
    sh(p, "new; put a 1; as ann commit -qm one; git -C repo branch -m trunk; git -C repo branch master\n"
          "put a 2; as ann commit -qm two; git clone -q repo copy\n"
          "git -C repo branch -qm master gone; git -C repo checkout -q --detach; git -C repo branch -qD gone trunk");
    collected *c = collect(p, "copy");
    CT_IS(c, "repository", "default_branch", "trunk", "commits", "2");
    c = collect(p, "repo");
    CT_IS(c, "repository", "default_branch", "?", "commits", "2");
}

/* ---- changes ------------------------------------------------------------------------ */

static void approval_is_true_only_on_evidence_of_somebody_else(void **state)
{
    auto_place place *p = place_new();
    (void)state;
    sh(p, "new; put a 0; as ann commit -qm 'start'\n"
          "branch() { git -C repo checkout -q -b $1 main; put $1 $1; as $2 commit -qm \"work $1\"; put $1 more; as $3 commit -qm \"more $1\"; git -C repo checkout -q main; }\n"
          "branch t1 ann ann; as bob merge -q --no-ff -m 'Merge t1' t1\n"
          "branch t2 ann bob; as bob merge -q --no-ff -m 'Merge t2' t2\n"
          "branch t3 ann ann; as ann merge -q --no-ff -m 'Merge t3\n\nReviewed-by: Bob B <bob@example.org>' t3\n"
          "branch t4 ann ann; as ann merge -q --no-ff -m 'Merge t4\n\nReviewed-by: Ann <ANN@example.org>' t4\n"
          "branch t5 ann ann; web bob merge -q --no-ff -m 'Merge pull request #5 from x/t5' t5\n"
          "branch t6 ann ann; web ann merge -q --no-ff -m 'Merge pull request #6 from x/t6' t6\n"
          "put s1 x; web ann commit -qm 'squashed (#7)'\n"
          "put s2 x; as ann commit -qm 'direct, see #8'\n"
          "put s3 x; as ann commit -qm 'gitlab\n\nSee merge request team/thing!9'\n"
          "put s4 x; as ann commit -qm 'with help\n\nCo-authored-by: Cy <cy@example.org>\nAcked-by: cy@example.org'\n"
          "put s5 x; as ann commit -qm 'quoted\n\nReviewed-by: Bob <bob@example.org>\n\nthat was a quote'\n"
          "put s6 x; as ann commit -qm 'applied'; tick; GIT_COMMITTER_NAME=dee GIT_COMMITTER_EMAIL=dee@example.org git -C repo commit -q --amend --no-edit --allow-empty\n"
          "branch t7 ann ann; as bob merge -q --no-ff -m \"Merge branch 'main' of host:repo\" t7\n"
          "put s7 x; as 'renovate[bot]' commit -qm 'by a bot'\n");
    collected *c = collect(p, "repo");
    assert_all(c, ST_OK, "");
    CT_IS(c, "change", "approved", "true", "title", "Merge t1");
    CT_IS(c, "change", "author", "ann@example.org", "title", "Merge t1");
    CT_IS(c, "change", "merged_by", "bob@example.org", "title", "Merge t1");
    CT_IS(c, "change", "approvers", "bob@example.org", "title", "Merge t1");
    CT_IS(c, "change", "commits", "2", "title", "Merge t1");
    CT_IS(c, "change", "approved", "false", "title", "Merge t2");
    CT_IS(c, "change", "author", "ann@example.org bob@example.org", "title", "Merge t2");
    CT_IS(c, "change", "approved", "true", "title", "Merge t3");
    CT_IS(c, "change", "approved", "false", "title", "Merge t4");
    CT_IS(c, "change", "approved", "true", "title", "Merge pull request #5 from x/t5");
    CT_IS(c, "change", "merged_by", "bob@example.org", "reference", "#5");
    CT_IS(c, "change", "approved", "?", "reference", "#6");
    CT_IS(c, "change", "approved", "?", "reference", "#7");
    CT_IS(c, "change", "approved", "false", "title", "direct, see #8");
    CT_IS(c, "change", "reference", "", "title", "direct, see #8");
    CT_IS(c, "change", "approvers", "", "title", "direct, see #8");
    CT_IS(c, "change", "approvers", "?", "reference", "#7");        /* a review may be kept outside git */
    CT_IS(c, "change", "approved", "?", "reference", "!9");
    CT_IS(c, "change", "author", "ann@example.org cy@example.org", "title", "with help");
    CT_IS(c, "change", "approved", "false", "title", "with help");
    CT_IS(c, "change", "approved", "false", "title", "quoted");
    CT_IS(c, "change", "approved", "true", "title", "applied");
    CT_IS(c, "change", "merged_by", "dee@example.org", "title", "applied");
    CT_IS(c, "change", "reference", "?", "title", "applied");       /* it was reviewed somewhere */
    CT_IS(c, "change", "approved", "?", "title", "Merge branch 'main' of host:repo");
    CT_IS(c, "change", "approved", "?", "title", "by a bot");
    CT_IS(c, "change", "reference", "?", "title", "by a bot");
    assert_int_equal(ct_count(c, "change"), 15);
    assert_int_equal(ct_count(c, "commit_log"), 29);
}

static void a_side_branch_counts_once_where_it_first_arrived(void **state)
{
    auto_place place *p = place_new();
    (void)state;
    sh(p, "new; put a 0; as ann commit -qm start\n"
          "git -C repo checkout -q -b side; put b 1; as bob commit -qm side1; git -C repo checkout -q main\n"
          "as ann merge -q --no-ff -m 'first merge' side\n"
          "git -C repo checkout -q side; put b 2; as bob commit -qm side2; put b 3; as cy commit -qm side3; git -C repo checkout -q main\n"
          "as ann merge -q --no-ff -m 'second merge' side\n");
    collected *c = collect(p, "repo");
    CT_IS(c, "change", "commits", "1", "title", "first merge");
    CT_IS(c, "change", "commits", "2", "title", "second merge");
    CT_IS(c, "change", "author", "bob@example.org cy@example.org", "title", "second merge");
}

static void who_is_surely_somebody_else(void **state)
{
    auto_arena arena *a = arena_new(1 << 20);
    people            authors = { 0 };
    (void)state;
    da_push(a, &authors) = person_of(a, S("Ann Lee"), S("Ann@Example.org"));
    person same = person_of(a, S("A. Lee"), S("ann@example.org")), name = person_of(a, S("ann lee"), S("ann@home.example.net"));
    person hidden = person_of(a, S("alee"), S("1+alee@users.noreply.github.com")), other = person_of(a, S("Bob"), S("bob@example.org"));
    person robot = person_of(a, S("x[bot]"), S("49699333+x[bot]@users.noreply.github.com"));
    assert_false(person_is_other(&same, &authors));
    assert_false(person_is_other(&name, &authors));
    assert_false(person_is_other(&hidden, &authors));
    assert_false(person_is_other(&robot, &authors));
    assert_true(person_is_other(&other, &authors));
    assert_false(person_is_other(&other, &(people){ 0 }));
    people hidden_authors = { 0 };
    da_push(a, &hidden_authors) = person_of(a, S("Cy"), S("2+cy@users.noreply.github.com"));
    assert_true(person_is_other(&hidden, &hidden_authors));
}

static void references_to_reviews_are_found(void **state)
{
    static const struct { const char *message, *want; } rows[] = {
        { "Merge pull request #12 from a/b\n\ntext", "#12" }, { "Add x (#345)", "#345" }, { "Add x (!7)", "!7" },
        { "Fix #12", "" }, { "Add x (see #12)", "" }, { "Merged in x (pull request #3)", "#3" }, { "Merged PR 99: x", "#99" },
        { "t\n\nSee merge request group/p!31", "!31" }, { "t\n\nPR-URL: https://example.org/pull/4", "https://example.org/pull/4" },
        { "t\n\nChange-Id: I0123", "I0123" }, { "", "" }, { "\n\n", "" }, { "(#", "" }, { "x (#)", "" },
    };
    auto_arena arena *a = arena_new(1 << 20);
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_string_equal(str_z(a, message_reference(a, str_of(rows[i].message))), rows[i].want);
}

static void urls_lose_their_credentials(void **state)
{
    static const struct { const char *url, *clean, *name; } rows[] = {
        { "https://u:p@h.example/o/r.git", "https://h.example/o/r.git", "o/r" },
        { "https://t0ken@h.example/o/r/", "https://h.example/o/r/", "o/r" },
        { "https://u:p@ss@h.example/o/r#x?y", "https://h.example/o/r", "o/r" },
        { "ssh://git@h.example:22/g/s/r.git", "ssh://h.example:22/g/s/r.git", "g/s/r" },
        { "git@h.example:o/r.git", "git@h.example:o/r.git", "o/r" },
        { "/srv/git/r.git", "/srv/git/r.git", "" }, { "../r", "../r", "" }, { "file:///srv/r", "file:///srv/r", "" },
        { "https://h.example", "https://h.example", "" }, { "", "", "" },
    };
    auto_arena arena *a = arena_new(1 << 20);
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_string_equal(str_z(a, git_url_clean(a, str_of(rows[i].url))), rows[i].clean);
        assert_string_equal(str_z(a, git_url_name(a, str_of(rows[i].url))), rows[i].name);
    }
}

/* ---- hostile -------------------------------------------------------------------------- */

static void names_and_trees_that_mean_harm_are_survived(void **state)
{
    auto_place place *p = place_new();
    (void)state;
    sh(p, "new; put a 0; as ann commit -qm 'start'\n"
          "k=\"password = 'Zq8vT2nL5xK1wR7bM3c'\"\n"
          "put \"$(printf 'new\\nline.txt')\" \"$k\"; put \"$(printf 'raw\\377.txt')\" \"$k\"\n"
          "git -C repo config i18n.commitencoding latin1; printf 'caf\\351 \\033[31m' >msg; as ann commit -q --cleanup=verbatim -F ../msg\n"
          "ln -s . repo/loop; ln -s /etc/passwd repo/passwd; ln -s loop2 repo/loop2; mkfifo repo/pipe\n"
          "mkdir -p repo/nested; git -C repo/nested init -q; echo \"$k\" >repo/nested/k\n"
          "git -c protocol.file.allow=always -C repo submodule --quiet add \"file://$PWD/repo\" sub; echo \"$k\" >repo/sub/k\n"
          "head -c 3000000 /dev/zero | tr '\\0' a >repo/huge; head -c 1900000 /dev/zero | tr '\\0' a >repo/longline; printf 'a\\0%s' \"$k\" >repo/binary\n"
          "printf 'secret.txt\\nout/\\n' >repo/.gitignore; echo \"$k\" >repo/secret.txt; mkdir repo/out; echo \"$k\" >repo/out/x; echo \"$k\" >repo/untracked.txt\n"
          "mkdir repo/hooks; printf '#!/bin/sh\\ntouch ../ran\\n' >repo/.git/hooks/post-checkout; chmod +x repo/.git/hooks/post-checkout\n"
          "git -C repo config core.fsmonitor 'touch ../ran'; git -C repo config core.hooksPath hooks\n");
    collected *c = collect(p, "repo");
    assert_all(c, ST_OK, "");
    CT_IS(c, "commit_log", "subject", "caf\\xe9 \x1b[31m", "repository", "repo", "signed", "false", "authored_at", "2026-01-01T02:00:00Z");
    assert_int_equal(ct_count(c, "secret_finding"), 3);
    CT_IS(c, "secret_finding", "tracked", "true", "path", "new\nline.txt");
    CT_IS(c, "secret_finding", "line", "1", "path", "raw\\xff.txt");
    CT_IS(c, "secret_finding", "tracked", "false", "path", "untracked.txt");
    CT_IS(c, "source_control_setting", "present", "true", "name", "hooks");
    struct stat st;
    assert_int_equal(lstat(str_fmt(p->a, "%s/ran", p->root).p, &st), -1);
}

static void a_file_that_may_not_be_read_makes_the_search_incomplete(void **state)
{
    auto_place place *p = place_new();
    (void)state;
    sh(p, "chmod 755 .; new; put a 0; put b 0; as ann commit -qm start; cp -r repo closed; chmod 0 repo/a closed");
    bool root = geteuid() == 0;
    assert_int_equal(root ? seteuid(65534) : 0, 0);
    collected *c = collect(p, "repo"), *closed = collect(p, "closed");
    assert_int_equal(root ? seteuid(0) : 0, 0);
    assert_int_equal(ct_status(c, "secret_finding"), ST_DENIED);
    assert_true(str_contains(ct_reason(c, "secret_finding"), S("a: Permission denied")));
    assert_int_equal(ct_status(c, "commit_log"), ST_OK);
    assert_all(closed, ST_DENIED, "may not be read");
}

/* ---- safeguards ------------------------------------------------------------------------ */

static void safeguards_are_read_from_the_default_branch(void **state)
{
    auto_place place *p = place_new();
    (void)state;
    sh(p, "new; put a 0; as ann commit -qm start; git -C repo checkout -qb side; put CODEOWNERS x; as ann commit -qm side");
    collected *c = collect(p, "repo");
    CT_IS(c, "source_control_setting", "present", "false", "name", "codeowners");
    CT_IS(c, "source_control_setting", "present", "false", "name", "ci");
    CT_IS(c, "source_control_setting", "present", "false", "name", "signing");
    assert_null(CT_FIND(c, "source_control_setting", "name", "lock_file"));
    sh(p, "git -C repo checkout -q main; for f in .github/CODEOWNERS .github/workflows/ci.yml .ci/run .gitignore SECURITY.md LICENSE"
          " .github/dependabot.yml .pre-commit-config.yaml package.json web/package-lock.json go.mod tests/x/Gemfile; do put $f x; done\n"
          "as ann commit -qm more; git -C repo config commit.gpgsign true");
    c = collect(p, "repo");
    static const char *const names[] = { "codeowners", "ci", "ignore_file", "security_policy", "license", "dependency_updates", "hooks", "lock_file", "signing" };
    for (size_t i = 0; i < COUNT(names); i++)
        CT_IS(c, "source_control_setting", "present", "true", "name", names[i]);
    CT_IS(c, "source_control_setting", "value", ".ci/run, .github/workflows/ci.yml", "name", "ci");
    sh(p, "put Cargo.toml x; as ann -c commit.gpgsign=false commit -qm cargo");
    c = collect(p, "repo");
    CT_IS(c, "source_control_setting", "present", "false", "name", "lock_file");
    CT_IS(c, "source_control_setting", "value", "go.mod, web/package-lock.json, none for cargo", "name", "lock_file");
}

static void requirements_count_as_a_lock_only_when_pinned(void **state)
{
    auto_place place *p = place_new();
    (void)state;
    sh(p, "new; put requirements.txt 'flask>=2'; as ann commit -qm one");
    CT_IS(collect(p, "repo"), "source_control_setting", "present", "false", "name", "lock_file");
    sh(p, "put requirements.txt 'flask==2.0.1  # pinned'; as ann commit -qm two");
    CT_IS(collect(p, "repo"), "source_control_setting", "present", "true", "name", "lock_file");
}

static void signatures_are_seen_and_named(void **state)
{
    auto_place place *p = place_new();
    (void)state;
    sh(p, "new; ssh-keygen -q -t ed25519 -N '' -f key; git -C repo config gpg.format ssh; git -C repo config user.signingkey \"$PWD/key\"\n"
          "put a 0; as ann commit -S -qm signed; put a 1; as ann commit -qm unsigned");
    collected *c = collect(p, "repo");
    CT_IS(c, "commit_log", "signature_type", "ssh", "subject", "signed");
    CT_IS(c, "change", "signed", "true", "title", "signed");
    CT_IS(c, "commit_log", "signed", "false", "subject", "unsigned");
    CT_IS(c, "source_control_setting", "value", "1 of the latest 2 commits are signed", "name", "signing");
    assert_string_equal(git_signature_type(S("tree x\ngpgsig -----BEGIN PGP SIGNATURE-----\n ab\n")), "pgp");
    assert_string_equal(git_signature_type(S("gpgsig -----BEGIN SIGNED MESSAGE-----\n")), "x509");
    assert_null(git_signature_type(S("tree x\nmergetag y\n gpgsig -----BEGIN PGP SIGNATURE-----\n")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_small_repository_is_read_whole),
        cmocka_unit_test(no_repository_is_an_error_and_no_commit_is_absent),
        cmocka_unit_test(a_broken_repository_is_an_error_never_absent),
        cmocka_unit_test(corrupted_objects_are_errors_not_crashes),
        cmocka_unit_test(a_shallow_copy_is_partial),
        cmocka_unit_test(a_bare_repository_and_a_worktree_work),
        cmocka_unit_test(the_branch_is_what_the_remote_says_else_main_else_master),
        cmocka_unit_test(approval_is_true_only_on_evidence_of_somebody_else),
        cmocka_unit_test(a_side_branch_counts_once_where_it_first_arrived),
        cmocka_unit_test(who_is_surely_somebody_else),
        cmocka_unit_test(references_to_reviews_are_found),
        cmocka_unit_test(urls_lose_their_credentials),
        cmocka_unit_test(names_and_trees_that_mean_harm_are_survived),
        cmocka_unit_test(a_file_that_may_not_be_read_makes_the_search_incomplete),
        cmocka_unit_test(safeguards_are_read_from_the_default_branch),
        cmocka_unit_test(requirements_count_as_a_lock_only_when_pinned),
        cmocka_unit_test(signatures_are_seen_and_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
