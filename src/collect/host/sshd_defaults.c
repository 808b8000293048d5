#include "collect/host/sshd_defaults.h"

#define CERTS                                                                                       \
    "ssh-ed25519-cert-v01@openssh.com,ecdsa-sha2-nistp256-cert-v01@openssh.com,"                    \
    "ecdsa-sha2-nistp384-cert-v01@openssh.com,ecdsa-sha2-nistp521-cert-v01@openssh.com,"            \
    "sk-ssh-ed25519-cert-v01@openssh.com,sk-ecdsa-sha2-nistp256-cert-v01@openssh.com,"              \
    "rsa-sha2-512-cert-v01@openssh.com,rsa-sha2-256-cert-v01@openssh.com,"
#define KEYS                                                                                        \
    "ssh-ed25519,ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521,"                      \
    "sk-ssh-ed25519@openssh.com,sk-ecdsa-sha2-nistp256@openssh.com,rsa-sha2-512,rsa-sha2-256"

/* OpenSSH 9.2p1 in Debian 12, as its own -T prints an empty configuration. */
const sshd_default sshd_defaults[] = {
    { "port", "22", SSHD_COLLECTS },
    { "listenaddress", "", SSHD_COLLECTS },
    { "hostkey", "/etc/ssh/ssh_host_rsa_key /etc/ssh/ssh_host_ecdsa_key /etc/ssh/ssh_host_ed25519_key", SSHD_COLLECTS },
    { "hostcertificate", "", SSHD_COLLECTS },
    { "acceptenv", "", SSHD_COLLECTS },
    { "allowusers", "", SSHD_COLLECTS },
    { "allowgroups", "", SSHD_COLLECTS },
    { "denyusers", "", SSHD_COLLECTS },
    { "denygroups", "", SSHD_COLLECTS },
    { "subsystem", "", SSHD_COLLECTS },
    { "addressfamily", "any", 0 },
    { "usepam", "no", SSHD_WORD },
    { "logingracetime", "120", SSHD_TIME },
    { "maxauthtries", "6", 0 },
    { "maxsessions", "10", 0 },
    { "clientaliveinterval", "0", SSHD_TIME },
    { "clientalivecountmax", "3", 0 },
    { "requiredrsasize", "1024", 0 },
    { "permitrootlogin", "without-password", SSHD_WORD },
    { "ignorerhosts", "yes", SSHD_WORD },
    { "ignoreuserknownhosts", "no", SSHD_WORD },
    { "hostbasedauthentication", "no", SSHD_WORD },
    { "pubkeyauthentication", "yes", SSHD_WORD },
    { "kerberosauthentication", "no", SSHD_WORD },
    { "gssapiauthentication", "no", SSHD_WORD },
    { "passwordauthentication", "yes", SSHD_WORD },
    { "kbdinteractiveauthentication", "yes", SSHD_WORD },
    { "permitemptypasswords", "no", SSHD_WORD },
    { "permituserenvironment", "no", SSHD_WORD },
    { "permituserrc", "yes", SSHD_WORD },
    { "permittty", "yes", SSHD_WORD },
    { "printmotd", "yes", SSHD_WORD },
    { "printlastlog", "yes", SSHD_WORD },
    { "strictmodes", "yes", SSHD_WORD },
    { "tcpkeepalive", "yes", SSHD_WORD },
    { "compression", "yes", SSHD_WORD },
    { "gatewayports", "no", SSHD_WORD },
    { "usedns", "no", SSHD_WORD },
    { "x11forwarding", "no", SSHD_WORD },
    { "x11uselocalhost", "yes", SSHD_WORD },
    { "allowtcpforwarding", "yes", SSHD_WORD },
    { "allowagentforwarding", "yes", SSHD_WORD },
    { "allowstreamlocalforwarding", "yes", SSHD_WORD },
    { "disableforwarding", "no", SSHD_WORD },
    { "permittunnel", "no", SSHD_WORD },
    { "gssapicleanupcredentials", "yes", SSHD_WORD },
    { "gssapikeyexchange", "no", SSHD_WORD },
    { "gssapistorecredentialsonrekey", "no", SSHD_WORD },
    { "gssapistrictacceptorcheck", "yes", SSHD_WORD },
    { "kerberosorlocalpasswd", "yes", SSHD_WORD },
    { "kerberosticketcleanup", "yes", SSHD_WORD },
    { "hostbasedusesnamefrompacketonly", "no", SSHD_WORD },
    { "streamlocalbindunlink", "no", SSHD_WORD },
    { "streamlocalbindmask", "0177", 0 },
    { "x11displayoffset", "10", 0 },
    { "unusedconnectiontimeout", "none", 0 },
    { "versionaddendum", "none", 0 },
    { "hostkeyagent", "none", 0 },
    { "persourcenetblocksize", "32:128", 0 },
    { "authorizedprincipalscommand", "none", 0 },
    { "authorizedprincipalscommanduser", "none", 0 },
    { "permitopen", "any", 0 },
    { "permitlisten", "any", 0 },
    { "exposeauthinfo", "no", SSHD_WORD },
    { "fingerprinthash", "SHA256", 0 },
    { "loglevel", "INFO", SSHD_CAPITAL },
    { "syslogfacility", "AUTH", SSHD_CAPITAL },
    { "banner", "none", 0 },
    { "forcecommand", "none", 0 },
    { "chrootdirectory", "none", 0 },
    { "trustedusercakeys", "none", 0 },
    { "revokedkeys", "none", 0 },
    { "authorizedkeysfile", ".ssh/authorized_keys .ssh/authorized_keys2", 0 },
    { "authorizedkeyscommand", "none", 0 },
    { "authorizedkeyscommanduser", "none", 0 },
    { "authorizedprincipalsfile", "none", 0 },
    { "authenticationmethods", "any", 0 },
    { "maxstartups", "10:30:100", 0 },
    { "persourcemaxstartups", "none", 0 },
    { "rekeylimit", "0 0", 0 },
    { "pubkeyauthoptions", "none", 0 },
    { "ciphers", "chacha20-poly1305@openssh.com,aes128-ctr,aes192-ctr,aes256-ctr,aes128-gcm@openssh.com,"
                 "aes256-gcm@openssh.com", SSHD_ALGORITHMS },
    { "macs", "umac-64-etm@openssh.com,umac-128-etm@openssh.com,hmac-sha2-256-etm@openssh.com,"
              "hmac-sha2-512-etm@openssh.com,hmac-sha1-etm@openssh.com,umac-64@openssh.com,umac-128@openssh.com,"
              "hmac-sha2-256,hmac-sha2-512,hmac-sha1", SSHD_ALGORITHMS },
    { "kexalgorithms", "sntrup761x25519-sha512,sntrup761x25519-sha512@openssh.com,curve25519-sha256,"
                       "curve25519-sha256@libssh.org,ecdh-sha2-nistp256,ecdh-sha2-nistp384,ecdh-sha2-nistp521,"
                       "diffie-hellman-group-exchange-sha256,diffie-hellman-group16-sha512,"
                       "diffie-hellman-group18-sha512,diffie-hellman-group14-sha256", SSHD_ALGORITHMS },
    { "casignaturealgorithms", KEYS, SSHD_ALGORITHMS },
    { "hostkeyalgorithms", CERTS KEYS, SSHD_ALGORITHMS },
    { "hostbasedacceptedalgorithms", CERTS KEYS, SSHD_ALGORITHMS },
    { "pubkeyacceptedalgorithms", CERTS KEYS, SSHD_ALGORITHMS },
};
const size_t n_sshd_defaults = COUNT(sshd_defaults);
