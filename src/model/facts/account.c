#include "model/model.h"

extern const relation relation_account;

static const field fields[] = {
    KEY_TEXT(system, "Host or service the account lives in."),
    KEY_TEXT(login, "Name the account signs in with."),
    INT(uid, "Numeric user id, where the system has one."),
    INT(gid, "Numeric primary group id, where the system has one."),
    TEXT(full_name, "Name in the account record."),
    ENUM(kind, "human for people, service for programs.", "human", "service"),
    TEXT(person, "Workforce member the account belongs to, when the source says."),
    BOOL(active,
         "Whether the account can be used to sign in: not expired, a login shell, and a "
         "password or key that works."),
    BOOL(privileged,
         "Whether it can administer the system: user id 0, full rights through sudo, or a "
         "group that grants them."),
    BOOL(mfa, "Whether a second factor is required of it."),
    TEXT(origin, "Where the account is kept: local, or the directory's name."),
    TEXT(shell, "Login shell."),
    TEXT(home, "Home directory."),
    ENUM(password_state,
         "set: a password works; empty: none is needed; locked: a password stands behind a "
         "lock; none: no password can match.",
         "set", "empty", "locked", "none"),
    TEXT(password_hash,
         "Scheme of the stored hash: yescrypt, sha512, sha256, bcrypt, md5, des, other; never the hash."),
    TIME(password_changed_at, "When the password was last set."),
    INT(password_max_days,
         "Days after which a password must be changed; 99999 and more mean never.", .unit = "days"),
    INT(password_min_days, "Days before a password may be changed again.", .unit = "days"),
    INT(password_inactive_days,
         "Days after expiry until the account is disabled; -1 means never.", .unit = "days"),
    BOOL(expires, "Whether the account has an expiry date."),
    TIME(expires_at, "When the account expires, if it does."),
    BOOL(logged_in, "Whether a sign-in was ever recorded, as far as the records kept reach."),
    TIME(last_login_at, "Latest recorded sign-in, if there was one."),
    INT(ssh_keys, "Number of SSH public keys that may sign in as this account."),
};

RELATION(account, FACT,
         "An account that can hold access on a system, human or not.");
