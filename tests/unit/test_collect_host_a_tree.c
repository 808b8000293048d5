/* The identity and configuration facts of machines that stand in a directory tree. */
#include "collect_test.h"

#include "collect/host/probes.h"

#include <sys/wait.h>
#include <utmp.h>

#define TREE()                                      \
    auto_arena arena *a = arena_new(1024UL << 20);  \
    const char       *root = ct_tree_new(a)
#define PUT(path, text) ct_put(a, root, path, S(text), 0644)

static const char key_line[] = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f ann@laptop\n";
#define KEY_FINGERPRINT "SHA256:ZkAslGjFiUHdGf/WUL8rQvkib4PTvQatUV0OUQSncCA"

/* A small machine: root, two people, one service. */
static void put_machine(arena *a, const char *root)
{
    PUT("etc/passwd", "root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1::/usr/sbin:/usr/sbin/nologin\n"
                      "ann:x:1000:1000:Ann Lee,12,,:/home/ann:/bin/bash\nbob:x:1001:1001:Bob:/home/bob:/bin/sh\n"
                      "nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n");
    PUT("etc/shadow", "root:!:20000:0:99999:7:::\ndaemon:*:20000::::::\nann:$y$j9T$s$h:20400:1:90:7:30::\nbob:!$6$s$h:0:0::7::20000:\n");
    PUT("etc/group", "root:x:0:\nsudo:x:27:ann,ghost\nann:x:1000:\nbob:x:1001:\nwww:x:33:bob,bob\n");
    PUT("etc/nsswitch.conf", "passwd: files systemd\ngroup: files\n");
    PUT("etc/pam.d/sshd", "auth required pam_unix.so\n");
    ct_put(a, root, "home/ann/.ssh/authorized_keys", str_of(key_line), 0600);
}

static collected *identity(arena *a, const char *root) { return ct_probe(a, root, probe_identity); }

static void an_account_is_told_from_passwd_and_shadow(void **state)
{
    (void)state;
    TREE();
    put_machine(a, root);
    collected *c = identity(a, root);
    assert_int_equal(ct_status(c, "account"), ST_OK);
    assert_int_equal(ct_count(c, "account"), 5);
    CT_IS(c, "account", "kind", "human", "login", "root");
    CT_IS(c, "account", "kind", "service", "login", "nobody");
    CT_IS(c, "account", "full_name", "Ann Lee", "login", "ann");
    CT_IS(c, "account", "password_state", "set", "login", "ann");
    CT_IS(c, "account", "password_hash", "yescrypt", "login", "ann");
    CT_IS(c, "account", "password_changed_at", "2025-11-08T00:00:00Z", "login", "ann");
    CT_IS(c, "account", "password_max_days", "90", "login", "ann");
    CT_IS(c, "account", "password_inactive_days", "30", "login", "ann");
    CT_IS(c, "account", "active", "true", "login", "ann");
    CT_IS(c, "account", "privileged", "true", "login", "ann");
    CT_IS(c, "account", "ssh_keys", "1", "login", "ann");
    CT_IS(c, "account", "origin", "local", "login", "ann");
    CT_IS(c, "account", "mfa", "false", "login", "ann");
    CT_IS(c, "account", "password_state", "locked", "login", "bob");
    CT_IS(c, "account", "password_changed_at", "?", "login", "bob");
    CT_IS(c, "account", "password_max_days", "99999", "login", "bob");
    CT_IS(c, "account", "expires_at", "2024-10-04T00:00:00Z", "login", "bob");
    CT_IS(c, "account", "active", "false", "login", "bob");
    CT_IS(c, "account", "privileged", "false", "login", "bob");
    CT_IS(c, "account", "password_state", "none", "login", "root");
    CT_IS(c, "account", "active", "false", "login", "root");
    CT_IS(c, "account", "logged_in", "?", "login", "ann");
    for (size_t i = 0; i < c->rows.n; i++)             /* no part of a hash leaves the machine */
        for (size_t f = 0; f < c->rows.v[i].r->n_fields; f++)
            assert_false(str_contains(c->rows.v[i].v[f].s, S("$6$")) || str_contains(c->rows.v[i].v[f].s, S("j9T")));
    ct_tree_free(root);
}

static void group_members_are_listed_once_with_primary_groups(void **state)
{
    (void)state;
    TREE();
    put_machine(a, root);
    collected *c = identity(a, root);
    assert_int_equal(ct_status(c, "group_member"), ST_OK);
    CT_IS(c, "group_member", "privileged", "true", "group_name", "sudo", "member", "ann");
    CT_IS(c, "group_member", "primary_group", "true", "group_name", "ann", "member", "ann");
    CT_IS(c, "group_member", "privileged", "true", "group_name", "root", "member", "root");
    CT_IS(c, "group_member", "primary_group", "false", "group_name", "www", "member", "bob");
    CT_IS(c, "group_member", "gid", "27", "group_name", "sudo", "member", "ghost");
    assert_non_null(CT_FIND(c, "group_member", "group_name", "#65534", "member", "nobody"));
    ct_tree_free(root);
}

static void logins_that_repeat_and_twins_of_root_are_seen(void **state)
{
    (void)state;
    TREE();
    put_machine(a, root);
    PUT("etc/passwd", "root:x:0:0:root:/root:/bin/bash\ntoor:x:0:0::/root:/bin/sh\nann:x:1000:1000::/home/ann:/bin/sh\n"
                      "ann:x:0:0::/root:/bin/sh\nbroken line\n+@netgroup::::::\nb\xff" "b:x:1002:1002::/home/b:/bin/sh\n");
    PUT("etc/group", "root:x:0:\n");
    collected *c = identity(a, root);
    assert_int_equal(ct_count(c, "account"), 4);
    CT_IS(c, "account", "privileged", "true", "login", "toor");
    CT_IS(c, "account", "uid", "1000", "login", "ann");
    CT_IS(c, "account", "privileged", "true", "login", "ann");
    assert_non_null(CT_FIND(c, "account", "login", "b\\xffb"));
    assert_int_equal(ct_status(c, "account"), ST_PARTIAL);
    assert_true(str_contains(ct_reason(c, "account"), S("/etc/passwd:4 repeats the login ann")));
    assert_true(str_contains(ct_reason(c, "account"), S("/etc/passwd:5 cannot be read")));
    assert_true(str_contains(ct_reason(c, "account"), S("asks a directory")));
    ct_tree_free(root);
}

static void a_directory_in_nsswitch_makes_the_list_partial(void **state)
{
    (void)state;
    TREE();
    put_machine(a, root);
    PUT("etc/nsswitch.conf", "passwd:\tfiles [NOTFOUND=continue] sss # x\ngroup: files ldap\nsudoers: files sss\n");
    collected *c = identity(a, root);
    assert_int_equal(ct_status(c, "account"), ST_PARTIAL);
    assert_string_equal(str_z(a, ct_reason(c, "account")), "accounts of sss are not listed here");
    assert_true(str_contains(ct_reason(c, "group_member"), S("groups of ldap")));
    CT_IS(c, "account", "privileged", "?", "login", "bob");      /* a directory may make him one */
    CT_IS(c, "account", "privileged", "true", "login", "ann");
    assert_true(str_contains(ct_reason(c, "privilege"), S("sudo rules kept in sss")));
    ct_tree_free(root);
}

static void rights_kept_elsewhere_leave_administrators_unknown(void **state)
{
    (void)state;
    TREE();
    put_machine(a, root);
    CT_IS(identity(a, root), "account", "privileged", "false", "login", "bob");
    PUT("etc/nsswitch.conf", "passwd: files\ngroup: files\nsudoers: files sss\n");
    CT_IS(identity(a, root), "account", "privileged", "?", "login", "bob");
    PUT("etc/nsswitch.conf", "passwd: files\ngroup: files\n");
    PUT("etc/doas.conf", "permit bob\n");
    CT_IS(identity(a, root), "account", "privileged", "?", "login", "bob");
    ct_tree_free(root);
}

static void nothing_to_read_is_an_error_and_not_an_empty_pass(void **state)
{
    (void)state;
    TREE();
    collected *c = identity(a, root);
    assert_int_equal(ct_status(c, "account"), ST_ERROR);
    assert_int_equal(ct_status(c, "group_member"), ST_ERROR);
    assert_int_equal(ct_status(c, "privilege"), ST_ABSENT);
    assert_int_equal(ct_status(c, "pam_rule"), ST_ABSENT);
    assert_int_equal(ct_count(c, "account"), 0);
    ct_tree_free(root);
}

/* Runs the probe in a child without rights over files of others; its rows come back as text. */
static collected *as_nobody(arena *a, const char *root, void (*run)(const collect_env *, emit *))
{
    int fd = memfd_create("rows", 0), status;
    assert_true(fd >= 0);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        collect_env env = ct_env(a, root);
        if (setgid(65534) != 0 || setuid(65534) != 0)
            _exit(9);
        emit *e = emit_new(a, fd);
        run(&env, e);
        _exit(emit_finish(e) == 0 ? 0 : 8);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    char   *text = arena_alloc(a, 8 << 20, 1);
    ssize_t n = pread(fd, text, (8 << 20) - 1, 0);
    assert_true(n > 0);
    close(fd);
    return ct_read(a, (str){ text, (size_t)n }, NULL);
}

static void without_rights_the_password_fields_are_unknown_and_denied(void **state)
{
    (void)state;
    if (geteuid() != 0) {
        print_message("skipped: only root can become someone else\n");
        skip();
    }
    TREE();
    put_machine(a, root);
    chmod(root, 0755);
    ct_put(a, root, "etc/shadow", S("ann:$y$j9T$s$h:20400:1:90:7:::\n"), 0600);
    ct_put(a, root, "etc/sudoers", S("root ALL=ALL\n"), 0440);
    chmod(str_fmt(a, "%s/home/ann/.ssh", root).p, 0700);
    collected *c = as_nobody(a, root, probe_identity);
    assert_int_equal(ct_status(c, "account"), ST_DENIED);
    assert_int_equal(ct_status(c, "privilege"), ST_DENIED);
    assert_int_equal(ct_status(c, "ssh_key"), ST_DENIED);
    CT_IS(c, "account", "password_state", "?", "login", "ann");
    CT_IS(c, "account", "password_changed_at", "?", "login", "ann");
    CT_IS(c, "account", "active", "?", "login", "ann");
    CT_IS(c, "account", "active", "false", "login", "nobody");
    CT_IS(c, "account", "ssh_keys", "?", "login", "ann");
    CT_IS(c, "account", "privileged", "?", "login", "bob");
    CT_IS(c, "account", "privileged", "true", "login", "root");
    ct_tree_free(root);
}

static void sudo_rights_make_administrators_through_users_groups_and_numbers(void **state)
{
    (void)state;
    TREE();
    put_machine(a, root);
    PUT("etc/group", "root:x:0:\nann:x:1000:\nops:x:500:bob,ann\nbob:x:1001:\n");
    PUT("etc/sudoers", "%ops,!ann ALL=(ALL) NOPASSWD: ALL\n@includedir /etc/sudoers.d\n");
    PUT("etc/sudoers.d/one", "#1 web1=(root) ALL\n");
    assert_int_equal(symlink("loop", str_fmt(a, "%s/etc/sudoers.d/loop", root).p), 0);
    collected *c = identity(a, root);
    CT_IS(c, "account", "privileged", "true", "login", "bob");
    CT_IS(c, "account", "privileged", "true", "login", "daemon");
    CT_IS(c, "account", "privileged", "?", "login", "ann");       /* a part of the rules could not be read */
    CT_IS(c, "group_member", "privileged", "true", "group_name", "ops", "member", "bob");
    CT_IS(c, "privilege", "passwordless", "true", "subject", "%ops");
    CT_IS(c, "privilege", "all_commands", "true", "subject", "#1");
    CT_IS(c, "privilege", "defined_in", "/etc/sudoers.d/one:1", "subject", "#1");
    assert_int_equal(ct_status(c, "privilege"), ST_PARTIAL);
    assert_true(str_contains(ct_reason(c, "privilege"), S("leads in a circle")));
    ct_tree_free(root);
}

static void keys_are_counted_and_their_files_judged(void **state)
{
    (void)state;
    TREE();
    put_machine(a, root);
    ct_put(a, root, "home/bob/.ssh/authorized_keys", str_fmt(a, "%s%scommand=\"x\",from=\"::1\" ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAABQCAAAAB b\nrubbish\n", key_line, key_line), 0666);
    collected *c = identity(a, root);
    CT_IS(c, "ssh_key", "type", "ssh-ed25519", "login", "ann");
    CT_IS(c, "ssh_key", "fingerprint", KEY_FINGERPRINT, "login", "ann");
    CT_IS(c, "ssh_key", "path", "/home/ann/.ssh/authorized_keys", "login", "ann");
    CT_IS(c, "account", "ssh_keys", "2", "login", "bob");
    CT_IS(c, "ssh_key", "writable_by_others", "true", "login", "bob", "type", "ssh-rsa");
    CT_IS(c, "ssh_key", "forced_command", "true", "login", "bob", "type", "ssh-rsa");
    CT_IS(c, "ssh_key", "source_limited", "true", "login", "bob", "type", "ssh-rsa");
    PUT("etc/ssh/sshd_config", "AuthorizedKeysFile /etc/keys/%u none\nAuthorizedKeysCommand /bin/x\n");
    ct_put(a, root, "etc/keys/ann", str_of(key_line), 0600);
    c = identity(a, root);
    CT_IS(c, "ssh_key", "path", "/etc/keys/ann", "login", "ann");
    CT_IS(c, "account", "ssh_keys", "?", "login", "ann");
    assert_int_equal(ct_status(c, "ssh_key"), ST_PARTIAL);
    ct_tree_free(root);
}

static void a_second_factor_is_true_false_or_unknown(void **state)
{
    (void)state;
    TREE();
    put_machine(a, root);
    PUT("etc/ssh/sshd_config", "UsePAM yes\nAuthenticationMethods publickey,keyboard-interactive\n");
    CT_IS(identity(a, root), "account", "mfa", "true", "login", "ann");
    PUT("etc/ssh/sshd_config", "UsePAM yes\n");
    PUT("etc/pam.d/sshd", "auth required pam_unix.so\nauth required pam_google_authenticator.so\n");
    collected *c = identity(a, root);
    CT_IS(c, "account", "mfa", "false", "login", "ann");           /* the key alone lets in */
    CT_IS(c, "account", "mfa", "true", "login", "bob");
    PUT("etc/pam.d/sshd", "@include gone\n");
    CT_IS(identity(a, root), "account", "mfa", "?", "login", "ann");
    ct_tree_free(root);
}

static void put_wtmp(arena *a, const char *root, int64_t at, size_t cut)
{
    struct utmp u = { .ut_type = USER_PROCESS, .ut_tv = { .tv_sec = (int32_t)at } };
    memcpy(u.ut_user, "ann", 3);
    ct_put(a, root, "var/log/wtmp", (str){ (const char *)&u, sizeof u - cut }, 0664);
}

static void sign_ins_come_from_lastlog_and_wtmp(void **state)
{
    (void)state;
    TREE();
    put_machine(a, root);
    enum { N = 1002 };
    struct lastlog *all = NEW_ARRAY(a, struct lastlog, N);
    all[1001].ll_time = 1700000000;
    ct_put(a, root, "var/log/lastlog", (str){ (const char *)all, N * sizeof *all }, 0664);
    put_wtmp(a, root, 1768000000, 0);
    collected *c = identity(a, root);
    CT_IS(c, "account", "last_login_at", "2026-01-09T23:06:40Z", "login", "ann");
    CT_IS(c, "account", "last_login_at", "2023-11-14T22:13:20Z", "login", "bob");
    CT_IS(c, "account", "logged_in", "false", "login", "root");
    CT_IS(c, "account", "last_login_at", "?", "login", "root");
    ct_tree_free(root);
}

static void sign_in_records_that_are_cut_or_from_the_future_prove_nothing(void **state)
{
    (void)state;
    TREE();
    put_machine(a, root);
    put_wtmp(a, root, 1768000000, 10);
    CT_IS(identity(a, root), "account", "logged_in", "?", "login", "ann");
    put_wtmp(a, root, 1999999999, 0);
    collected *c = identity(a, root);
    CT_IS(c, "account", "logged_in", "true", "login", "ann");
    CT_IS(c, "account", "last_login_at", "?", "login", "ann");
    PUT("var/lib/lastlog/lastlog2.db", "");
    c = identity(a, root);
    CT_IS(c, "account", "logged_in", "?", "login", "bob");
    assert_int_equal(ct_status(c, "account"), ST_PARTIAL);
    ct_tree_free(root);
}

static void a_hundred_thousand_accounts_take_no_time(void **state)
{
    (void)state;
    TREE();
    enum { N = 100000 };
    buf passwd = buf_new(a, 64 << 20), shadow = buf_new(a, 64 << 20), group = buf_new(a, 64 << 20);
    buf_putz(&group, "users:x:100:");
    for (int i = 0; i < N; i++) {
        buf_fmt(&passwd, "u%06d:x:%d:100:User %d:/home/u%06d:/bin/sh\n", i, i + 1000, i, i);
        buf_fmt(&shadow, "u%06d:$y$j9T$s$h:20000:0:99999:7:::\n", i);
        buf_fmt(&group, "%su%06d", i ? "," : "", i);
    }
    ct_put(a, root, "etc/passwd", buf_str(&passwd), 0644);
    ct_put(a, root, "etc/shadow", buf_str(&shadow), 0644);
    ct_put(a, root, "etc/group", buf_str(&group), 0644);
    int         fd = open("/dev/null", O_WRONLY | O_CLOEXEC);
    collect_env env = ct_env(a, root);
    env.a = arena_new(256 << 20);
    emit           *e = emit_new(env.a, fd);
    struct timespec from, to;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
    probe_identity(&env, e);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
    assert_int_equal(emit_finish(e), 0);
    double seconds = (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
    print_message("identity of %d accounts: %.2f s, %zu MiB\n", N, seconds, arena_used_bytes(env.a) >> 20);
    assert_true(seconds < 10);           /* generous: sanitizers and a busy machine; quadratic work would take minutes */
    arena_free(env.a);
    close(fd);
    ct_tree_free(root);
}

/* ---- settings ------------------------------------------------------------------------- */

static void settings_come_from_files_with_the_precedence_of_each_format(void **state)
{
    (void)state;
    TREE();
    put_machine(a, root);
    PUT("etc/ssh/sshd_config", "PermitRootLogin no\nMatch User ann\nPermitRootLogin yes\n");
    PUT("proc/sys/net/ipv4/ip_forward", "1\n");
    PUT("proc/sys/net/ipv4/conf/eth0.1/rp_filter", "2\n");
    PUT("proc/sys/net/ipv4/conf/veth1a/rp_filter", "0\n");
    PUT("etc/sysctl.d/10-a.conf", "net.ipv4.ip_forward=1\nnet/ipv4/conf/eth0.1/rp_filter = 1\n# c\n-kernel.sysrq = 0\n");
    PUT("usr/lib/sysctl.d/10-a.conf", "masked.by = etc\n");
    PUT("usr/lib/sysctl.d/50-b.conf", "net.ipv4.ip_forward = 0\n");
    PUT("etc/sysctl.conf", "kernel.sysrq = 438\n");
    PUT("etc/login.defs", "# x\nPASS_MAX_DAYS\t90\nUMASK 027\n");
    PUT("usr/lib/systemd/systemd-journald", "");
    PUT("etc/systemd/journald.conf", "[Journal]\n#Storage=auto\nStorage=volatile\nCompress=no\n");
    PUT("etc/systemd/journald.conf.d/x.conf", "[Journal]\nStorage=persistent\nCompress=\n[Other]\nSeal=no\n");
    PUT("etc/apt/apt.conf.d/20auto", "apt::periodic::unattended-upgrade \"1\";\nUnattended-Upgrade::Allowed-Origins { \"a\"; \"b\"; };\n");
    PUT("etc/apt/apt.conf.d/50x.disabled", "APT::Periodic::Enable \"0\";\n");
    PUT("etc/modprobe.d/usb.conf", "install usb-storage /bin/false\nblacklist firewire_core\n");
    PUT("etc/profile", "if true; then\n  readonly TMOUT=900; export TMOUT\nfi\numask 027\n");
    collected *c = identity(a, root);
    assert_int_equal(ct_status(c, "setting"), ST_OK);
#define SETTING(comp, name_, field_, want) CT_IS(c, "setting", field_, want, "component", comp, "name", name_)
    SETTING("sshd", "permitrootlogin", "value", "no");
    SETTING("sshd", "permitrootlogin", "defined_in", "/etc/ssh/sshd_config:1");
    SETTING("sshd", "match User ann: permitrootlogin", "value", "yes");
    SETTING("sshd", "maxauthtries", "number", "6");
    SETTING("sshd", "maxauthtries", "defined_in", "default");
    SETTING("sysctl", "net.ipv4.ip_forward", "number", "1");
    SETTING("sysctl", "net.ipv4.conf.eth0/1.rp_filter", "number", "2");
    SETTING("sysctl", "net.ipv4.ip_forward", "defined_in", "runtime");
    SETTING("sysctl.d", "net.ipv4.ip_forward", "value", "0");
    SETTING("sysctl.d", "net.ipv4.conf.eth0/1.rp_filter", "value", "1");
    SETTING("sysctl.d", "kernel.sysrq", "value", "438");
    assert_null(CT_FIND(c, "setting", "component", "sysctl.d", "name", "masked.by"));
    assert_null(CT_FIND(c, "setting", "component", "sysctl", "name", "net.ipv4.conf.veth1a.rp_filter"));
    SETTING("login.defs", "PASS_MAX_DAYS", "number", "90");
    SETTING("login.defs", "PASS_MIN_DAYS", "defined_in", "default");
    SETTING("journald", "Storage", "value", "persistent");
    SETTING("journald", "Compress", "value", "yes");
    SETTING("journald", "Seal", "value", "yes");
    SETTING("apt", "APT::Periodic::Unattended-Upgrade", "value", "1");
    SETTING("apt", "APT::Periodic::Enable", "value", "1");
    SETTING("apt", "Unattended-Upgrade::Allowed-Origins", "value", "a, b");
    SETTING("modprobe", "install usb_storage", "value", "/bin/false");
    SETTING("modprobe", "blacklist firewire_core", "value", "yes");
    SETTING("profile", "TMOUT", "number", "900");
    SETTING("profile", "TMOUT readonly", "value", "yes");
    SETTING("profile", "umask", "value", "027");
    ct_tree_free(root);
}

static void what_is_not_installed_or_not_used_has_no_settings(void **state)
{
    (void)state;
    TREE();
    put_machine(a, root);
    PUT("etc/security/pwquality.conf", "minlen = 14\nenforce_for_root\n");
    PUT("etc/security/faillock.conf", "deny = 4\n");
    collected *c = identity(a, root);
    static const char *const components[] = { "sshd", "journald", "logind", "coredump", "apt", "pwquality", "faillock", "pwhistory" };
    for (size_t i = 0; i < c->rows.n; i++)
        for (size_t k = 0; k < COUNT(components) && strcmp(c->rows.v[i].r->name, "setting") == 0; k++)
            assert_string_not_equal(str_z(a, ct_show(c, &c->rows.v[i], "component")), components[k]);
    PUT("etc/pam.d/common-password", "password requisite pam_pwquality.so retry=3\npassword required pam_unix.so\n");
    PUT("etc/pam.d/login", "auth required pam_faillock.so preauth\n");
    c = identity(a, root);
    SETTING("pwquality", "minlen", "number", "14");
    SETTING("pwquality", "enforce_for_root", "value", "yes");
    SETTING("pwquality", "retry", "value", "3");
    SETTING("pwquality", "dictcheck", "defined_in", "default");
    SETTING("faillock", "deny", "number", "4");
    SETTING("faillock", "unlock_time", "number", "600");
    ct_tree_free(root);
}

/* The whole probe on the machine the tests run on: nothing may break its relation's rules. */
static void this_machine_can_be_read(void **state)
{
    (void)state;
    auto_arena arena *a = arena_new(256 << 20);
    collected        *c = ct_probe(a, NULL, probe_identity);
    assert_true(ct_count(c, "account") > 0);
    assert_int_equal(c->ends.n, 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_account_is_told_from_passwd_and_shadow),
        cmocka_unit_test(group_members_are_listed_once_with_primary_groups),
        cmocka_unit_test(logins_that_repeat_and_twins_of_root_are_seen),
        cmocka_unit_test(a_directory_in_nsswitch_makes_the_list_partial),
        cmocka_unit_test(rights_kept_elsewhere_leave_administrators_unknown),
        cmocka_unit_test(nothing_to_read_is_an_error_and_not_an_empty_pass),
        cmocka_unit_test(without_rights_the_password_fields_are_unknown_and_denied),
        cmocka_unit_test(sudo_rights_make_administrators_through_users_groups_and_numbers),
        cmocka_unit_test(keys_are_counted_and_their_files_judged),
        cmocka_unit_test(a_second_factor_is_true_false_or_unknown),
        cmocka_unit_test(sign_ins_come_from_lastlog_and_wtmp),
        cmocka_unit_test(sign_in_records_that_are_cut_or_from_the_future_prove_nothing),
        cmocka_unit_test(a_hundred_thousand_accounts_take_no_time),
        cmocka_unit_test(settings_come_from_files_with_the_precedence_of_each_format),
        cmocka_unit_test(what_is_not_installed_or_not_used_has_no_settings),
        cmocka_unit_test(this_machine_can_be_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
