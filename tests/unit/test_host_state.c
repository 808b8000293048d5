/* System state over directory trees, and once over this machine. */
#include "collect_test.h"
#include "collect/host/log_targets.h"
#include "collect/host/mounts.h"
#include "collect/host/probes.h"
#include "collect/host/state.h"
#include "collect/host/tools.h"
#include "collect/host/units.h"

#include <sys/stat.h>
#include <utime.h>

typedef struct { arena *a; const char *root; } tree;
static int begin(void **st)
{
    arena *a = arena_new(256 << 20);
    tree  *t = NEW(a, tree);
    *t = (tree){ a, ct_tree_new(a) };
    *st = t;
    return 0;
}
static int end(void **st)
{
    tree *t = *st;
    ct_tree_free(t->root);
    arena_free(t->a);
    return 0;
}

static void put(const tree *t, const char *path, const char *text) { ct_put(t->a, t->root, path, str_of(text), 0644); }
static void put_link(const tree *t, const char *path, const char *to)
{
    put(t, path, "");
    const char *full = str_fmt(t->a, "%s/%s", t->root, path).p;
    assert_int_equal(unlink(full), 0);
    assert_int_equal(symlink(to, full), 0);
}

#define PART(n) static void run_##n(const collect_env *env, emit *e) \
    { host_state s = state_file_open(env->a, env, e); part_##n(&s); }
PART(kernel) PART(filesystem) PART(listener) PART(time_sync) PART(log_forwarding) PART(malware) PART(backup) PART(service)
PART(firewall) PART(audit)

static const char *const every[] = { "package", "software_update", "patch_state", "service", "process_listener", "firewall", "filesystem",
    "kernel_security", "audit_config", "audit_rule", "time_sync", "log_forwarding", "certificate", "malware_protection", "backup_tool", "container" };

static void every_relation_ends_on_this_machine(void **st)
{
    const tree *t = *st;
    collected  *c = ct_probe(t->a, NULL, probe_system_state);
    assert_int_equal(c->ends.n, COUNT(every));
    for (size_t i = 0; i < COUNT(every); i++)
        ct_ended(c, every[i]);
    assert_true(ct_count(c, "filesystem") >= 1);
    if (ct_status(c, "filesystem") == ST_OK)             /* not in a chroot */
        CT_IS(c, "filesystem", "mount_point", "/", "mount_point", "/");
    else
        assert_true(str_contains(ct_reason(c, "filesystem"), S("root file system")));
    assert_int_equal(ct_count(c, "time_sync"), 1);
}

static void an_empty_tree_passes_nothing_off_as_known(void **st)
{
    static const char *const live_only[] = { "process_listener", "firewall", "filesystem", "kernel_security", "audit_config", "time_sync", "container", "service" };
    const tree *t = *st;
    collected  *c = ct_probe(t->a, t->root, probe_system_state);
    assert_int_equal(c->ends.n, COUNT(every));
    for (size_t i = 0; i < COUNT(live_only); i++)
        if (ct_status(c, live_only[i]) != ST_UNSUPPORTED)
            fail_msg("%s ended %s", live_only[i], collect_status_name(ct_status(c, live_only[i])));
    CT_IS(c, "audit_config", "enabled", "?", "system", "web1");
    CT_IS(c, "time_sync", "synchronised", "?", "system", "web1");
    CT_IS(c, "time_sync", "daemon", "?", "system", "web1");    /* without a package database nobody knows */
}

static void put_kernel(const tree *t)
{
    put(t, "proc/sys/kernel/ostype", "Linux\n");
    put(t, "proc/sys/kernel/modules_disabled", "0\n");
    put(t, "proc/sys/kernel/tainted", "4097\n");
    put(t, "proc/modules", "");
    put(t, "sys/kernel/security/lsm", "lockdown,capability,yama,apparmor");
    put(t, "sys/kernel/security/lockdown", "none [integrity] confidentiality\n");
    put(t, "sys/kernel/security/apparmor/profiles", "a (enforce)\nb (complain)\nc (enforce)\n");
    put(t, "sys/module/module/parameters/sig_enforce", "N\n");
    put(t, "sys/devices/system/cpu/vulnerabilities/mds", "Not affected\n");
    put(t, "sys/devices/system/cpu/vulnerabilities/srbds", "Vulnerable: No microcode\n");
    put(t, "sys/class/tpm/tpm0/x", "");
    ct_put(t->a, t->root, "sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c", (str){ "\6\0\0\0\1", 5 }, 0644);
}

static void kernel_protection_is_read_from_its_files(void **st)
{
    const tree *t = *st;
    put_kernel(t);
    collected *c = ct_probe(t->a, t->root, run_kernel);
    assert_int_equal(ct_status(c, "kernel_security"), ST_OK);
    static const char *const want[][2] = { { "mandatory_access", "true" }, { "confined_profiles", "2" }, { "lockdown", "integrity" },
        { "secure_boot", "true" }, { "tpm", "true" }, { "modules_signed", "true" }, { "modules_disabled", "false" }, { "tainted", "4097" },
        { "cpu_vulnerable", "1" }, { "cpu_vulnerabilities", "srbds" } };
    for (size_t i = 0; i < COUNT(want); i++)
        CT_IS(c, "kernel_security", want[i][0], want[i][1], "system", "web1");
    put(t, "sys/kernel/security/lsm", "capability,selinux");
    put(t, "sys/fs/selinux/enforce", "0");
    c = ct_probe(t->a, t->root, run_kernel);
    CT_IS(c, "kernel_security", "mandatory_access", "false", "system", "web1");      /* permissive protects nothing */
    CT_IS(c, "kernel_security", "confined_profiles", "0", "system", "web1");
}

static void mounts_are_parsed_with_escapes_and_the_last_one_wins(void **st)
{
    const tree *t = *st;
    mount_list  m = { 0 };
    size_t      bad;
    mounts_parse(t->a, S("1 2 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n3 2 0:5 / /a\\040b\\134 ro - tmpfs x\\011y rw\nrubbish\n"
                         "4 2 8:2 / / ro,nodev - xfs /dev/sdb ro\n5 2 x:y / /c rw - t d s\n"), &m, &bad);
    assert_int_equal(m.n, 2);
    assert_int_equal(bad, 2);
    assert_string_equal(str_z(t->a, m.v[0].fs_type), "xfs");
    assert_string_equal(str_z(t->a, m.v[1].mount_point), "/a b\\");
    assert_string_equal(str_z(t->a, m.v[1].device), "x\ty");
    static const struct { uint64_t used, total; int64_t want; } pct[] = { { 0, 10, 0 }, { 1, 1000, 5 }, { 5, 100, 5 }, { 51, 1000, 10 }, { 10, 10, 100 }, { 0, 0, 0 } };
    for (size_t i = 0; i < COUNT(pct); i++)
        assert_int_equal(used_pct(pct[i].used, pct[i].total), pct[i].want);
}

static void encryption_is_followed_down_the_device_stack(void **st)
{
    const tree *t = *st;
    put(t, "proc/self/mountinfo",
        "1 0 253:1 / / rw - ext4 /dev/mapper/vg-root rw\n2 1 8:3 / /boot rw,nodev,nosuid,noexec - ext4 /dev/sda3 rw\n"
        "3 1 0:9 / /net rw - nfs4 srv:/x rw\n4 1 0:8 / /tmp rw - tmpfs tmpfs rw\n5 1 0:44 / /z rw - zfs pool/z rw\n6 1 253:2 / /half rw - ext4 /dev/mapper/half rw\n");
    put(t, "proc/swaps", "Filename Type Size Used Priority\n/dev/sda3 partition 1024 512 -2\n/swap\\040file file 100 0 -3\n");
    put_link(t, "sys/dev/block/253:1", "../../devices/virtual/block/dm-1");
    put_link(t, "sys/dev/block/253:2", "../../devices/virtual/block/dm-2");
    put_link(t, "sys/dev/block/8:3", "../../devices/pci/block/sda/sda3");
    put(t, "sys/class/block/dm-1/dm/uuid", "LVM-abc\n");
    put(t, "sys/class/block/dm-1/slaves/dm-0", "");
    put(t, "sys/class/block/dm-0/dm/uuid", "CRYPT-LUKS2-0123-name\n");
    put(t, "sys/class/block/dm-0/slaves/sda", "");
    put(t, "sys/class/block/dm-2/dm/uuid", "LVM-def\n");
    put(t, "sys/class/block/dm-2/slaves/dm-0", "");
    put(t, "sys/class/block/dm-2/slaves/sda", "");
    put(t, "sys/class/block/sda/removable", "1\n");
    put(t, "sys/devices/pci/block/sda/sda3/partition", "3\n");
    put_link(t, "sys/class/block/sda3", "../../devices/pci/block/sda/sda3");
    collected *c = ct_probe(t->a, t->root, run_filesystem);
    assert_int_equal(ct_status(c, "filesystem"), ST_OK);
    CT_IS(c, "filesystem", "encrypted", "true", "mount_point", "/");
    CT_IS(c, "filesystem", "encryption", "luks2", "mount_point", "/");
    CT_IS(c, "filesystem", "encrypted", "false", "mount_point", "/boot");
    CT_IS(c, "filesystem", "removable", "true", "mount_point", "/boot");
    CT_IS(c, "filesystem", "noexec", "true", "mount_point", "/boot");
    CT_IS(c, "filesystem", "kind", "network", "mount_point", "/net");
    CT_IS(c, "filesystem", "encrypted", "?", "mount_point", "/net");
    CT_IS(c, "filesystem", "kind", "memory", "mount_point", "/tmp");
    CT_IS(c, "filesystem", "encrypted", "?", "mount_point", "/z");
    CT_IS(c, "filesystem", "encrypted", "false", "mount_point", "/half");    /* one clear device makes it clear */
    CT_IS(c, "filesystem", "encrypted", "false", "mount_point", "swap:/dev/sda3");
    CT_IS(c, "filesystem", "used_pct", "50", "mount_point", "swap:/dev/sda3");
    CT_IS(c, "filesystem", "encrypted", "true", "mount_point", "swap:/swap file");
}

static void put_process(const tree *t, int pid, const char *name, const char *exe)
{
    put(t, str_fmt(t->a, "proc/%d/comm", pid).p, str_fmt(t->a, "%s\n", name).p);
    put_link(t, str_fmt(t->a, "proc/%d/exe", pid).p, exe);
}

static void listeners_have_owners_and_one_row_an_address(void **st)
{
    const tree *t = *st;
    put(t, "etc/passwd", "root:x:0:0::/:/bin/sh\n");
    put_process(t, 10, "nginx", "/usr/sbin/nginx (deleted)");
    put_process(t, 9, "old", "/bin/old");
    put_link(t, "proc/10/fd/3", "socket:[111]");
    put_link(t, "proc/10/fd/4", "/dev/null");
    put(t, "proc/net/tcp", "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
        "   0: 00000000:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 111 1 0 100 0 0 10 0\n"
        "   1: 00000000:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 112 1 0 100 0 0 10 0\n"
        "   2: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 113 1 0 100 0 0 10 0\n"
        "   3: 0100007F:1F91 0100007F:0016 01 00000000:00000000 00:00000000 00000000     0        0 114 1 0 100 0 0 10 0\n   4: bad\n");
    put(t, "proc/net/udp6", " head\n 0: 00000000000000000000000001000000:0035 00000000000000000000000000000000:0000 07 00000000:00000000 00:00000000 00000000 0 0 115 2 0 0\n");
    put(t, "proc/net/udp", " head\n");
    collected *c = ct_probe(t->a, t->root, run_listener);
    assert_int_equal(ct_count(c, "process_listener"), 3);
    CT_IS(c, "process_listener", "process", "nginx", "port", "80");
    CT_IS(c, "process_listener", "executable", "/usr/sbin/nginx", "port", "80");
    CT_IS(c, "process_listener", "loopback", "false", "port", "80");
    CT_IS(c, "process_listener", "loopback", "true", "port", "8080");
    CT_IS(c, "process_listener", "process", "?", "port", "8080");
    CT_IS(c, "process_listener", "address", "::1", "port", "53");
}

static void dpkg(const tree *t, const char *const *names)
{
    buf b = buf_new(t->a, 10000);
    for (; *names; names++)
        buf_fmt(&b, "Package: %s\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1.2\n\n", *names);
    ct_put(t->a, t->root, "var/lib/dpkg/status", buf_str(&b), 0644);
}
#define DPKG(t, ...) dpkg(t, (const char *const[]){ __VA_ARGS__, NULL })

static void a_time_daemon_runs_only_from_where_programs_belong(void **st)
{
    const tree *t = *st;
    DPKG(t, "chrony");
    put(t, "etc/chrony/chrony.conf", "# server no\npool 2.debian.pool.ntp.org iburst\n server  ntp1 key 1\n");
    put(t, "etc/chrony/sources.d/a.sources", "server ntp2\n");
    put_process(t, 7, "chronyd", "/tmp/chronyd");
    collected *c = ct_probe(t->a, t->root, run_time_sync);
    CT_IS(c, "time_sync", "daemon", "chrony", "system", "web1");
    CT_IS(c, "time_sync", "running", "false", "system", "web1");
    CT_IS(c, "time_sync", "servers", "2.debian.pool.ntp.org ntp1 ntp2", "system", "web1");
    put_process(t, 8, "chronyd", "/usr/sbin/chronyd");
    c = ct_probe(t->a, t->root, run_time_sync);
    CT_IS(c, "time_sync", "running", "true", "system", "web1");
    DPKG(t, "systemd-timesyncd");
    put_process(t, 8, "systemd-timesyn", "/usr/lib/systemd/systemd-timesyncd");
    put(t, "etc/systemd/timesyncd.conf", "[Time]\n#NTP=no\nNTP=a b\n");
    c = ct_probe(t->a, t->root, run_time_sync);
    CT_IS(c, "time_sync", "daemon", "systemd-timesyncd", "system", "web1");
    CT_IS(c, "time_sync", "servers", "a b", "system", "web1");
    DPKG(t, "bash");
    put_process(t, 8, "bash", "/bin/bash");
    c = ct_probe(t->a, t->root, run_time_sync);
    CT_IS(c, "time_sync", "daemon", "none", "system", "web1");
}

static void rsyslog_receivers_are_found_in_both_languages(void **st)
{
    const tree *t = *st;
    put(t, "etc/rsyslog.conf", "module(load=\"imuxsock\") # @@no\n$IncludeConfig /etc/rsyslog.d/*.conf\n*.* @udp.example:1514\n");
    put(t, "etc/rsyslog.d/10-a.conf", "*.*  @@(o)legacy.example:514;fmt\n$DefaultNetstreamDriver gtls\n$ActionSendStreamDriverMode 1\nauth.* @@[2001:db8::1]:6514\n"
        ":msg, contains, \" @fake\" ~\n#*.* @@comment\n:programname, isequal, \"x\" @@127.0.0.1\n");
    put(t, "etc/rsyslog.d/20-b.conf", "if $x == \")\" then action(type=\"omfwd\"\n  # target=\"no\"\n  Target=\"rainer.example\" Port=\"6514\" protocol=\"tcp\"\n  StreamDriverMode=\"0\")\n"
        "action(type=\"omfile\" file=\"/var/log/x\")\naction(type=\"omrelp\" target=\"relp.example\" port=\"20514\" tls=\"on\")\n"
        "include(file=\"/etc/rsyslog.d/sub/c.inc\")\n");
    put(t, "etc/rsyslog.d/sub/c.inc", "*.* action(type=\"omhttp\" server=\"https://user:secret@h.example/path\")\n");
    collected *c = ct_probe(t->a, t->root, run_log_forwarding);
    assert_int_equal(ct_status(c, "log_forwarding"), ST_OK);
    assert_int_equal(ct_count(c, "log_forwarding"), 7);
    CT_IS(c, "log_forwarding", "protocol", "udp", "target", "udp.example:1514");
    CT_IS(c, "log_forwarding", "encrypted", "false", "target", "udp.example:1514");
    CT_IS(c, "log_forwarding", "encrypted", "false", "target", "legacy.example:514");
    CT_IS(c, "log_forwarding", "encrypted", "true", "target", "2001:db8::1:6514");
    CT_IS(c, "log_forwarding", "remote", "false", "target", "127.0.0.1:514");
    CT_IS(c, "log_forwarding", "encrypted", "false", "target", "rainer.example:6514");
    CT_IS(c, "log_forwarding", "defined_in", "/etc/rsyslog.d/20-b.conf:1", "target", "rainer.example:6514");
    CT_IS(c, "log_forwarding", "protocol", "relp", "target", "relp.example:20514");
    CT_IS(c, "log_forwarding", "protocol", "https", "target", "h.example:443");     /* no user, no password */
}

static void other_log_tools_tell_their_receivers(void **st)
{
    const tree *t = *st;
    put(t, "etc/syslog-ng/syslog-ng.conf", "@version: 3\nsource s { network(ip(\"0.0.0.0\") port(514)); };\n"
        "destination d { network(\"ng.example\" port(6514) transport(\"tls\") tls(ca-dir(\"/x\"))); file(\"/var/log/y\"); };\ndestination e { udp(\"u.example\"); };\n");
    put(t, "etc/systemd/journal-upload.conf", "[Upload]\n# URL=no\nURL=http://j.example\n");
    put(t, "etc/filebeat/filebeat.yml", "filebeat.inputs:\n- type: log\n  hosts: [\"input.example\"]\noutput.logstash:\n  hosts: [\"l1.example:5044\", \"l2.example:5044\"]\n  ssl.enabled: true\n");
    put(t, "etc/promtail/config.yml", "server:\n  http_listen_port: 0\nclients:\n  - url: http://loki.example:3100/loki/api/v1/push\n");
    put(t, "etc/vector/vector.toml", "[sources.a]\naddress = \"0.0.0.0:9000\"\n[sinks.b]\ntype = \"http\"\nuri = \"https://v.example/x\"\n");
    put(t, "etc/fluent-bit/fluent-bit.conf", "[INPUT]\n  Host no\n[OUTPUT]\n  Name es\n  Host f.example\n  Port 9200\n  tls On\n[OUTPUT]\n  Name stdout\n");
    collected *c = ct_probe(t->a, t->root, run_log_forwarding);
    assert_int_equal(ct_count(c, "log_forwarding"), 8);
    CT_IS(c, "log_forwarding", "encrypted", "true", "target", "ng.example:6514");
    CT_IS(c, "log_forwarding", "protocol", "udp", "target", "u.example:514");
    CT_IS(c, "log_forwarding", "encrypted", "false", "target", "j.example:19532");
    CT_IS(c, "log_forwarding", "encrypted", "true", "target", "l2.example:5044");
    CT_IS(c, "log_forwarding", "tool", "promtail", "target", "loki.example:3100");
    CT_IS(c, "log_forwarding", "tool", "vector", "target", "v.example:443");
    CT_IS(c, "log_forwarding", "encrypted", "true", "target", "f.example:9200");
    put(t, "etc/filebeat/filebeat.yml", "output.kafka:\n  topic: x\n");
    c = ct_probe(t->a, t->root, run_log_forwarding);
    assert_int_equal(ct_status(c, "log_forwarding"), ST_PARTIAL);
}

static void tools_are_found_with_their_schedules_and_knowledge(void **st)
{
    const tree *t = *st;
    DPKG(t, "clamav", "rkhunter", "restic", "borgbackup");
    put(t, "var/lib/clamav/daily.cld", "ClamAV-VDB:14 Jan 2026 06-54 -0500:27461:x");
    put(t, "etc/cron.daily/rkhunter", "#!/bin/sh\nrkhunter --check\n");
    put(t, "etc/cron.d/b", "PATH=/bin\n# 1 1 * * * root borg create\n30 2 * * * root test -x /usr/bin/restic && restic backup /srv\n@daily root clamscan-not\n");
    put(t, "etc/systemd/system/borg.timer", "[Timer]\nOnCalendar=*-*-* 03:00\n");
    put(t, "etc/systemd/system/borg.service", "[Service]\nExecStart=/usr/bin/borg create\n");
    put_link(t, "etc/systemd/system/timers.target.wants/borg.timer", "../borg.timer");
    put(t, "var/lib/systemd/timers/stamp-borg.timer", "");
    struct utimbuf at = { 1768470000, 1768470000 };
    assert_int_equal(utime(str_fmt(t->a, "%s/var/lib/systemd/timers/stamp-borg.timer", t->root).p, &at), 0);
    put_process(t, 5, "clamd", "/usr/sbin/clamd");
    collected *c = ct_probe(t->a, t->root, run_malware);
    assert_int_equal(ct_count(c, "malware_protection"), 2);
    CT_IS(c, "malware_protection", "running", "true", "tool", "clamav");
    CT_IS(c, "malware_protection", "on_access", "false", "tool", "clamav");
    CT_IS(c, "malware_protection", "scheduled", "true", "tool", "rkhunter");
    CT_IS(c, "malware_protection", "signatures_at", "2026-01-14T11:54:00Z", "tool", "clamav");
    c = ct_probe(t->a, t->root, run_backup);
    assert_int_equal(ct_count(c, "backup_tool"), 2);
    CT_IS(c, "backup_tool", "schedule", "30 2 * * *", "tool", "restic");
    CT_IS(c, "backup_tool", "schedule", "*-*-* 03:00", "tool", "borg");
    CT_IS(c, "backup_tool", "last_run_at", "2026-01-15T09:40:00Z", "tool", "borg");
    CT_IS(c, "backup_tool", "last_run_ok", "?", "tool", "borg");
    DPKG(t, "bash");
    assert_int_equal(ct_status(ct_probe(t->a, t->root, run_backup), "backup_tool"), ST_ABSENT);
    assert_int_equal(ct_status(ct_probe(t->a, t->root, run_malware), "malware_protection"), ST_ABSENT);
}

static void services_of_a_tree_come_from_unit_files(void **st)
{
    const tree *t = *st;
    put_link(t, "sbin/init", "/lib/systemd/systemd");
    put(t, "lib/systemd/system/web.service", "[Service]\nUser=www\nSystemCallFilter=@system-service\n[Install]\nWantedBy=multi-user.target\n");
    put(t, "lib/systemd/system/off.service", "[Service]\nNoNewPrivileges=yes\n[Install]\nWantedBy=x\n");
    put(t, "lib/systemd/system/static.service", "[Service]\n");
    put(t, "lib/systemd/system/tpl@.service", "[Service]\n");
    put_link(t, "etc/systemd/system/gone.service", "/dev/null");
    put_link(t, "etc/systemd/system/alias.service", "/lib/systemd/system/web.service");
    put_link(t, "etc/systemd/system/multi-user.target.wants/web.service", "/lib/systemd/system/web.service");
    put(t, "etc/systemd/system/off.service.d/x.conf", "[Service]\nUser=off\nNoNewPrivileges=no\n");
    collected *c = ct_probe(t->a, t->root, run_service);
    assert_int_equal(ct_status(c, "service"), ST_UNSUPPORTED);
    assert_int_equal(ct_count(c, "service"), 4);
    CT_IS(c, "service", "start", "enabled", "name", "web");
    CT_IS(c, "service", "no_new_privileges", "true", "name", "web");
    CT_IS(c, "service", "account", "www", "name", "web");
    CT_IS(c, "service", "running", "?", "name", "web");
    CT_IS(c, "service", "start", "disabled", "name", "off");
    CT_IS(c, "service", "account", "off", "name", "off");
    CT_IS(c, "service", "no_new_privileges", "false", "name", "off");
    CT_IS(c, "service", "start", "static", "name", "static");
    CT_IS(c, "service", "account", "root", "name", "static");
    CT_IS(c, "service", "start", "masked", "name", "gone");
}

static void init_scripts_tell_what_they_can(void **st)
{
    const tree *t = *st;
    ct_put(t->a, t->root, "etc/init.d/cron", S("#!/bin/sh\nDAEMON=/usr/sbin/cron\n"), 0755);
    ct_put(t->a, t->root, "etc/init.d/odd", S("#!/bin/sh\nDAEMON=$X/odd\n"), 0755);
    put(t, "etc/init.d/README", "no script");
    put_link(t, "etc/rc2.d/S01cron", "../init.d/cron");
    put_process(t, 3, "cron", "/usr/sbin/cron");
    collected *c = ct_probe(t->a, t->root, run_service);
    assert_int_equal(ct_count(c, "service"), 2);
    CT_IS(c, "service", "running", "true", "name", "cron");
    CT_IS(c, "service", "start", "enabled", "name", "cron");
    CT_IS(c, "service", "running", "?", "name", "odd");
    CT_IS(c, "service", "start", "disabled", "name", "odd");
}

static void firewall_managers_are_told_from_their_files(void **st)
{
    const tree *t = *st;
    put(t, "etc/ufw/ufw.conf", "ENABLED=yes\n");
    put(t, "etc/default/ufw", "DEFAULT_INPUT_POLICY=\"DROP\"\n");
    collected *c = ct_probe(t->a, t->root, run_firewall);
    assert_int_equal(ct_status(c, "firewall"), ST_UNSUPPORTED);
    CT_IS(c, "firewall", "enabled", "?", "backend", "ufw");     /* switched on, but nobody saw its chains */
    CT_IS(c, "firewall", "policy", "drop", "backend", "ufw");
    put(t, "etc/ufw/ufw.conf", "ENABLED=no\n");
    c = ct_probe(t->a, t->root, run_firewall);
    CT_IS(c, "firewall", "enabled", "false", "backend", "ufw");
}

static void audit_files_are_read_without_a_kernel(void **st)
{
    const tree *t = *st;
    DPKG(t, "auditd");
    put(t, "etc/audit/auditd.conf", "Disk_Full_Action = HALT\nmax_log_file_action = keep_logs\n");
    put(t, "etc/audit/rules.d/a.rules", "-D\n-b 8192\n# c\n-w /etc/passwd -p wa -k id\n-a always,exit -F msgtype=CWD\n-e 2\n");
    collected *c = ct_probe(t->a, t->root, run_audit);
    CT_IS(c, "audit_config", "installed", "true", "system", "web1");
    CT_IS(c, "audit_config", "disk_full_action", "halt", "system", "web1");
    CT_IS(c, "audit_config", "enabled", "?", "system", "web1");
    assert_int_equal(ct_count(c, "audit_rule"), 2);
    CT_IS(c, "audit_rule", "configured", "true", "rule", "-w /etc/passwd -p wa -k id");
    CT_IS(c, "audit_rule", "loaded", "?", "rule", "-w /etc/passwd -p wa -k id");
    CT_IS(c, "audit_rule", "configured", "true", "rule", "-a always,exit -F msgtype=CWD");
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, begin, end)
    const struct CMUnitTest tests[] = {
        T(every_relation_ends_on_this_machine), T(an_empty_tree_passes_nothing_off_as_known), T(kernel_protection_is_read_from_its_files),
        T(mounts_are_parsed_with_escapes_and_the_last_one_wins), T(encryption_is_followed_down_the_device_stack),
        T(listeners_have_owners_and_one_row_an_address), T(a_time_daemon_runs_only_from_where_programs_belong),
        T(rsyslog_receivers_are_found_in_both_languages), T(other_log_tools_tell_their_receivers),
        T(tools_are_found_with_their_schedules_and_knowledge), T(services_of_a_tree_come_from_unit_files),
        T(init_scripts_tell_what_they_can), T(firewall_managers_are_told_from_their_files), T(audit_files_are_read_without_a_kernel),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
