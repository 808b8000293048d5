#include "collect/files/files.h"
#include "collect/source.h"
#include "collect_test.h"

#include <sys/sysmacros.h>

typedef struct {
    arena      *a;
    const char *root;
} place;

static place *place_new(void)
{
    arena *a = arena_new(256 << 20);
    place *p = NEW(a, place);
    p->a = a;
    p->root = ct_tree_new(a);
    ct_put(a, p->root, "etc/passwd", str_fmt(a, "root:x:0:0::/:/bin/sh\nann:x:%u:%u::/:/bin/sh\nagain:x:0:0::/:\nbroken\n",
                                             geteuid() ? geteuid() : 1000, getegid() ? getegid() : 1000), 0644);
    ct_put(a, p->root, "etc/group", str_fmt(a, "root:x:0:\nstaff:x:%u:ann\n", getegid() ? getegid() : 1000), 0644);
    return p;
}

static void place_free(place *p)
{
    ct_tree_free(p->root);
    arena_free(p->a);
}
GUARD_DEFINE(place, place_free)
#define auto_place GUARD(place_free)

static const char *in(const place *p, const char *path) { return str_fmt(p->a, "%s%s", p->root, path).p; }

static void files_that_give_away_rights_are_found(void **state)
{
    auto_place place *p = place_new();
    (void)state;
    ct_put(p->a, p->root, "usr/bin/su", S("x"), 04755);
    ct_put(p->a, p->root, "usr/bin/write", S("x"), 02755);
    ct_put(p->a, p->root, "srv/both", S("x"), 06777);
    ct_put(p->a, p->root, "srv/plain", S("x"), 0644);
    ct_put(p->a, p->root, "tmp/x", S("x"), 0600);
    ct_put(p->a, p->root, "open/x", S("x"), 0600);
    ct_put(p->a, p->root, "raw\xff/line\nfeed", S("x"), 0666);
    assert_int_equal(chmod(in(p, "/tmp"), 01777), 0);
    assert_int_equal(chmod(in(p, "/open"), 02777), 0);
    assert_int_equal(symlink("/", in(p, "/srv/loop")), 0);
    assert_int_equal(symlink("usr/bin", in(p, "/bin")), 0);
    assert_int_equal(mkfifo(in(p, "/srv/pipe"), 0666), 0);
    ct_put(p->a, p->root, "var/lib/dpkg/info/login.list", S("/.\n/bin\n/bin/su\n"), 0644);
    ct_put(p->a, p->root, "var/lib/dpkg/info/bsdutils:amd64.list", S("/usr/bin/write\n"), 0644);
    ct_put(p->a, p->root, "var/lib/docker/overlay2/x/su", S("x"), 04755);
    collected *c = ct_probe(p->a, p->root, collect_host_files);
    assert_int_equal(ct_status(c, "risky_file"), ST_OK);
    CT_IS(c, "risky_file", "package", "login", "path", "/usr/bin/su", "risk", "setuid");
    CT_IS(c, "risky_file", "mode", "4755", "path", "/usr/bin/su");
    CT_IS(c, "risky_file", "owner", geteuid() ? "ann" : "root", "path", "/usr/bin/su");
    CT_IS(c, "risky_file", "package", "bsdutils", "path", "/usr/bin/write", "risk", "setgid");
    CT_IS(c, "risky_file", "package", "", "path", "/srv/both", "risk", "setuid");
    CT_IS(c, "risky_file", "mode", "6777", "path", "/srv/both", "risk", "setgid");
    CT_IS(c, "risky_file", "mode", "6777", "path", "/srv/both", "risk", "world_writable");
    CT_IS(c, "risky_file", "mode", "2777", "path", "/open", "risk", "world_writable");
    CT_IS(c, "risky_file", "system", "web1", "path", "/raw\\xff/line\nfeed", "risk", "world_writable");
    assert_int_equal(ct_count(c, "risky_file"), 7);
}

static void what_belongs_to_nobody_and_devices_are_found(void **state)
{
    auto_place place *p = place_new();
    (void)state;
    if (geteuid() != 0)
        return;                          /* only root can make such files */
    ct_put(p->a, p->root, "dev/x", S(""), 0644);
    ct_put(p->a, p->root, "srv/lost", S("x"), 0644);
    assert_int_equal(chown(in(p, "/srv/lost"), 54321, 0), 0);
    ct_put(p->a, p->root, "srv/groupless", S("x"), 0644);
    assert_int_equal(chown(in(p, "/srv/groupless"), 0, 54321), 0);
    ct_put(p->a, p->root, "srv/anns", S("x"), 0644);
    assert_int_equal(chown(in(p, "/srv/anns"), 1000, 1000), 0);
    bool devices = mknod(in(p, "/srv/disk"), S_IFBLK | 0600, makedev(7, 200)) == 0;
    assert_true(!devices || mknod(in(p, "/dev/disk"), S_IFBLK | 0600, makedev(7, 200)) == 0);
    assert_true(!devices || mknod(in(p, "/srv/whiteout"), S_IFCHR, makedev(0, 0)) == 0);
    collected *c = ct_probe(p->a, p->root, collect_host_files);
    CT_IS(c, "risky_file", "owner", "54321", "path", "/srv/lost", "risk", "no_owner");
    CT_IS(c, "risky_file", "group_name", "54321", "path", "/srv/groupless", "risk", "no_owner");
    if (devices)
        CT_IS(c, "risky_file", "mode", "0600", "path", "/srv/disk", "risk", "device");
    assert_int_equal(ct_count(c, "risky_file"), devices ? 3 : 2);
}

static void the_budget_ends_the_walk_and_says_so(void **state)
{
    auto_place place *p = place_new();
    (void)state;
    for (int i = 0; i < 50; i++)
        ct_put(p->a, p->root, str_fmt(p->a, "d%d/f", i).p, S("x"), 0666);
    collect_env env = ct_env(p->a, p->root);
    int         fd = memfd_create("rows", MFD_CLOEXEC);
    emit       *e = emit_new(p->a, fd);
    collect_files_within(&env, e, &(walk_budget){ .entries_max = 20, .time_max = MINUTES(1) });
    assert_int_equal(emit_finish(e), 0);
    char    text[8192];
    ssize_t n = pread(fd, text, sizeof text, 0);
    close(fd);
    assert_true(n > 0);
    collected *c = ct_read(p->a, (str){ text, (size_t)n }, NULL);
    assert_int_equal(ct_status(c, "risky_file"), ST_PARTIAL);
    assert_true(str_contains(ct_reason(c, "risky_file"), S("20 entries")));
    assert_in_range(ct_count(c, "risky_file"), 1, 20);
}

static void a_closed_directory_makes_the_walk_denied(void **state)
{
    auto_place place *p = place_new();
    (void)state;
    ct_put(p->a, p->root, "closed/x", S("x"), 0666);
    assert_int_equal(chmod(p->root, 0755) || chmod(in(p, "/closed"), 0), 0);
    bool root = geteuid() == 0;
    assert_int_equal(root ? seteuid(65534) : 0, 0);
    collected *c = ct_probe(p->a, p->root, collect_host_files);
    assert_int_equal(root ? seteuid(0) : 0, 0);
    assert_int_equal(ct_status(c, "risky_file"), ST_DENIED);
    assert_true(str_contains(ct_reason(c, "risky_file"), S("/closed: Permission denied")));
}

static void a_very_deep_tree_is_partial_not_a_crash(void **state)
{
    auto_place place *p = place_new();
    (void)state;
    int fd = open(p->root, O_RDONLY | O_DIRECTORY);
    for (int i = 0; i < 600; i++) {
        assert_int_equal(mkdirat(fd, "d", 0755), 0);
        int next = openat(fd, "d", O_RDONLY | O_DIRECTORY);
        assert_true(next >= 0);
        close(fd);
        fd = next;
    }
    close(fd);
    collected *c = ct_probe(p->a, p->root, collect_host_files);
    assert_int_equal(ct_status(c, "risky_file"), ST_PARTIAL);
    assert_true(str_contains(ct_reason(c, "risky_file"), S("too deep")));
}

static void no_account_list_makes_the_answer_incomplete(void **state)
{
    auto_place place *p = place_new();
    (void)state;
    assert_int_equal(unlink(in(p, "/etc/passwd")), 0);
    collected *c = ct_probe(p->a, p->root, collect_host_files);
    assert_int_equal(ct_status(c, "risky_file"), ST_ERROR);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_that_give_away_rights_are_found),
        cmocka_unit_test(what_belongs_to_nobody_and_devices_are_found),
        cmocka_unit_test(the_budget_ends_the_walk_and_says_so),
        cmocka_unit_test(a_closed_directory_makes_the_walk_denied),
        cmocka_unit_test(a_very_deep_tree_is_partial_not_a_crash),
        cmocka_unit_test(no_account_list_makes_the_answer_incomplete),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
