/* What every host of the company looks like: one table of rows a relation.
 * Cells are separated by `|`; `?` is unknown; `system` is the host's. */
#include "demo/baseline.h"

#define SYSCTL(name, n) "sysctl|" name "|" n "|" n, "sysctl.d|" name "|" n "|" n
#define RUNNING_ONLY(name, n) "sysctl|" name "|" n "|" n

static const char *const settings[] = {
    "sshd|permitrootlogin|no|?", "sshd|passwordauthentication|no|?", "sshd|kbdinteractiveauthentication|no|?",
    "sshd|authenticationmethods|publickey|?", "sshd|permitemptypasswords|no|?", "sshd|maxauthtries|4|4",
    "sshd|x11forwarding|no|?", "sshd|loglevel|VERBOSE|?", "sshd|clientaliveinterval|300|300", "sshd|clientalivecountmax|2|2",
    "sshd|hostbasedauthentication|no|?", "sshd|ignorerhosts|yes|?", "sshd|strictmodes|yes|?", "sshd|permittunnel|no|?",
    "sshd|permituserenvironment|no|?", "sshd|usepam|yes|?", "sshd|logingracetime|60|60", "sshd|port|22|22",
    "sshd|ciphers|chacha20-poly1305@openssh.com,aes256-gcm@openssh.com,aes256-ctr|?",
    "sshd|macs|hmac-sha2-512-etm@openssh.com,hmac-sha2-256-etm@openssh.com|?",
    "sshd|kexalgorithms|sntrup761x25519-sha512@openssh.com,curve25519-sha256|?",
    "sshd|hostkeyalgorithms|ssh-ed25519,rsa-sha2-512|?",
    SYSCTL("kernel.randomize_va_space", "2"), SYSCTL("kernel.kptr_restrict", "2"), SYSCTL("kernel.dmesg_restrict", "1"),
    SYSCTL("kernel.perf_event_paranoid", "3"), SYSCTL("kernel.unprivileged_bpf_disabled", "1"), SYSCTL("kernel.yama.ptrace_scope", "1"),
    SYSCTL("vm.mmap_min_addr", "65536"), SYSCTL("fs.protected_fifos", "2"), SYSCTL("fs.protected_regular", "2"),
    SYSCTL("fs.protected_hardlinks", "1"), SYSCTL("fs.protected_symlinks", "1"), SYSCTL("fs.suid_dumpable", "0"),
    SYSCTL("net.ipv4.ip_forward", "0"), SYSCTL("net.ipv6.conf.all.forwarding", "0"), SYSCTL("net.ipv4.tcp_syncookies", "1"),
    SYSCTL("net.ipv4.icmp_echo_ignore_broadcasts", "1"), SYSCTL("net.ipv4.icmp_ignore_bogus_error_responses", "1"),
    SYSCTL("net.ipv4.conf.all.accept_redirects", "0"), SYSCTL("net.ipv4.conf.default.accept_redirects", "0"),
    SYSCTL("net.ipv6.conf.all.accept_redirects", "0"), SYSCTL("net.ipv6.conf.default.accept_redirects", "0"),
    SYSCTL("net.ipv4.conf.all.send_redirects", "0"), SYSCTL("net.ipv4.conf.default.send_redirects", "0"),
    SYSCTL("net.ipv4.conf.all.rp_filter", "1"), SYSCTL("net.ipv4.conf.default.rp_filter", "1"),
    SYSCTL("net.ipv4.conf.all.accept_source_route", "0"), SYSCTL("net.ipv6.conf.all.accept_source_route", "0"),
    RUNNING_ONLY("kernel.pid_max", "4194304"), "sysctl|kernel.core_pattern|!/bin/false|?",
    "login.defs|UMASK|027|?", "login.defs|PASS_MAX_DAYS|365|365", "login.defs|ENCRYPT_METHOD|YESCRYPT|?",
    "pwquality|minlen|14|14", "pwquality|dictcheck|1|1", "faillock|deny|5|5", "faillock|unlock_time|900|900", "pwhistory|remember|5|5",
    "journald|Storage|persistent|?", "journald|Compress|yes|?", "logind|StopIdleSessionSec|15min|?", "profile|TMOUT|900|900",
    "coredump|Storage|none|?", "apt|APT::Periodic::Unattended-Upgrade|1|1",
    "modprobe|install dccp|/bin/false|?", "modprobe|install rds|/bin/false|?", "modprobe|install tipc|/bin/false|?",
    "modprobe|install cramfs|/bin/false|?", "modprobe|install freevxfs|/bin/false|?", "modprobe|install hfs|/bin/false|?",
    "modprobe|install hfsplus|/bin/false|?", "modprobe|install jffs2|/bin/false|?", "modprobe|install usb_storage|/bin/false|?",
};

static const char *const pam_rules[] = {
    "sshd|auth|1|required|pam_faillock.so|preauth|/etc/pam.d/common-auth:3", "sshd|auth|2|[success=1 default=ignore]|pam_unix.so|try_first_pass|/etc/pam.d/common-auth:4",
    "sshd|auth|3|required|pam_faillock.so|authfail|/etc/pam.d/common-auth:5", "sshd|auth|4|required|pam_deny.so||/etc/pam.d/common-auth:6",
    "login|auth|1|required|pam_faillock.so|preauth|/etc/pam.d/common-auth:3", "login|auth|2|[success=1 default=ignore]|pam_unix.so|try_first_pass|/etc/pam.d/common-auth:4",
    "login|auth|3|required|pam_faillock.so|authfail|/etc/pam.d/common-auth:5", "login|auth|4|required|pam_deny.so||/etc/pam.d/common-auth:6",
    "sudo|auth|1|required|pam_faillock.so|preauth|/etc/pam.d/common-auth:3", "sudo|auth|2|[success=1 default=ignore]|pam_unix.so|try_first_pass|/etc/pam.d/common-auth:4",
    "sudo|auth|3|required|pam_faillock.so|authfail|/etc/pam.d/common-auth:5", "sudo|auth|4|required|pam_deny.so||/etc/pam.d/common-auth:6",
    "su|auth|1|required|pam_wheel.so|use_uid|/etc/pam.d/su:15", "su|auth|2|required|pam_faillock.so|preauth|/etc/pam.d/common-auth:3",
    "su|auth|3|[success=1 default=ignore]|pam_unix.so|try_first_pass|/etc/pam.d/common-auth:4", "su|auth|4|required|pam_faillock.so|authfail|/etc/pam.d/common-auth:5",
    "passwd|password|1|requisite|pam_pwquality.so|retry=3|/etc/pam.d/common-password:24", "passwd|password|2|required|pam_pwhistory.so|remember=5 use_authtok|/etc/pam.d/common-password:25",
    "passwd|password|3|[success=1 default=ignore]|pam_unix.so|obscure use_authtok yescrypt|/etc/pam.d/common-password:26",
};

static const char *const files[] = {
    "/etc/passwd|file|0644|root|root|2481|true|false|false|base-passwd|?", "/etc/group|file|0644|root|root|1048|true|false|false|base-passwd|?",
    "/etc/shadow|file|0640|root|shadow|1312|false|false|false|?|?", "/etc/gshadow|file|0640|root|shadow|812|false|false|false|?|?",
    "/etc/sudoers|file|0440|root|root|1714|false|false|false|sudo|true", "/etc/ssh/sshd_config|file|0600|root|root|3287|false|false|false|?|?",
    "/etc/ssh/ssh_host_ed25519_key|file|0600|root|root|411|false|false|false|?|?", "/etc/ssh/ssh_host_ed25519_key.pub|file|0644|root|root|97|true|false|false|?|?",
    "/etc/crontab|file|0600|root|root|1042|false|false|false|cron|true", "/boot/grub/grub.cfg|file|0400|root|root|9317|false|false|false|?|?",
    "/var/log/journal|directory|2755|root|systemd-journal|4096|true|false|false|systemd|?", "/var/log/wtmp|file|0664|root|utmp|188544|true|true|false|?|?",
    "/var/log/auth.log|file|0640|root|adm|932114|false|false|false|?|?", "/usr/bin/sudo|file|4755|root|root|281624|true|false|false|sudo|true",
    "/usr/sbin/sshd|file|0755|root|root|1280584|true|false|false|openssh-server|true", "/usr/bin/passwd|file|4755|root|root|68248|true|false|false|passwd|true",
    "/usr/bin/su|file|4755|root|root|72000|true|false|false|util-linux|true", "/usr/bin/login|file|0755|root|root|53024|true|false|false|login|true",
};

static const char *const audit_rules[] = {
    "-w /etc/passwd -p wa -k identity|true|true", "-w /etc/shadow -p wa -k identity|true|true", "-w /etc/group -p wa -k identity|true|true",
    "-w /etc/gshadow -p wa -k identity|true|true", "-w /etc/sudoers -p wa -k identity|true|true", "-w /etc/sudoers.d -p wa -k identity|true|true",
    "-a always,exit -F arch=b64 -S init_module,finit_module,delete_module -F key=modules|true|true",
    "-a always,exit -F arch=b64 -S adjtimex,settimeofday,clock_settime -F key=time|true|true",
};

static const char *const services[] = {
    "ssh|systemd|true|false|enabled|root|true", "cron|systemd|true|false|enabled|root|true", "chrony|systemd|true|false|enabled|_chrony|true",
    "auditd|systemd|true|false|enabled|root|true", "rsyslog|systemd|true|false|enabled|root|true", "nftables|systemd|false|false|enabled|root|true",
    "unattended-upgrades|systemd|true|false|enabled|root|true", "clamav-daemon|systemd|true|false|enabled|clamav|true",
    "clamav-freshclam|systemd|true|false|enabled|clamav|true", "systemd-journald|systemd|true|false|static|root|true",
    "systemd-udevd|systemd|true|false|static|root|true", "wazuh-agent|systemd|true|false|enabled|root|true",
};

static const char *const listeners[] = {
    "tcp|0.0.0.0|22|false|sshd|/usr/sbin/sshd|root", "tcp|::|22|false|sshd|/usr/sbin/sshd|root",
    "udp|127.0.0.1|323|true|chronyd|/usr/sbin/chronyd|_chrony", "tcp|127.0.0.1|25|true|master|/usr/lib/postfix/sbin/master|root",
};

static const char *const filesystems[] = {
    "/|/dev/mapper/root|ext4|local|rw,relatime|false|false|false|false|true|luks2|false|53687091200|45|10",
    "/boot|/dev/vda1|ext4|local|rw,nosuid,nodev|false|true|true|false|false|?|false|1073741824|25|5",
    "/home|/dev/mapper/home|ext4|local|rw,nosuid,nodev|false|true|true|false|true|luks2|false|21474836480|20|5",
    "/var|/dev/mapper/var|ext4|local|rw,nosuid,nodev|false|true|true|false|true|luks2|false|107374182400|55|10",
    "/var/log|/dev/mapper/log|ext4|local|rw,nosuid,nodev,noexec|false|true|true|true|true|luks2|false|21474836480|40|5",
    "/var/tmp|/dev/mapper/vartmp|ext4|local|rw,nosuid,nodev,noexec|false|true|true|true|true|luks2|false|5368709120|5|5",
    "/tmp|tmpfs|tmpfs|memory|rw,nosuid,nodev,noexec|false|true|true|true|?|?|false|4294967296|5|5",
    "/dev/shm|tmpfs|tmpfs|memory|rw,nosuid,nodev,noexec|false|true|true|true|?|?|false|4294967296|0|0",
};

static const char *const packages[] = {
    "base-files|all|12.4+deb12u11|dpkg|base-files|true|false", "bash|amd64|5.2.15-2+b8|dpkg|bash|true|false",
    "openssh-server|amd64|1:9.2p1-2+deb12u6|dpkg|openssh|true|false", "openssl|amd64|3.0.17-1~deb12u2|dpkg|openssl|true|false",
    "libssl3|amd64|3.0.17-1~deb12u2|dpkg|openssl|true|false", "sudo|amd64|1.9.13p3-1+deb12u2|dpkg|sudo|true|false",
    "systemd|amd64|252.38-1~deb12u1|dpkg|systemd|true|false", "auditd|amd64|1:3.0.9-1|dpkg|audit|true|false",
    "rsyslog|amd64|8.2302.0-1+deb12u1|dpkg|rsyslog|true|false", "chrony|amd64|4.3-2+deb12u1|dpkg|chrony|true|false",
    "nftables|amd64|1.0.6-2+deb12u2|dpkg|nftables|true|false", "clamav-daemon|amd64|1.0.9+dfsg-1~deb12u1|dpkg|clamav|true|false",
    "aide|amd64|0.18.3-1+deb12u4|dpkg|aide|true|false", "apparmor|amd64|3.0.8-3|dpkg|apparmor|true|false",
    "unattended-upgrades|all|2.9.1+nmu3|dpkg|unattended-upgrades|true|false", "restic|amd64|0.14.0-1+b5|dpkg|restic|true|false",
    "libpam-pwquality|amd64|1.4.5-1+b1|dpkg|libpwquality|true|false", "curl|amd64|7.88.1-10+deb12u12|dpkg|curl|true|false",
    "linux-image-amd64|amd64|6.1.140-1|dpkg|linux-signed-amd64|true|false", "libc6|amd64|2.36-9+deb12u10|dpkg|glibc|true|false",
};

static const char *const jobs[] = {
    "/etc/cron.daily/logrotate|cron|daily|root|/usr/sbin/logrotate /etc/logrotate.conf|true|false",
    "aide-check.timer|timer|daily|root|/usr/bin/aide --check|true|false",
    "restic-backup.timer|timer|*-*-* 01:30:00|root|/usr/local/sbin/backup|true|false",
    "apt-daily-upgrade.timer|timer|daily|root|/usr/lib/apt/apt.systemd.daily install|true|false",
};

static const char *const privileges[] = {
    "sudo|root|ALL:ALL|ALL|false|true|false|/etc/sudoers:44", "sudo|%sudo|ALL:ALL|ALL|false|true|false|/etc/sudoers:47",
    "sudo|deploy|root|/usr/bin/systemctl restart storefront|true|false|false|/etc/sudoers.d/deploy:1",
};

static const char *const risky[] = {
    "/usr/bin/sudo|setuid|4755|root|root|sudo", "/usr/bin/passwd|setuid|4755|root|root|passwd", "/usr/bin/su|setuid|4755|root|root|util-linux",
};

static const char *const firewalls[] = {
    "nft|inet|filter|input|input|0|drop|9|true", "nft|inet|filter|forward|forward|0|drop|0|true", "nft|inet|filter|output|output|0|accept|4|true",
};

static const char *const groups[] = {
    "root|root|0|true|true", "sudo|root|27|false|true", "adm|syslog|4|false|false", "www-data|www-data|33|true|false",
};

#define ONE(...) (const char *const[]){ __VA_ARGS__ }, 1
const baseline host_baseline[] = {
    { "host", "os_id os_name os_version os_support_until kernel architecture virtualization container systemd",
      ONE("debian|Debian GNU/Linux|12|2028-06-30|6.1.0-37-amd64|x86_64|kvm|false|true") },
    { "setting", "component name value number", settings, COUNT(settings) },
    { "pam_rule", "service facility position control module arguments defined_in", pam_rules, COUNT(pam_rules) },
    { "file_integrity", "path type mode owner group_name size_bytes readable_by_others writable_by_group writable_by_others package matches_package", files, COUNT(files) },
    { "audit_rule", "rule loaded configured", audit_rules, COUNT(audit_rules) },
    { "audit_config", "installed running enabled immutable rules backlog_limit events_lost disk_full_action max_log_action",
      ONE("true|true|true|true|8|8192|false|halt|rotate") },
    { "service", "name manager running failed start account no_new_privileges", services, COUNT(services) },
    { "process_listener", "protocol address port loopback process executable account", listeners, COUNT(listeners) },
    { "filesystem", "mount_point device fs_type kind options read_only nodev nosuid noexec encrypted encryption removable size_bytes used_pct inodes_used_pct",
      filesystems, COUNT(filesystems) },
    { "package", "name architecture version manager source_package installed held", packages, COUNT(packages) },
    { "scheduled_job", "defined_in kind schedule account command enabled writable_by_others", jobs, COUNT(jobs) },
    { "privilege", "tool subject run_as command passwordless all_commands no_exec defined_in", privileges, COUNT(privileges) },
    { "risky_file", "path risk mode owner group_name package", risky, COUNT(risky) },
    { "firewall", "backend family table_name chain hook priority policy rules enabled", firewalls, COUNT(firewalls) },
    { "group_member", "group_name member gid primary_group privileged", groups, COUNT(groups) },
    { "kernel_security", "lsm mandatory_access confined_profiles lockdown secure_boot tpm modules_signed modules_disabled tainted cpu_vulnerable cpu_vulnerabilities",
      ONE("lockdown,capability,yama,apparmor|true|38|integrity|true|true|true|false|0|0|") },
    { "log_forwarding", "tool target protocol encrypted remote connected running defined_in",
      ONE("rsyslog|logs.mail.example.com:6514|tcp|true|true|true|true|/etc/rsyslog.d/60-forward.conf:3") },
    { "malware_protection", "tool version running on_access scheduled signatures_at", ONE("wazuh|4.9.2|true|false|false|?") },
    { "time_sync", "synchronised max_error_ms daemon running servers", ONE("true|64|chrony|true|ntp1.example.org ntp2.example.org") },
};
const size_t n_host_baseline = COUNT(host_baseline);
