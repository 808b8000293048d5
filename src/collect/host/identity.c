#include "collect/host/identity.h"
#include "collect/host/probes.h"
#include "collect/host/sshd_run.h"

#include <errno.h>
#include <unistd.h>

extern const relation relation_pam_rule, relation_privilege;

void identity_load_sshd(identity *x)
{
    sshd_read(x->a, &x->files, "/etc/ssh/sshd_config", &x->sshd_file);
    bool program = access(env_path(x->a, x->env, "/usr/sbin/sshd"), F_OK) == 0;
    x->sshd_there = program || x->sshd_file.err != ENOENT;
    if (!x->sshd_there || (x->sshd_file.err && x->sshd_file.err != ENOENT))
        return;
    str text;
    if (program && sshd_run(x->a, x->env, &text))
        x->sshd = sshd_printed(x->a, text);
    if (x->sshd.n == 0)
        x->sshd = sshd_effective(x->a, &x->sshd_file);
}

void identity_pam_rules(identity *x)
{
    emit *e = x->e;
    emit_begin(e, &relation_pam_rule);
    if (x->pam.err && x->pam.err != ENOENT)
        emit_lack_errno(e, x->pam.err, "/etc/pam.d");
    conf_notes_emit(e, &x->pam.notes);
    for (size_t i = 0; i < x->pam.rules.n; i++) {
        const pam_line *l = &x->pam.rules.v[i];
        emit_text(e, "system", x->env->system);
        emit_text(e, "service", l->service);
        emit_text(e, "facility", l->facility);
        emit_int(e, "position", l->position);
        emit_text(e, "control", l->control);
        emit_text(e, "module", l->module);
        emit_text(e, "arguments", l->arguments);
        emit_text(e, "defined_in", conf_place(x->a, l->file, l->line));
        emit_row(e);
    }
    emit_end(e, x->pam.err == ENOENT ? ST_ABSENT : ST_OK);
}

/* Directories may hold sudo rules as well. */
static void tell_sudo_directories(identity *x)
{
    str text, line, name, val;
    if (x->files.read(x->files.arg, x->a, "/etc/nsswitch.conf", &text))
        return;
    while (str_line(&text, &line)) {
        if (!conf_pair(line, ':', &name, &val) || !str_eq(name, S("sudoers")))
            continue;
        for (str w = str_word(&val); w.n; w = str_word(&val))
            if (w.p[0] != '[' && !str_eq(w, S("files")))
                emit_lack(x->e, ST_PARTIAL, "sudo rules kept in " STR_FMT " are not listed here", STR_ARG(w));
    }
}

void identity_privileges(identity *x)
{
    emit *e = x->e;
    emit_begin(e, &relation_privilege);
    bool absent = x->sudo.err == ENOENT;
    if (x->sudo.err && !absent)
        emit_lack_errno(e, x->sudo.err, "/etc/sudoers");
    conf_notes_emit(e, &x->sudo.notes);
    tell_sudo_directories(x);
    if (access(env_path(x->a, x->env, "/etc/doas.conf"), F_OK) == 0)
        emit_lack(e, ST_PARTIAL, "/etc/doas.conf gives rights that are not listed here");
    for (size_t i = 0; i < x->sudo.rights.n; i++) {
        const sudo_right *r = &x->sudo.rights.v[i];
        emit_text(e, "system", x->env->system);
        emit_z(e, "tool", "sudo");
        emit_text(e, "subject", r->subject);
        emit_text(e, "run_as", r->run_as);
        emit_text(e, "command", r->command);
        if (r->passwordless != UNKNOWN)
            emit_bool(e, "passwordless", r->passwordless == YES);
        emit_bool(e, "all_commands", r->all_commands);
        emit_bool(e, "no_exec", r->no_exec);
        emit_text(e, "defined_in", conf_place(x->a, r->file, r->line));
        emit_row(e);
    }
    emit_end(e, absent ? ST_ABSENT : ST_OK);
}

void probe_identity(const collect_env *env, emit *e)
{
    identity *x = NEW(env->a, identity);
    *x = (identity){ .a = env->a, .env = env, .e = e, .files = conf_files_of(env) };
    pam_read(x->a, &x->files, &x->pam);
    sudo_read(x->a, &x->files, "/etc/sudoers", env->system, &x->sudo);
    identity_load_sshd(x);
    identity_load_accounts(x);
    identity_mark_administrators(x);
    identity_pam_rules(x);
    identity_privileges(x);
    identity_groups(x);
    identity_keys(x);
    identity_accounts(x);
    identity_settings(x);
}
