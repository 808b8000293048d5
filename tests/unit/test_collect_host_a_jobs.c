/* The machine itself, scheduled jobs and the integrity of critical files. */
#include "collect_test.h"

#include "collect/host/cron.h"
#include "collect/host/dpkg_sums.h"
#include "collect/host/probes.h"
#include "collect/host/redact.h"

#define TREE()                                     \
    auto_arena arena *a = arena_new(256UL << 20);  \
    const char       *root = ct_tree_new(a)
#define PUT(path, text) ct_put(a, root, path, S(text), 0644)

/* ---- commands without secrets ------------------------------------------------------------ */

static void secrets_in_commands_are_blanked(void **state)
{
    (void)state;
    auto_arena arena *a = arena_new(1 << 20);
    static const struct { const char *in, *out; } rows[] = {
        { "/usr/bin/backup --all", "/usr/bin/backup --all" },
        { "PGPASSWORD=hunter2 pg_dump db", "PGPASSWORD=*** pg_dump db" },
        { "tool --password hunter2 -v", "tool --password *** -v" },
        { "tool --password=hunter2 -v", "tool --password=*** -v" },
        { "tool --password-file /etc/x", "tool --password-file /etc/x" },
        { "mysqldump -u root -phunter2 db", "mysqldump -u root -p*** db" },
        { "/usr/bin/mysql -p hunter2", "/usr/bin/mysql -p ***" },
        { "ssh -p2222 host", "ssh -p2222 host" },
        { "find / -path /x", "find / -path /x" },
        { "curl https://ann:hunter2@example.org/x", "curl https://ann:***@example.org/x" },
        { "curl https://tok3n@example.org/x", "curl https://***@example.org/x" },
        { "curl 'https://example.org/p?token=abc&x=1'", "curl 'https://example.org/p?token=***&x=1'" },
        { "curl -u ann:hunter2 example.org", "curl -u ann:*** example.org" },
        { "curl --user=ann:hunter2 example.org", "curl --user=ann:*** example.org" },
        { "curl -H \"Authorization: Bearer abc def\" u", "curl -H \"Authorization: ***\" u" },
        { "curl -H Authorization: Bearer abcdef", "curl -H Authorization: Bearer ***" },
        { "push ghp_0123456789abcdefghij", "push ***" },
        { "x API_KEY='a b c' y", "x API_KEY='***' y" },
        { "git log --author=ann", "git log --author=ann" },
        { "curl https://example.org:8080/a@b", "curl https://example.org:8080/a@b" },
        { "", "" },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_string_equal(str_z(a, redact_command(a, str_of(rows[i].in))), rows[i].out);
}

static void crontab_lines_are_told_from_assignments_and_comments(void **state)
{
    (void)state;
    auto_arena arena *a = arena_new(1 << 20);
    cron_line         c;
    assert_true(cron_parse(S("*/5 0-3 * * mon  root  cmd a  b"), true, &c));
    assert_string_equal(str_z(a, c.schedule), "*/5 0-3 * * mon");
    assert_string_equal(str_z(a, c.account), "root");
    assert_string_equal(str_z(a, c.command), "cmd a  b");
    assert_true(cron_parse(S("@reboot x=1 run"), false, &c));
    assert_string_equal(str_z(a, c.schedule), "@reboot");
    assert_string_equal(str_z(a, c.command), "x=1 run");
    assert_false(cron_parse(S("MAILTO = root"), true, &c));
    assert_false(cron_parse(S("PATH=/bin"), true, &c));
    assert_false(cron_parse(S("# 1 2 3 4 5 root x"), true, &c));
    assert_false(cron_parse(S("1 2 3 4"), true, &c));
    assert_false(cron_parse(S("1 2 3 4 5 root"), true, &c));
    assert_true(anacron_parse(S("7 10 cron.weekly run-parts /etc/cron.weekly"), &c));
    assert_string_equal(str_z(a, c.schedule), "7");
    assert_string_equal(str_z(a, c.command), "run-parts /etc/cron.weekly");
    assert_false(anacron_parse(S("SHELL=/bin/sh"), &c));
    assert_false(anacron_parse(S("7 10 x"), &c));
}

/* ---- scheduled_job --------------------------------------------------------------------------- */

static void put_scheduler(arena *a, const char *root)
{
    PUT("etc/passwd", "root:x:0:0:::\nann:x:1000:1000:::\n");
    PUT("usr/sbin/cron", "");
    PUT("run/systemd/system/x", "");
}

static void cron_jobs_of_every_place_are_listed(void **state)
{
    (void)state;
    TREE();
    put_scheduler(a, root);
    PUT("etc/crontab", "SHELL=/bin/sh\n17 * * * * root cd / && run-parts /etc/cron.hourly\n");
    PUT("etc/cron.d/backup", "0 1 * * * ann PASSWORD=x /usr/local/bin/backup\n");
    PUT("etc/cron.d/old.bak", "0 1 * * * root /bin/x\n");
    ct_put(a, root, "usr/local/bin/backup", S("#!"), 0777);
    PUT("etc/cron.d/places", "1 1 * * * root /srv/open/run\n1 2 * * * root /srv/sticky/run\n1 3 * * * root /srv/sticky/gone\n"
                             "1 4 * * * root /srv/none/gone\n");
    ct_put(a, root, "srv/open/run", S("#!"), 0755);
    ct_put(a, root, "srv/sticky/run", S("#!"), 0755);
    assert_int_equal(chmod(str_fmt(a, "%s/srv/open", root).p, 0777), 0);
    assert_int_equal(chmod(str_fmt(a, "%s/srv/sticky", root).p, 01777), 0);
    ct_put(a, root, "etc/cron.daily/rotate", S("#!"), 0755);
    ct_put(a, root, "etc/cron.daily/notes", S("text"), 0644);
    ct_put(a, root, "var/spool/cron/crontabs/ann", S("@daily true\n"), 0600);
    collected *c = ct_probe(a, root, probe_jobs);
    assert_int_equal(ct_status(c, "scheduled_job"), ST_OK);
    assert_int_equal(ct_count(c, "scheduled_job"), 10);
    CT_IS(c, "scheduled_job", "writable_by_others", "true", "defined_in", "/etc/cron.d/places:1");
    CT_IS(c, "scheduled_job", "writable_by_others", "false", "defined_in", "/etc/cron.d/places:2");
    CT_IS(c, "scheduled_job", "writable_by_others", "true", "defined_in", "/etc/cron.d/places:3");
    CT_IS(c, "scheduled_job", "writable_by_others", "false", "defined_in", "/etc/cron.d/places:4");
    CT_IS(c, "scheduled_job", "command", "cd / && run-parts /etc/cron.hourly", "defined_in", "/etc/crontab:2");
    CT_IS(c, "scheduled_job", "command", "PASSWORD=*** /usr/local/bin/backup", "defined_in", "/etc/cron.d/backup:1");
    CT_IS(c, "scheduled_job", "account", "ann", "defined_in", "/etc/cron.d/backup:1");
    CT_IS(c, "scheduled_job", "writable_by_others", "true", "defined_in", "/etc/cron.d/backup:1");
    CT_IS(c, "scheduled_job", "writable_by_others", "false", "defined_in", "/etc/crontab:2");
    CT_IS(c, "scheduled_job", "enabled", "false", "defined_in", "/etc/cron.d/old.bak:1");
    CT_IS(c, "scheduled_job", "enabled", "true", "defined_in", "/etc/cron.daily/rotate");
    CT_IS(c, "scheduled_job", "schedule", "daily", "defined_in", "/etc/cron.daily/rotate");
    CT_IS(c, "scheduled_job", "enabled", "false", "defined_in", "/etc/cron.daily/notes");
    CT_IS(c, "scheduled_job", "account", "ann", "defined_in", "/var/spool/cron/crontabs/ann:1");
    ct_tree_free(root);
}

static void timers_are_joined_with_their_service_and_state(void **state)
{
    (void)state;
    TREE();
    put_scheduler(a, root);
    PUT("usr/lib/systemd/system/a.timer", "[Timer]\nOnCalendar=daily\nOnBootSec=5m\n");
    PUT("usr/lib/systemd/system/a.service", "[Service]\nUser=ann\nExecStart=/bin/a --token abc\nExecStart=/bin/b\n");
    PUT("etc/systemd/system/a.timer.d/x.conf", "[Timer]\nOnCalendar=\nOnCalendar=weekly\n");
    PUT("etc/systemd/system/timers.target.wants/a.timer", "");
    PUT("usr/lib/systemd/system/b.timer", "[Timer]\nOnCalendar=daily\nUnit=other.service\n");
    PUT("usr/lib/systemd/system/m.timer", "[Timer]\nOnCalendar=daily\n");
    PUT("usr/lib/systemd/system/timers.target.wants/m.timer", "");
    PUT("usr/lib/systemd/system/i@.timer", "[Timer]\nOnCalendar=hourly\n");
    PUT("usr/lib/systemd/system/i@.service", "[Service]\nExecStart=/bin/i %i\n");
    PUT("etc/systemd/system/timers.target.wants/i@1.timer", "");
    assert_int_equal(symlink("/dev/null", str_fmt(a, "%s/etc/systemd/system/m.timer", root).p), 0);
    collected *c = ct_probe(a, root, probe_jobs);
    CT_IS(c, "scheduled_job", "schedule", "OnCalendar=weekly", "defined_in", "a.timer");
    CT_IS(c, "scheduled_job", "command", "/bin/a --token ***; /bin/b", "defined_in", "a.timer");
    CT_IS(c, "scheduled_job", "account", "ann", "defined_in", "a.timer");
    CT_IS(c, "scheduled_job", "enabled", "true", "defined_in", "a.timer");
    CT_IS(c, "scheduled_job", "enabled", "false", "defined_in", "b.timer");
    CT_IS(c, "scheduled_job", "command", "other.service", "defined_in", "b.timer");
    CT_IS(c, "scheduled_job", "enabled", "false", "defined_in", "m.timer");
    CT_IS(c, "scheduled_job", "enabled", "true", "defined_in", "i@1.timer");
    CT_IS(c, "scheduled_job", "command", "/bin/i %i", "defined_in", "i@1.timer");
    ct_tree_free(root);
}

static void at_jobs_tell_their_time_and_script(void **state)
{
    (void)state;
    TREE();
    put_scheduler(a, root);
    PUT("usr/sbin/atd", "");
    ct_put(a, root, "var/spool/cron/atjobs/a0000101c08f0a",
           S("#!/bin/sh\n# atrun uid=0 gid=0\numask 22\nHOME=/root; export HOME\ncd /root || {\n\t exit 1\n}\necho hello\n"), 0700);
    PUT("var/spool/cron/atjobs/.SEQ", "1");
    collected *c = ct_probe(a, root, probe_jobs);
    assert_int_equal(ct_count(c, "scheduled_job"), 1);
    CT_IS(c, "scheduled_job", "kind", "at", "defined_in", "/var/spool/cron/atjobs/a0000101c08f0a");
    CT_IS(c, "scheduled_job", "schedule", "2025-11-22T09:46:00Z", "kind", "at");
    assert_true(str_contains(ct_show(c, CT_FIND(c, "scheduled_job", "kind", "at"), "command"), S("echo hello")));
    ct_tree_free(root);
}

/* ---- file_integrity ---------------------------------------------------------------------------- */

static void conffiles_and_md5sums_tell_what_packages_shipped(void **state)
{
    (void)state;
    auto_arena arena *a = arena_new(1 << 20);
    map               m = map_new(a);
    dpkg_conffiles(a, S("Package: one\nConffiles:\n /etc/a b 0123456789abcdef0123456789abcdef\n /etc/old 0123456789abcdef0123456789abcdef obsolete\n"
                        " /etc/new newconffile\nDescription: x\n /etc/not 0123456789abcdef0123456789abcdef\n\nPackage: two\n"), &m);
    assert_int_equal(m.n, 2);
    const shipped *s = map_get(&m, S("/etc/a b"));
    assert_non_null(s);
    assert_string_equal(str_z(a, s->package), "one");
    assert_string_equal(str_z(a, s->md5), "0123456789abcdef0123456789abcdef");
    s = map_get(&m, S("/etc/new"));
    assert_int_equal(s->md5.n, 0);
    str sums = S("ffffffffffffffffffffffffffffffff  bin/su\n0123456789abcdef0123456789abcdef  usr/share/x\n");
    assert_string_equal(str_z(a, dpkg_md5_of(sums, S("/usr/bin/su"))), "ffffffffffffffffffffffffffffffff");
    assert_int_equal(dpkg_md5_of(sums, S("/usr/bin/sudo")).n, 0);
}

static void critical_files_are_hashed_and_compared_with_their_package(void **state)
{
    (void)state;
    TREE();
    PUT("etc/passwd", "root:x:0:0:::\nann:x:1000:1000:::\n");
    PUT("etc/group", "root:x:0:\nshadow:x:42:\n");
    ct_put(a, root, "etc/shadow", S("root:*:::::::\n"), 0666);
    PUT("etc/crontab", "hello\n");
    PUT("etc/login.defs", "changed\n");
    ct_put(a, root, "usr/bin/su", S("hello\n"), 04755);
    PUT("usr/sbin/sshd", "");
    PUT("etc/debian_version", "12\n");
    PUT("var/lib/dpkg/status", "Package: cron\nConffiles:\n /etc/crontab b1946ac92492d2347c6235b4d2611184\n\n"
                               "Package: login\nConffiles:\n /etc/login.defs b1946ac92492d2347c6235b4d2611184\n");
    PUT("var/lib/dpkg/info/util-linux:amd64.md5sums", "b1946ac92492d2347c6235b4d2611184  bin/su\n");
    ct_put(a, root, "home/ann/x", S(""), 0600);
    assert_int_equal(symlink("/run/resolv.conf", str_fmt(a, "%s/etc/resolv.conf", root).p), 0);
    PUT("run/resolv.conf", "nameserver ::1\n");
    assert_int_equal(symlink("hosts", str_fmt(a, "%s/etc/hosts", root).p), 0);
    collected *c = ct_probe(a, root, probe_integrity);
    assert_int_equal(ct_status(c, "file_integrity"), ST_OK);
#define FILE_IS(path_, field_, want) CT_IS(c, "file_integrity", field_, want, "path", path_)
    FILE_IS("/etc/crontab", "sha256", "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03");
    FILE_IS("/etc/crontab", "package", "cron");
    FILE_IS("/etc/crontab", "matches_package", "true");
    FILE_IS("/etc/login.defs", "matches_package", "false");
    FILE_IS("/etc/passwd", "matches_package", "?");
    FILE_IS("/etc/passwd", "mode", "0644");
    FILE_IS("/etc/shadow", "writable_by_others", "true");
    FILE_IS("/etc/shadow", "readable_by_others", "true");
    FILE_IS("/usr/bin/su", "mode", "4755");
    FILE_IS("/usr/bin/su", "matches_package", "true");
    FILE_IS("/etc/gshadow", "type", "missing");
    FILE_IS("/etc/gshadow", "mode", "?");
    FILE_IS("/etc/ssh/sshd_config", "type", "missing");
    FILE_IS("/home/ann", "type", "directory");
    FILE_IS("/home/ann", "sha256", "?");
    FILE_IS("/etc/resolv.conf", "type", "symlink");
    FILE_IS("/etc/resolv.conf", "size_bytes", "15");
    FILE_IS("/etc/hosts", "type", "symlink");
    FILE_IS("/etc/hosts", "mode", "?");
    assert_null(CT_FIND(c, "file_integrity", "path", "/etc/sudoers"));
    assert_int_equal(symlink("audit", str_fmt(a, "%s/etc/audit", root).p), 0);      /* nobody can look behind it */
    c = ct_probe(a, root, probe_integrity);
    assert_int_equal(ct_status(c, "file_integrity"), ST_ERROR);
    assert_true(str_contains(ct_reason(c, "file_integrity"), S("/etc/audit/auditd.conf")));
    ct_tree_free(root);
}

/* ---- host ------------------------------------------------------------------------------------------ */

static void a_machine_is_told_from_its_files(void **state)
{
    (void)state;
    TREE();
    PUT("etc/os-release", "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nID=debian\nVERSION_ID=\"12\"\n");
    PUT("usr/share/distro-info/debian.csv", "version,codename,series,created,release,eol,eol-lts\n1.1,Buzz,buzz,1993-08-16,1996-06-17,1997-06-05\n"
                                            "12,Bookworm,bookworm,2021-08-14,2023-06-10,2026-06-10,2028-06-30\n");
    PUT("proc/sys/kernel/osrelease", "6.1.0-9-amd64\n");
    PUT("proc/stat", "cpu 1 2 3\nbtime 1768400000\n");
    PUT("proc/cpuinfo", "flags\t\t: fpu hypervisor smep\n");
    PUT("proc/1/environ", "TERM=linux");
    PUT("sys/class/dmi/id/sys_vendor", "QEMU\n");
    PUT("run/systemd/system/x", "");
    collected *c = ct_probe(a, root, probe_machine);
    assert_int_equal(ct_status(c, "host"), ST_OK);
#define HOST_IS(field_, want) CT_IS(c, "host", field_, want, "system", "web1")
    HOST_IS("os_id", "debian");
    HOST_IS("os_name", "Debian GNU/Linux 12 (bookworm)");
    HOST_IS("os_version", "12");
    HOST_IS("os_support_until", "2028-06-30T00:00:00Z");
    HOST_IS("kernel", "6.1.0-9-amd64");
    HOST_IS("architecture", "?");
    HOST_IS("boot_at", "2026-01-14T14:13:20Z");
    HOST_IS("virtualization", "qemu");
    HOST_IS("container", "false");
    HOST_IS("systemd", "true");
    ct_tree_free(root);
}

static void a_container_is_told_and_what_is_missing_stays_unknown(void **state)
{
    (void)state;
    TREE();
    collected *c = ct_probe(a, root, probe_machine);
    assert_int_equal(ct_status(c, "host"), ST_PARTIAL);
    HOST_IS("os_id", "?");
    HOST_IS("boot_at", "?");
    HOST_IS("container", "?");
    HOST_IS("virtualization", "?");
    HOST_IS("systemd", "false");
    ct_put(a, root, "proc/1/environ", (str){ "A=1\0container=lxc\0B=2", 21 }, 0644);
    c = ct_probe(a, root, probe_machine);
    HOST_IS("container", "true");
    HOST_IS("virtualization", "lxc");
    ct_tree_free(root);
}

static void a_stray_mark_of_a_container_does_not_hide_a_machine(void **state)
{
    (void)state;
    TREE();
    PUT("etc/os-release", "ID=x\n");
    PUT("proc/1/environ", "A=1");
    PUT(".dockerenv", "");
    collected *c = ct_probe(a, root, probe_machine);
    HOST_IS("container", "true");
    PUT("run/systemd/system/x", "");
    c = ct_probe(a, root, probe_machine);
    HOST_IS("container", "?");
    assert_int_equal(ct_status(c, "host"), ST_PARTIAL);
    ct_tree_free(root);
}

static void a_start_after_now_means_the_clock_went_back(void **state)
{
    (void)state;
    TREE();
    PUT("etc/os-release", "ID=x\n");
    PUT("proc/stat", "btime 1999999999\n");
    PUT("proc/1/environ", "");
    collected *c = ct_probe(a, root, probe_machine);
    HOST_IS("boot_at", "?");
    assert_true(str_contains(ct_reason(c, "host"), S("clock")));
    ct_tree_free(root);
}

static void this_machine_can_be_read(void **state)
{
    (void)state;
    auto_arena arena *a = arena_new(256 << 20);
    assert_int_equal(ct_count(ct_probe(a, NULL, probe_machine), "host"), 1);
    assert_true(ct_count(ct_probe(a, NULL, probe_integrity), "file_integrity") > 5);
    ct_ended(ct_probe(a, NULL, probe_jobs), "scheduled_job");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(secrets_in_commands_are_blanked),
        cmocka_unit_test(crontab_lines_are_told_from_assignments_and_comments),
        cmocka_unit_test(cron_jobs_of_every_place_are_listed),
        cmocka_unit_test(timers_are_joined_with_their_service_and_state),
        cmocka_unit_test(at_jobs_tell_their_time_and_script),
        cmocka_unit_test(conffiles_and_md5sums_tell_what_packages_shipped),
        cmocka_unit_test(critical_files_are_hashed_and_compared_with_their_package),
        cmocka_unit_test(a_machine_is_told_from_its_files),
        cmocka_unit_test(a_container_is_told_and_what_is_missing_stays_unknown),
        cmocka_unit_test(a_stray_mark_of_a_container_does_not_hide_a_machine),
        cmocka_unit_test(a_start_after_now_means_the_clock_went_back),
        cmocka_unit_test(this_machine_can_be_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
