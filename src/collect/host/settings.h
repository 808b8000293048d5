/* collect/host/settings.h - private: gathering the rows of `setting`, one component at a time. */
#ifndef COLLECT_HOST_SETTINGS_H
#define COLLECT_HOST_SETTINGS_H

#include "collect/host/identity.h"

typedef struct {
    str name, value, defined_in;
    bool gone;                           /* taken back by a later line */
} setting_entry;

/* The settings of one component; setting a name again replaces its value. */
typedef struct {
    identity   *x;
    const char *component;
    map         by_name;                 /* -> index + 1 */
    DA(setting_entry) entries;
} setting_table;

setting_table setting_table_new(identity *x, const char *component);
setting_entry *setting_get(const setting_table *t, str name);              /* NULL: not set */
void setting_put(setting_table *t, str name, str value, str defined_in);   /* texts are not copied */
void setting_default(setting_table *t, str name, str value);               /* when not set */
/* Writes the rows. */
void setting_table_emit(const setting_table *t);

/* The text of a file, or false: absent, or unreadable and told. */
bool setting_read(identity *x, const char *path, str *ret);
bool setting_exists(const identity *x, const char *path);

/* What is set when nothing is said, and what a component needs to be there. */
typedef struct {
    const char *component, *name, *value;
} setting_default_row;
extern const setting_default_row setting_defaults[];
extern const size_t              n_setting_defaults;
void setting_defaults_put(setting_table *t);

/* Names below /proc/sys that security rests on, dots for slashes. */
extern const char *const setting_sysctls[];
extern const size_t      n_setting_sysctls;

void settings_sshd(identity *x);
void settings_sysctl(identity *x);
void settings_sysctl_d(identity *x);
void settings_login_defs(identity *x);
void settings_pam_modules(identity *x);  /* pwquality, faillock, pwhistory */
void settings_systemd(identity *x);      /* journald, logind, coredump */
void settings_apt(identity *x);
void settings_modprobe(identity *x);
void settings_profile(identity *x);

#endif
