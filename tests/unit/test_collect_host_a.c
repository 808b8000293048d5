/* The pure parsers behind the identity and configuration facts. */
#include "test.h"
#include "conf_table.h"

#include "collect/host/apt_conf.h"
#include "collect/host/authkey.h"
#include "collect/host/mfa.h"
#include "collect/host/passwd.h"
#include "collect/host/sshd_conf.h"
#include "collect/host/sudoers.h"

#define ARENA() auto_arena arena *a = arena_new(256 << 20)
#define assert_str(s, z) assert_string_equal(str_z(a, (s)), (z))

/* ---- passwd, shadow, group -------------------------------------------------------- */

static void passwd_lines_are_read_field_by_field(void **state)
{
    (void)state;
    ARENA();
    passwd_entry p;
    assert_int_equal(passwd_parse(S("ann:x:1000:1001:Ann Lee,,,:/home/ann:/bin/bash"), &p), LINE_ENTRY);
    assert_str(p.login, "ann");
    assert_int_equal(p.gid, 1001);
    assert_str(p.full_name, "Ann Lee,,,");
    assert_str(p.shell, "/bin/bash");
    assert_int_equal(passwd_parse(S(""), &p), LINE_BLANK);
    assert_int_equal(passwd_parse(S("# note"), &p), LINE_BLANK);
    assert_int_equal(passwd_parse(S("+@admins::::::"), &p), LINE_NIS);
    assert_int_equal(passwd_parse(S("ann:x:1000:1001:Ann:/home/ann"), &p), LINE_BROKEN);
    assert_int_equal(passwd_parse(S("ann:x:1000:1001:Ann:/home/ann:/bin/sh:more"), &p), LINE_BROKEN);
    assert_int_equal(passwd_parse(S("ann:x:-1:1001:Ann:/home/ann:/bin/sh"), &p), LINE_BROKEN);
    assert_int_equal(passwd_parse(S("ann:x:4294967296:1:Ann:/home/ann:/bin/sh"), &p), LINE_BROKEN);
    assert_int_equal(passwd_parse(S(":x:1:1:::"), &p), LINE_BROKEN);
}

static void shadow_fields_that_are_empty_are_told_from_zero(void **state)
{
    (void)state;
    shadow_entry s;
    assert_int_equal(shadow_parse(S("ann:$y$j9T$abc:20000:0:90:7:::"), &s), LINE_ENTRY);
    assert_int_equal(s.changed_days, 20000);
    assert_int_equal(s.min_days, 0);
    assert_int_equal(s.max_days, 90);
    assert_int_equal(s.inactive_days, SHADOW_EMPTY);
    assert_int_equal(s.expire_days, SHADOW_EMPTY);
    assert_int_equal(shadow_parse(S("ann:*:::::"), &s), LINE_BROKEN);
}

static void a_hash_is_named_by_its_scheme_and_its_lock(void **state)
{
    (void)state;
    static const struct { const char *hash, *state, *scheme; } rows[] = {
        { "", "empty", NULL }, { "*", "none", NULL }, { "!", "none", NULL }, { "!!", "none", NULL },
        { "!*", "none", NULL }, { "x", "none", NULL }, { "$y$j9T$salt$hash", "set", "yescrypt" },
        { "!$y$j9T$salt$hash", "locked", "yescrypt" }, { "$6$salt$hash", "set", "sha512" },
        { "$5$salt$hash", "set", "sha256" }, { "$2b$12$abc", "set", "bcrypt" }, { "$1$salt$hash", "set", "md5" },
        { "$7$unheard", "set", "other" }, { "abJnggxhB/yWI", "set", "des" }, { "!abJnggxhB/yWI", "locked", "des" },
        { "too-short", "none", NULL }, { "*LK*", "none", NULL },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_string_equal(password_state(str_of(rows[i].hash)), rows[i].state);
        const char *scheme = password_scheme(str_of(rows[i].hash));
        assert_true((scheme == NULL) == (rows[i].scheme == NULL));
        if (scheme)
            assert_string_equal(scheme, rows[i].scheme);
    }
}

static void group_lines_keep_their_members(void **state)
{
    (void)state;
    ARENA();
    group_entry g;
    assert_int_equal(group_parse(S("sudo:x:27:ann,bob"), &g), LINE_ENTRY);
    assert_str(g.members, "ann,bob");
    assert_int_equal(group_parse(S("sudo:x:ab:ann"), &g), LINE_BROKEN);
    assert_int_equal(group_parse(S("sudo:x:27"), &g), LINE_BROKEN);
}

/* ---- sshd_config ------------------------------------------------------------------- */

static sshd_values effective(arena *a, conf_files files, sshd_conf *c)
{
    sshd_read(a, &files, "/etc/ssh/sshd_config", c);
    return sshd_effective(a, c);
}
#define assert_sshd(v, name, want) assert_str(sshd_get(&(v), S(name)), want)

static void the_first_value_of_a_keyword_wins_also_through_includes(void **state)
{
    (void)state;
    ARENA();
    sshd_conf   c;
    sshd_values v = effective(a, CONF_TABLE("/etc/ssh/sshd_config",
                                            "Include /etc/ssh/sshd_config.d/*.conf\n"
                                            "PermitRootLogin yes\nPasswordAuthentication yes\nX11Forwarding=yes # why\n",
                                            "/etc/ssh/sshd_config.d/10-a.conf", "permitrootlogin no\n",
                                            "/etc/ssh/sshd_config.d/20-b.conf", "PermitRootLogin yes\nPasswordAuthentication \"no\"\n",
                                            "/etc/ssh/sshd_config.d/readme", "PermitEmptyPasswords yes\n"), &c);
    assert_sshd(v, "permitrootlogin", "no");
    assert_sshd(v, "passwordauthentication", "no");
    assert_sshd(v, "x11forwarding", "yes");
    assert_sshd(v, "permitemptypasswords", "no");
    for (size_t i = 0; i < v.n; i++)
        if (str_eq(v.v[i].name, S("permitrootlogin")))
            assert_str(v.v[i].defined_in, "/etc/ssh/sshd_config.d/10-a.conf:1");
}

static void a_match_block_does_not_speak_for_everyone(void **state)
{
    (void)state;
    ARENA();
    sshd_conf   c;
    sshd_values v = effective(a, CONF_TABLE("/etc/ssh/sshd_config",
                                            "Match User bob\n  PermitRootLogin yes\n  Include inner.conf\n"
                                            "Match all\nMaxAuthTries 3\n",
                                            "/etc/ssh/inner.conf", "MaxSessions 1\nMatch Address 10.0.0.0/8\nBanner /x\n"), &c);
    assert_sshd(v, "permitrootlogin", "without-password");
    assert_sshd(v, "maxsessions", "10");
    assert_sshd(v, "banner", "none");
    assert_sshd(v, "maxauthtries", "3");
    assert_int_equal(c.lines.n, 4);
    assert_str(c.lines.v[0].match, "User bob");
    assert_str(c.lines.v[1].match, "User bob");
    assert_str(c.lines.v[2].match, "User bob Address 10.0.0.0/8");
    assert_str(c.lines.v[3].match, "");
}

static void values_read_as_sshd_prints_them(void **state)
{
    (void)state;
    ARENA();
    sshd_conf   c;
    sshd_values v = effective(a, CONF_TABLE("/etc/ssh/sshd_config",
                                            "LoginGraceTime 1m30s\nPermitRootLogin PROHIBIT-PASSWORD\nLogLevel verbose\n"
                                            "Port 22\nPort=2222\nAllowUsers ann bob\nAllowUsers \"car ol\"\n"
                                            "Ciphers -aes128-*,chacha*\nMACs +hmac-md5\nKexAlgorithms ^curve25519-sha256\n"
                                            "ChallengeResponseAuthentication yes\nClientAliveInterval 5x\n"), &c);
    assert_sshd(v, "logingracetime", "90");
    assert_sshd(v, "permitrootlogin", "without-password");
    assert_sshd(v, "loglevel", "VERBOSE");
    assert_sshd(v, "port", "22 2222");
    assert_sshd(v, "allowusers", "ann bob car ol");
    assert_sshd(v, "ciphers", "aes192-ctr,aes256-ctr,aes256-gcm@openssh.com");
    assert_true(str_ends(sshd_get(&v, S("macs")), S("hmac-sha1,hmac-md5")));
    assert_true(str_starts(sshd_get(&v, S("kexalgorithms")), S("curve25519-sha256,sntrup761x25519-sha512,")));
    assert_sshd(v, "kbdinteractiveauthentication", "yes");
    assert_sshd(v, "clientaliveinterval", "5x");
    assert_sshd(v, "usepam", "no");
}

static void includes_that_go_in_a_circle_end_and_are_told(void **state)
{
    (void)state;
    ARENA();
    sshd_conf c;
    effective(a, CONF_TABLE("/etc/ssh/a.conf", "Include /etc/ssh/sshd_config\n", "/etc/ssh/sshd_config", "Include a.conf\nPort 1\n"), &c);
    assert_int_equal(c.notes.n, 1);
    effective(a, CONF_TABLE("/etc/ssh/sshd_config", "Include gone.conf gone/*.conf\n"), &c);
    assert_int_equal(c.notes.n, 0);
    effective(a, CONF_TABLE("/etc/ssh/sshd_config", "Include x\n", "/etc/ssh/x", "(denied)"), &c);
    assert_int_equal(c.notes.v[0].err, EACCES);
}

static void what_sshd_prints_is_joined_by_keyword(void **state)
{
    (void)state;
    ARENA();
    sshd_values v = sshd_printed(a, S("port 22\nhostkey /a\nhostkey /b\nbanner none\n"));
    assert_int_equal(v.n, 3);
    assert_sshd(v, "hostkey", "/a /b");
    assert_str(v.v[0].defined_in, "sshd -T");
}

/* ---- sudoers ------------------------------------------------------------------------- */

static sudo_rights sudo(arena *a, conf_files files)
{
    sudo_rights r;
    sudo_read(a, &files, "/etc/sudoers", S("web1.example.org"), &r);
    return r;
}

/* "subject|run_as|command|passwordless|all|noexec" of every right, one a line. */
static const char *rights_text(arena *a, const sudo_rights *r)
{
    static const char *const word[] = { "no", "yes", "?" };
    buf b = buf_new(a, 1 << 20);
    for (size_t i = 0; i < r->rights.n; i++) {
        const sudo_right *s = &r->rights.v[i];
        buf_fmt(&b, STR_FMT "|" STR_FMT "|" STR_FMT "|%s|%s|%s\n", STR_ARG(s->subject), STR_ARG(s->run_as),
                STR_ARG(s->command), word[s->passwordless], s->all_commands ? "all" : "-", s->no_exec ? "noexec" : "-");
    }
    return buf_z(&b);
}
#define assert_sudo(text, want)                                                             \
    do {                                                                                    \
        sudo_rights r_ = sudo(a, CONF_TABLE("/etc/sudoers", text));                         \
        assert_string_equal(rights_text(a, &r_), want);                                     \
        assert_int_equal(r_.notes.n, 0);                                                    \
    } while (0)

static void the_file_debian_ships_gives_root_and_the_group_sudo_everything(void **state)
{
    (void)state;
    ARENA();
    assert_sudo("Defaults\tenv_reset\nDefaults\tsecure_path=\"/usr/sbin:/usr/bin\"\nroot\tALL=(ALL:ALL) ALL\n"
                "# a comment \\\n%sudo\tALL=(ALL:ALL) ALL\n#Defaults:%sudo !authenticate\n",
                "root|ALL|ALL|no|all|-\n%sudo|ALL|ALL|no|all|-\n");
}

static void aliases_of_every_kind_are_expanded(void **state)
{
    (void)state;
    ARENA();
    assert_sudo("User_Alias OPS = ann, bob : WEB = OPS, %www\nRunas_Alias DB = postgres, #113\n"
                "Host_Alias HERE = web1, !db1\nCmnd_Alias RESTART = /bin/systemctl restart nginx, \\\n"
                "  /bin/systemctl reload nginx : NOT = !RESTART\n"
                "WEB HERE = (DB) NOPASSWD: RESTART, PASSWD: NOEXEC: /bin/less\n",
                "ann|postgres|/bin/systemctl restart nginx|yes|-|-\nbob|postgres|/bin/systemctl restart nginx|yes|-|-\n"
                "%www|postgres|/bin/systemctl restart nginx|yes|-|-\nann|#113|/bin/systemctl restart nginx|yes|-|-\n"
                "bob|#113|/bin/systemctl restart nginx|yes|-|-\n%www|#113|/bin/systemctl restart nginx|yes|-|-\n"
                "ann|postgres|/bin/systemctl reload nginx|yes|-|-\nbob|postgres|/bin/systemctl reload nginx|yes|-|-\n"
                "%www|postgres|/bin/systemctl reload nginx|yes|-|-\nann|#113|/bin/systemctl reload nginx|yes|-|-\n"
                "bob|#113|/bin/systemctl reload nginx|yes|-|-\n%www|#113|/bin/systemctl reload nginx|yes|-|-\n"
                "ann|postgres|/bin/less|no|-|noexec\nbob|postgres|/bin/less|no|-|noexec\n%www|postgres|/bin/less|no|-|noexec\n"
                "ann|#113|/bin/less|no|-|noexec\nbob|#113|/bin/less|no|-|noexec\n%www|#113|/bin/less|no|-|noexec\n");
}

static void a_shell_is_everything_whatever_login_option_it_has(void **state)
{
    (void)state;
    ARENA();
    assert_sudo("ann ALL=(root) /bin/su -, /bin/su - root, /bin/bash -l, /bin/sh \"\"\n"
                "bob ALL=(root) /bin/su - postgres, /bin/bash /opt/run, /opt/su/run\n",
                "ann|root|/bin/su -|no|all|-\nann|root|/bin/su - root|no|all|-\nann|root|/bin/bash -l|no|all|-\n"
                "ann|root|/bin/sh \"\"|no|all|-\nbob|root|/bin/su - postgres|no|-|-\nbob|root|/bin/bash /opt/run|no|-|-\n"
                "bob|root|/opt/su/run|no|-|-\n");
}

static void negation_users_by_number_and_groups_are_kept(void **state)
{
    (void)state;
    ARENA();
    assert_sudo("Cmnd_Alias SHELLS = /bin/sh, /bin/bash\n#1000 ALL=ALL, !SHELLS\n%#27, +admins ALL=(ALL, !root) /bin/ls \"\"\n"
                "ALL,!eve web1=(:adm) sudoedit /etc/motd\n\"dom\\\\user\" ALL=(www-data:adm) sha256:00ff /bin/id\\,x\n",
                "#1000|root|ALL|no|all|-\n#1000|root|!/bin/sh|no|-|-\n#1000|root|!/bin/bash|no|-|-\n"
                "%#27|ALL, !root|/bin/ls \"\"|no|-|-\n+admins|ALL, !root|/bin/ls \"\"|no|-|-\n"
                "ALL|:adm|sudoedit /etc/motd|no|-|-\ndom\\\\user|www-data:adm|/bin/id,x|no|-|-\n");
    sudo_rights r = sudo(a, CONF_TABLE("/etc/sudoers", "ALL,!eve ALL=ALL\nann ALL=(ALL,!root) ALL\n"));
    assert_int_equal(r.rights.v[0].except.n, 1);
    assert_true(r.rights.v[0].as_root);
    assert_false(r.rights.v[1].as_root);
}

static void rules_for_other_hosts_are_left_out_and_undecidable_ones_kept(void **state)
{
    (void)state;
    ARENA();
    assert_sudo("a db1=ALL\nb WEB1=ALL\nc web*=ALL\nd 10.0.0.0/8=ALL\ne +servers=ALL\nf ALL,!web1=ALL\ng web1.example.org=/a : db1=/b : ALL=/c\n",
                "b|root|ALL|no|all|-\nc|root|ALL|no|all|-\nd|root|ALL|no|all|-\ne|root|ALL|no|all|-\n"
                "g|root|/a|no|-|-\ng|root|/c|no|-|-\n");
}

static void a_password_is_asked_unless_defaults_say_otherwise(void **state)
{
    (void)state;
    ARENA();
    assert_sudo("Defaults !authenticate\nann ALL=ALL\nbob ALL=PASSWD: ALL\n", "ann|root|ALL|yes|all|-\nbob|root|ALL|no|all|-\n");
    assert_sudo("Defaults:ann !authenticate\nann ALL=/a\nbob ALL=/a\n%g ALL=/a\n", "ann|root|/a|yes|-|-\nbob|root|/a|no|-|-\n%g|root|/a|?|-|-\n");
    assert_sudo("Defaults exempt_group=ops\n%ops ALL=/a\n", "%ops|root|/a|yes|-|-\n");
    assert_sudo("Defaults env_reset, !authenticate\nDefaults authenticate\nann ALL=/a\n", "ann|root|/a|no|-|-\n");
    assert_sudo("Defaults>postgres !authenticate\nann ALL=(postgres) /a\nann ALL=/b\n", "ann|postgres|/a|yes|-|-\nann|root|/b|no|-|-\n");
    assert_sudo("Defaults@db1 !authenticate\nDefaults noexec,runas_default=oper\nann ALL=/b\n", "ann|oper|/b|no|-|noexec\n");
}

static void a_shell_without_fixed_arguments_is_every_command(void **state)
{
    (void)state;
    ARENA();
    assert_sudo("a ALL=/bin/bash\nb ALL=/bin/bash -c true\nc ALL=/usr/bin/su\n",
                "a|root|/bin/bash|no|all|-\nb|root|/bin/bash -c true|no|-|-\nc|root|/usr/bin/su|no|all|-\n");
}

static void the_last_rule_for_the_same_right_wins(void **state)
{
    (void)state;
    ARENA();
    assert_sudo("ann ALL=NOPASSWD: ALL\nann ALL=ALL\n", "ann|root|ALL|no|all|-\n");
}

static void included_files_are_followed_and_names_with_a_dot_skipped(void **state)
{
    (void)state;
    ARENA();
    sudo_rights r = sudo(a, CONF_TABLE("/etc/sudoers", "#includedir /etc/sudoers.d\n@include sudoers.%h\n@include gone\n",
                                       "/etc/sudoers.d/10-a", "ann ALL=/a\n", "/etc/sudoers.d/20.old", "eve ALL=ALL\n",
                                       "/etc/sudoers.d/30~", "eve ALL=ALL\n", "/etc/sudoers.d/40-loop", "(loop)",
                                       "/etc/sudoers.web1", "bob ALL=/b\n"));
    assert_string_equal(rights_text(a, &r), "ann|root|/a|no|-|-\nbob|root|/b|no|-|-\n");
    assert_str(r.rights.v[0].file, "/etc/sudoers.d/10-a");
    assert_int_equal(r.notes.n, 2);
    assert_true(str_contains(r.notes.v[0].text, S("40-loop")));
    assert_int_equal(r.notes.v[1].err, ENOENT);
}

static void circles_of_includes_and_aliases_end_and_are_told(void **state)
{
    (void)state;
    ARENA();
    sudo_rights r = sudo(a, CONF_TABLE("/etc/sudoers", "@include /etc/sudoers\nann ALL=/a\n"));
    assert_int_equal(r.rights.n, 1);
    assert_int_equal(r.notes.n, 1);
    r = sudo(a, CONF_TABLE("/etc/sudoers", "User_Alias A = B\nUser_Alias B = A, A\nA ALL=ALL\nann ALL=/a\n"));
    assert_int_equal(r.notes.n, 1);
}

static void a_line_that_cannot_be_read_is_told_with_its_number(void **state)
{
    (void)state;
    ARENA();
    sudo_rights r = sudo(a, CONF_TABLE("/etc/sudoers", "ann ALL=/a\n\nbob ALL\nUser_Alias = x\ncarol ALL=(root /b\n"));
    assert_int_equal(r.rights.n, 1);
    assert_int_equal(r.notes.n, 3);
    assert_true(str_contains(r.notes.v[0].text, S("/etc/sudoers:3 ")));
}

/* ---- PAM -------------------------------------------------------------------------- */

static const char *stack_text(arena *a, const pam_stacks *p, const char *service)
{
    buf b = buf_new(a, 1 << 20);
    for (size_t i = 0; i < p->rules.n; i++) {
        const pam_line *l = &p->rules.v[i];
        if (str_eq(l->service, str_of(service)))
            buf_fmt(&b, STR_FMT " %d " STR_FMT " " STR_FMT " [" STR_FMT "] %d\n", STR_ARG(l->facility), (int)l->position,
                    STR_ARG(l->control), STR_ARG(l->module), STR_ARG(l->arguments), (int)l->line);
    }
    return buf_z(&b);
}

static pam_stacks pam(arena *a, conf_files files)
{
    pam_stacks p;
    pam_read(a, &files, &p);
    return p;
}

static void stacks_are_expanded_in_the_order_they_run(void **state)
{
    (void)state;
    ARENA();
    pam_stacks p = pam(a, CONF_TABLE("/etc/pam.d/common-auth",
                                     "auth [success=1  default=ignore] pam_unix.so nullok\nauth requisite pam_deny.so\naccount required x.so\n",
                                     "/etc/pam.d/inc", "account required pam_a.so\nauth required pam_never.so\n",
                                     "/etc/pam.d/sshd",
                                     "# first\n@include common-auth\n-auth \\\n  optional /lib/security/pam_b.so [a b] c # why\n"
                                     "account include inc\nAccount substack inc\nsession required pam_c.so\n",
                                     "/etc/pam.d/sshd.dpkg-old", "auth required pam_old.so\n"));
    assert_string_equal(stack_text(a, &p, "sshd"),
                        "auth 1 [success=1 default=ignore] pam_unix.so [nullok] 1\nauth 2 requisite pam_deny.so [] 2\n"
                        "auth 3 optional pam_b.so [[a b] c] 3\naccount 1 required x.so [] 3\n"
                        "account 2 required pam_a.so [] 1\naccount 3 required pam_a.so [] 1\nsession 1 required pam_c.so [] 7\n");
    assert_string_equal(stack_text(a, &p, "sshd.dpkg-old"), "");
    assert_int_equal(p.notes.n, 0);
}

static void pam_conf_is_ignored_aloud_and_circles_end(void **state)
{
    (void)state;
    ARENA();
    pam_stacks p = pam(a, CONF_TABLE("/etc/pam.conf", "# nothing\nsshd auth required pam_x.so\n", "/etc/pam.d/a", "@include b\nauth required pam_z.so\n",
                                     "/etc/pam.d/b", "@include a\n@include a\n", "/etc/pam.d/c", "@include gone\n"));
    assert_true(p.notes.n >= 3);
    bool told = false, gone = false;
    for (size_t i = 0; i < p.notes.n; i++) {
        told = told || str_contains(p.notes.v[i].text, S("pam.conf"));
        gone = gone || p.notes.v[i].err == ENOENT;
    }
    assert_true(told && gone);
}

static bool requires(arena *a, const char *stack)
{
    pam_stacks p = pam(a, CONF_TABLE("/etc/pam.d/sshd", stack));
    return mfa_pam_requires(&p, S("sshd"));
}

static void a_second_factor_counts_only_when_no_path_goes_round_it(void **state)
{
    (void)state;
    ARENA();
    assert_true(requires(a, "auth required pam_unix.so\nauth required pam_google_authenticator.so\n"));
    assert_true(requires(a, "auth requisite pam_u2f.so\nauth required pam_unix.so\n"));
    assert_true(requires(a, "auth [success=ok default=die] pam_oath.so\nauth required pam_unix.so\n"));
    assert_false(requires(a, "auth required pam_unix.so\n"));
    assert_false(requires(a, "auth required pam_unix.so\nauth required pam_google_authenticator.so nullok\n"));
    assert_false(requires(a, "auth required pam_unix.so\nauth optional pam_oath.so\n"));
    assert_false(requires(a, "auth sufficient pam_u2f.so\nauth required pam_unix.so\n"));
    assert_false(requires(a, "auth sufficient pam_unix.so\nauth required pam_oath.so\n"));
    assert_false(requires(a, "auth [success=1 default=ignore] pam_unix.so\nauth required pam_oath.so\nauth required pam_permit.so\n"));
    assert_false(requires(a, "auth required pam_unix.so\nauth [success=1 default=ignore] pam_succeed_if.so user ingroup x\nauth required pam_oath.so\n"));
    assert_false(requires(a, "auth required pam_unix.so\nauth [success=ignore default=1] pam_access.so\nauth required pam_oath.so\n"));
    assert_false(requires(a, "account required pam_oath.so\n"));
}

static yes_no ssh_mfa(arena *a, const char *text, bool pam_requires, yes_no keys)
{
    sshd_conf   c;
    sshd_values v = effective(a, CONF_TABLE("/etc/ssh/sshd_config", text), &c);
    return mfa_ssh(&v, &c, pam_requires, keys);
}

static void ssh_needs_two_methods_or_a_factor_no_key_avoids(void **state)
{
    (void)state;
    ARENA();
    assert_int_equal(ssh_mfa(a, "UsePAM yes\n", false, NO), NO);
    assert_int_equal(ssh_mfa(a, "UsePAM yes\n", true, NO), YES);
    assert_int_equal(ssh_mfa(a, "UsePAM yes\n", true, YES), NO);
    assert_int_equal(ssh_mfa(a, "UsePAM yes\n", true, UNKNOWN), UNKNOWN);
    assert_int_equal(ssh_mfa(a, "UsePAM no\n", true, NO), NO);
    assert_int_equal(ssh_mfa(a, "UsePAM yes\nPubkeyAuthentication no\n", true, YES), YES);
    assert_int_equal(ssh_mfa(a, "AuthenticationMethods publickey,keyboard-interactive\n", false, YES), YES);
    assert_int_equal(ssh_mfa(a, "AuthenticationMethods publickey,publickey\n", false, YES), NO);
    assert_int_equal(ssh_mfa(a, "AuthenticationMethods password,keyboard-interactive\n", false, YES), NO);
    assert_int_equal(ssh_mfa(a, "AuthenticationMethods hostbased,password\n", false, YES), NO);
    assert_int_equal(ssh_mfa(a, "AuthenticationMethods password,publickey\n", false, YES), YES);
    assert_int_equal(ssh_mfa(a, "AuthenticationMethods publickey,password publickey\n", false, YES), NO);
    assert_int_equal(ssh_mfa(a, "AuthenticationMethods keyboard-interactive:pam\n", true, YES), YES);
    assert_int_equal(ssh_mfa(a, "AuthenticationMethods publickey,password\nMatch User x\nAuthenticationMethods any\n", false, YES), UNKNOWN);
}

/* ---- keys and apt ------------------------------------------------------------------ */

static void a_key_line_gives_what_ssh_keygen_prints(void **state)
{
    (void)state;
    ARENA();
    auto_hasher hasher *h = hasher_new();
    authkey             k;
    assert_true(authkey_parse(a, h, S("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f ann@laptop"), &k));
    assert_str(k.type, "ssh-ed25519");
    assert_str(k.comment, "ann@laptop");
    assert_int_equal(k.bits, 256);
    assert_str(k.fingerprint, "SHA256:ZkAslGjFiUHdGf/WUL8rQvkib4PTvQatUV0OUQSncCA");
    assert_false(k.forced_command || k.source_limited);
    assert_true(authkey_parse(a, h, S("restrict,command=\"echo \\\"from=\\\" x\" ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAABQCAAAAB c d"), &k));
    assert_true(k.forced_command);
    assert_false(k.source_limited);
    assert_int_equal(k.bits, 32);
    assert_true(authkey_parse(a, h, S("FROM=\"10.0.0.0/8\" ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAABQCAAAAB"), &k));
    assert_true(k.source_limited);
    assert_false(authkey_parse(a, h, S("# ssh-rsa AAAA"), &k));
    assert_false(authkey_parse(a, h, S("ssh-rsa not*base64"), &k));
    assert_false(authkey_parse(a, h, S(""), &k));
}

typedef struct {
    arena *a;
    buf    b;
} apt_seen;

static void see(void *arg, str name, str value_, int64_t line, bool clear)
{
    apt_seen *s = arg;
    buf_fmt(&s->b, "%d%s " STR_FMT "=" STR_FMT "\n", (int)line, clear ? "!" : "", STR_ARG(name), STR_ARG(value_));
}

static void apt_conf_is_read_with_scopes_lists_and_comments(void **state)
{
    (void)state;
    ARENA();
    apt_seen s = { a, buf_new(a, 1 << 20) };
    assert_true(apt_conf_read(a, S("// x\nAPT::Periodic::Enable \"1\";\nUnattended-Upgrade {\n  Origins-Pattern { \"origin=Debian\"; \"o=b\" };\n"
                                   "  /* no */ Mail \"a;b\"; # c\n};\nA:: \"x\";\n#clear A;\nDir /etc;"), see, &s));
    assert_string_equal(buf_z(&s.b), "2 APT::Periodic::Enable=1\n4 Unattended-Upgrade::Origins-Pattern::=origin=Debian\n"
                                     "4 Unattended-Upgrade::Origins-Pattern::=o=b\n5 Unattended-Upgrade::Mail=a;b\n7 A::=x\n8! A=\n9 Dir=/etc\n");
    assert_false(apt_conf_read(a, S("A { B \"1\";"), see, &s));
    assert_false(apt_conf_read(a, S("}"), see, &s));
    assert_false(apt_conf_read(a, S("A \"1\" B \"2\";"), see, &s));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(passwd_lines_are_read_field_by_field),
        cmocka_unit_test(shadow_fields_that_are_empty_are_told_from_zero),
        cmocka_unit_test(a_hash_is_named_by_its_scheme_and_its_lock),
        cmocka_unit_test(group_lines_keep_their_members),
        cmocka_unit_test(the_first_value_of_a_keyword_wins_also_through_includes),
        cmocka_unit_test(a_match_block_does_not_speak_for_everyone),
        cmocka_unit_test(values_read_as_sshd_prints_them),
        cmocka_unit_test(includes_that_go_in_a_circle_end_and_are_told),
        cmocka_unit_test(what_sshd_prints_is_joined_by_keyword),
        cmocka_unit_test(the_file_debian_ships_gives_root_and_the_group_sudo_everything),
        cmocka_unit_test(aliases_of_every_kind_are_expanded),
        cmocka_unit_test(a_shell_is_everything_whatever_login_option_it_has),
        cmocka_unit_test(negation_users_by_number_and_groups_are_kept),
        cmocka_unit_test(rules_for_other_hosts_are_left_out_and_undecidable_ones_kept),
        cmocka_unit_test(a_password_is_asked_unless_defaults_say_otherwise),
        cmocka_unit_test(a_shell_without_fixed_arguments_is_every_command),
        cmocka_unit_test(the_last_rule_for_the_same_right_wins),
        cmocka_unit_test(included_files_are_followed_and_names_with_a_dot_skipped),
        cmocka_unit_test(circles_of_includes_and_aliases_end_and_are_told),
        cmocka_unit_test(a_line_that_cannot_be_read_is_told_with_its_number),
        cmocka_unit_test(stacks_are_expanded_in_the_order_they_run),
        cmocka_unit_test(pam_conf_is_ignored_aloud_and_circles_end),
        cmocka_unit_test(a_second_factor_counts_only_when_no_path_goes_round_it),
        cmocka_unit_test(ssh_needs_two_methods_or_a_factor_no_key_avoids),
        cmocka_unit_test(a_key_line_gives_what_ssh_keygen_prints),
        cmocka_unit_test(apt_conf_is_read_with_scopes_lists_and_comments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
