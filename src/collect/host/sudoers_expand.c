#include "collect/host/sudoers.h"

enum { RIGHTS_MAX = 20000, FLAT_MAX = 5000, ALIAS_DEPTH_MAX = 16, STEPS_MAX = 1000000 };

typedef struct {
    sudo_policy *p;
    sudo_rights *out;
    map          seen;                   /* "subject\nrun_as\ncommand" -> index + 1 */
    int          steps;                  /* work done: aliases can multiply without a new right */
    bool         cut;
} expander;

static bool is_all(str s) { return str_eq(s, S("ALL")); }

/* Aliases replaced by their members; a negated alias turns each member round. */
static void flatten(expander *x, sudo_kind kind, const sudo_list *in, bool negated, int depth, sudo_list *out)
{
    if (depth > ALIAS_DEPTH_MAX) {
        x->cut = true;
        return;
    }
    for (size_t i = 0; i < in->n; i++) {
        const sudo_item  *item = &in->v[i];
        bool              no = item->negated != negated;
        const sudo_alias *alias = is_all(item->text) ? NULL : map_get(&x->p->aliases[kind], item->text);
        if (alias)
            flatten(x, kind, &alias->items, no, depth + 1, out);
        else if (out->n < FLAT_MAX && ++x->steps <= STEPS_MAX)
            da_push(x->p->a, out) = (sudo_item){ item->text, no };
        else
            x->cut = true;
        if (x->cut)
            return;
    }
}

static sudo_list flat(expander *x, sudo_kind kind, const sudo_list *in)
{
    sudo_list out = { 0 };
    flatten(x, kind, in, false, 0, &out);
    return out;
}

static str short_name(str host)
{
    return host.n ? str_cut(&host, '.') : host;
}

/* The last item that speaks of this host decides, as in sudo. */
static bool host_matches(expander *x, const sudo_list *hosts)
{
    sudo_list list = flat(x, SUDO_HOST, hosts);
    str       host = x->p->host;
    bool      in = false;
    for (size_t i = 0; i < list.n; i++) {
        str  h = list.v[i].text;
        bool unknowable = h.p[0] == '+' || memchr(h.p, ':', h.n) || (h.p[0] >= '0' && h.p[0] <= '9');
        if (is_all(h) || conf_match(x->p->a, h, host, true) || conf_match(x->p->a, h, short_name(host), true)
            || conf_same(short_name(h), host))
            in = !list.v[i].negated;
        else if (unknowable && !list.v[i].negated)
            in = true;
    }
    return in;
}

static bool has(const sudo_list *list, str text)
{
    bool in = false;
    for (size_t i = 0; i < list->n; i++)
        if (is_all(list->v[i].text) || str_eq(list->v[i].text, text))
            in = !list->v[i].negated;
    return in;
}

/* By number: ALL must not count here, for "ALL, !root" leaves root out. */
static bool names_root(const sudo_list *list)
{
    for (size_t i = 0; i < list->n; i++)
        if (str_eq(list->v[i].text, S("#0")) && !list->v[i].negated)
            return true;
    return false;
}

static bool plain_login(str s) { return s.n && !is_all(s) && !memchr("%+#", s.p[0], 3); }

/* Whether a Defaults line speaks of this right; UNKNOWN when a group stands between. */
static yes_no applies(expander *x, const sudo_default *d, const sudo_right *r, const sudo_list *run_users)
{
    sudo_list list;
    switch (d->scope) {
    case '@':
        return host_matches(x, &d->items) ? YES : NO;
    case ':':
        list = flat(x, SUDO_USER, &d->items);
        if (has(&list, r->subject))
            return YES;
        for (size_t i = 0; i < list.n; i++)
            if (!plain_login(r->subject) || !plain_login(list.v[i].text))
                return UNKNOWN;
        return NO;
    case '>':
        list = flat(x, SUDO_RUNAS, &d->items);
        for (size_t i = 0; i < run_users->n; i++)
            if (has(&list, run_users->v[i].text))
                return YES;
        return is_all(r->run_as) ? UNKNOWN : NO;
    case '!':
        list = flat(x, SUDO_CMND, &d->items);
        return has(&list, r->command) ? YES : r->all_commands ? UNKNOWN : NO;
    default:
        return YES;
    }
}

static yes_no passwordless(expander *x, const sudo_command *c, const sudo_right *r, const sudo_list *run_users)
{
    yes_no answer = NO;
    if (c->no_passwd != UNKNOWN)
        return c->no_passwd;
    for (size_t i = 0; i < x->p->defaults.n; i++) {
        const sudo_default *d = &x->p->defaults.v[i];
        yes_no              says = d->authenticate ? NO : YES;
        yes_no              speaks = applies(x, d, r, run_users);
        if (speaks == YES)
            answer = says;
        else if (speaks == UNKNOWN && answer != says)
            answer = UNKNOWN;
    }
    return answer;
}

static bool is_one_of(str s, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(s, str_of(list[i])))
            return true;
    return false;
}

/* A shell without a fixed script lets its user run anything, and so does su to root. */
static bool is_shell(str command)
{
    static const char *const shells[] = { "sh", "bash", "dash", "zsh", "ksh", "csh", "tcsh", "fish", "su", "busybox" };
    static const char *const open_ended[] = { "", "\"\"", "-", "-l", "-i", "--login", "root", "- root", "-l root", "--login root" };
    str    arguments = command, program = str_word(&arguments);
    size_t slash = program.n;
    while (slash && program.p[slash - 1] != '/')
        slash--;
    return slash && is_one_of(str_sub(program, slash, program.n), shells, COUNT(shells)) &&
           is_one_of(str_trim(arguments), open_ended, COUNT(open_ended));
}

/* "ALL", "root", "www-data:adm"; what is left out follows: "ALL, !root". */
static str run_as_text(expander *x, const sudo_item *user, const sudo_list *users, const sudo_list *groups)
{
    buf b = buf_new(x->p->a, 16 << 10);
    if (user)
        buf_puts(&b, user->text);
    for (size_t i = 0; i < users->n; i++)
        if (users->v[i].negated) {
            buf_putz(&b, ", !");
            buf_puts(&b, users->v[i].text);
        }
    bool any_group = groups->n == 0 || (user && is_all(user->text) && has(groups, S("any group")));
    for (size_t i = 0; !any_group && i < groups->n; i++) {
        buf_putz(&b, i ? ", " : ":");
        buf_putz(&b, groups->v[i].negated ? "!" : "");
        buf_puts(&b, groups->v[i].text);
    }
    if (b.n == 0)
        buf_putz(&b, "itself");
    return buf_str(&b);
}

static void add_right(expander *x, const sudo_right *right)
{
    str    key = str_fmt(x->p->a, STR_FMT "\n" STR_FMT "\n" STR_FMT, STR_ARG(right->subject), STR_ARG(right->run_as),
                         STR_ARG(right->command));
    void **slot = map_put(&x->seen, key);
    if (!*slot) {
        da_push(x->p->a, &x->out->rights) = *right;
        *slot = (void *)(uintptr_t)x->out->rights.n;
    } else {
        x->out->rights.v[(uintptr_t)*slot - 1] = *right;
    }
}

typedef struct {
    const sudo_spec *spec;
    const sudo_list *users;              /* flat */
    conf_strs        except;
} rule;

static void add_command(expander *x, const rule *rl, const sudo_command *c, const sudo_item *command,
                        const sudo_list *run_users, const sudo_item *as, const sudo_list *run_groups)
{
    sudo_right r = {
        .run_as = run_as_text(x, as, run_users, run_groups),
        .command = command->negated ? str_fmt(x->p->a, "!" STR_FMT, STR_ARG(command->text)) : command->text,
        .all_commands = !command->negated && (is_all(command->text) || is_shell(command->text)),
        .no_exec = c->no_exec == YES || (c->no_exec == UNKNOWN && x->p->no_exec),
        .as_root = as && (has(run_users, S("root")) || names_root(run_users)),
        .except = rl->except, .file = rl->spec->file, .line = rl->spec->line,
    };
    for (size_t u = 0; u < rl->users->n; u++) {
        if (rl->users->v[u].negated)
            continue;
        if (x->out->rights.n >= RIGHTS_MAX || ++x->steps > STEPS_MAX) {
            x->cut = true;
            return;
        }
        r.subject = rl->users->v[u].text;
        r.passwordless = passwordless(x, c, &r, run_users);
        add_right(x, &r);
    }
}

static void add_spec_command(expander *x, const rule *rl, const sudo_command *c)
{
    sudo_list one = { 0 }, standard = { 0 };
    da_push(x->p->a, &one) = c->command;
    da_push(x->p->a, &standard) = (sudo_item){ .text = x->p->runas_default };
    sudo_list commands = flat(x, SUDO_CMND, &one);
    sudo_list users = flat(x, SUDO_RUNAS, c->run_given ? &c->run_users : &standard);
    sudo_list groups = flat(x, SUDO_RUNAS, &c->run_groups);
    for (size_t i = 0; i < commands.n && !x->cut; i++) {
        if (users.n == 0)
            add_command(x, rl, c, &commands.v[i], &users, NULL, &groups);
        for (size_t u = 0; u < users.n && !x->cut; u++)
            if (!users.v[u].negated)
                add_command(x, rl, c, &commands.v[i], &users, &users.v[u], &groups);
    }
}

void sudo_expand(sudo_policy *p, sudo_rights *ret)
{
    expander x = { .p = p, .out = ret, .seen = map_new(p->a) };
    for (size_t i = 0; i < p->specs.n && !x.cut; i++) {
        const sudo_spec *spec = &p->specs.v[i];
        if (!host_matches(&x, &spec->hosts))
            continue;
        sudo_list users = flat(&x, SUDO_USER, &spec->users);
        rule      rl = { .spec = spec, .users = &users };
        for (size_t u = 0; u < users.n; u++)
            if (users.v[u].negated)
                da_push(p->a, &rl.except) = users.v[u].text;
        for (size_t c = 0; c < spec->commands.n && !x.cut; c++)
            add_spec_command(&x, &rl, &spec->commands.v[c]);
    }
    if (x.cut)
        conf_note_text(p->a, &ret->notes, "sudo rules expand without end or to more than %d rights; not all are listed", RIGHTS_MAX);
}
