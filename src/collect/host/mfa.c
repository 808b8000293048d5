#include "collect/host/mfa.h"

static const char *const factors[] = {
    "pam_google_authenticator.so", "pam_oath.so", "pam_u2f.so", "pam_duo.so", "pam_yubico.so", "pam_otp.so",
    "pam_totp.so", "pam_fido2.so", "pam_okta_auth.so", "pam_rsa_securid.so", "pam_securid.so", "pam_2fa.so", NULL,
};
/* These let some in and others not: the stack must hold whichever way they answer. */
static const char *const conditions[] = {
    "pam_succeed_if.so", "pam_access.so", "pam_listfile.so", "pam_localuser.so", "pam_usertype.so", "pam_exec.so",
    "pam_rootok.so", "pam_group.so", "pam_time.so", "pam_wheel.so", "pam_script.so", "pam_rhosts.so", NULL,
};

static bool in(const char *const *list, str module)
{
    for (size_t i = 0; list[i]; i++)
        if (str_eq(module, str_of(list[i])))
            return true;
    return false;
}

/* What a control does on success or failure: ok ignore bad die done, or a number of rules to jump. */
static str action_of(str control, bool success)
{
    static const struct { const char *word, *on_success, *on_failure; } rows[] = {
        { "required", "ok", "bad" }, { "requisite", "ok", "die" },
        { "sufficient", "done", "ignore" }, { "optional", "ok", "ignore" },
    };
    str standard = S("bad"), rest = control;
    for (size_t i = 0; i < COUNT(rows); i++)
        if (conf_same(control, str_of(rows[i].word)))
            return str_of(success ? rows[i].on_success : rows[i].on_failure);
    if (rest.n < 2 || rest.p[0] != '[')
        return S("bad");
    rest = str_sub(rest, 1, rest.n - 1);
    for (str w = str_word(&rest); w.n; w = str_word(&rest)) {
        str val = w, name = str_cut(&val, '=');
        if (!val.p)
            continue;
        if (str_eq(name, success ? S("success") : S("auth_err")))
            return val;
        if (str_eq(name, S("default")))
            standard = val;
    }
    return standard;
}

/* Runs the stack as libpam does, with every factor failing or passing, and every condition the other way. */
static bool lets_in(const pam_stacks *p, str service, bool factors_pass, bool conditions_hold)
{
    bool    bad = false, any = false;
    int64_t jump = 0;
    for (size_t i = 0; i < p->rules.n; i++) {
        const pam_line *l = &p->rules.v[i];
        if (!str_eq(l->service, service) || !str_eq(l->facility, S("auth")))
            continue;
        if (jump > 0) {
            jump--;
            continue;
        }
        bool success = in(factors, l->module)      ? factors_pass
                       : in(conditions, l->module) ? conditions_hold
                                                   : !str_eq(l->module, S("pam_deny.so"));
        str  action = action_of(l->control, success);
        if (str_eq(action, S("die")))
            return false;
        if (str_eq(action, S("bad")))
            bad = true;
        if (str_eq(action, S("done")) && !bad)
            return true;
        if (str_eq(action, S("ok")) || str_eq(action, S("done")))
            any = true;
        if (str_eq(action, S("reset")))
            bad = any = false;
        parse_int(action, 1, 1000, &jump);
    }
    return any && !bad;
}

/* nullok lets in whoever has not enrolled. */
static bool has_factor(const pam_stacks *p, str service)
{
    bool any = false;
    for (size_t i = 0; i < p->rules.n; i++) {
        const pam_line *l = &p->rules.v[i];
        if (!str_eq(l->service, service) || !str_eq(l->facility, S("auth")) || !in(factors, l->module))
            continue;
        if (str_contains(l->arguments, S("nullok")))
            return false;
        any = true;
    }
    return any;
}

bool mfa_pam_requires(const pam_stacks *p, str service)
{
    return has_factor(p, service) && !lets_in(p, service, false, false) && !lets_in(p, service, false, true);
}

static bool on(const sshd_values *v, str name) { return str_eq(sshd_get(v, name), S("yes")); }

/* "publickey,keyboard-interactive": something had and something known, one after the
 * other. "password,keyboard-interactive" asks for the same password twice, and
 * "hostbased" tells of a machine and not of a person. */
static bool two_factors(str list, bool pam_requires)
{
    bool key = false, secret = false;
    while (list.p) {
        str one = str_cut(&list, ','), method = str_cut(&one, ':');
        if (pam_requires && str_eq(method, S("keyboard-interactive")))
            return true;
        key = key || str_eq(method, S("publickey"));
        secret = secret || str_eq(method, S("password")) || str_eq(method, S("keyboard-interactive")) ||
                 str_starts(method, S("gssapi"));
    }
    return key && secret;
}

static yes_no without_methods(const sshd_values *v, bool pam_requires, yes_no has_keys)
{
    if (!pam_requires || !on(v, S("usepam")) || on(v, S("gssapiauthentication")) || on(v, S("hostbasedauthentication")))
        return NO;
    if (!on(v, S("pubkeyauthentication")) || has_keys == NO)
        return YES;
    return has_keys == YES ? NO : UNKNOWN;
}

static yes_no by_methods(const sshd_values *v, bool pam_requires, yes_no has_keys)
{
    str methods = sshd_get(v, S("authenticationmethods"));
    if (methods.n == 0 || str_eq(methods, S("any")))
        return without_methods(v, pam_requires, has_keys);
    for (str list = str_word(&methods); list.n; list = str_word(&methods))
        if (!two_factors(list, pam_requires))
            return NO;
    return YES;
}

yes_no mfa_ssh(const sshd_values *values, const sshd_conf *conf, bool pam_requires, yes_no has_keys)
{
    static const char *const decide[] = { "authenticationmethods", "pubkeyauthentication", "passwordauthentication",
                                          "kbdinteractiveauthentication", "gssapiauthentication", NULL };
    yes_no answer = by_methods(values, pam_requires, has_keys);
    for (size_t i = 0; i < conf->lines.n; i++)         /* a Match block may say otherwise for this account */
        if (conf->lines.v[i].match.n && in(decide, conf->lines.v[i].name))
            return UNKNOWN;
    return answer;
}
