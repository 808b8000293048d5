#include "collect/host/audit.h"

#include <linux/audit.h>

typedef enum { VALUE_INT, VALUE_HEX, VALUE_TEXT, VALUE_ID, VALUE_ARCH, VALUE_PERM, VALUE_EXIT } value_form;

static const struct field_row {
    const char *name;
    uint32_t    field;
    value_form  form;
} field_rows[] = {
    { "pid", AUDIT_PID, VALUE_INT },          { "uid", AUDIT_UID, VALUE_ID },           { "euid", AUDIT_EUID, VALUE_ID },
    { "suid", AUDIT_SUID, VALUE_ID },         { "fsuid", AUDIT_FSUID, VALUE_ID },       { "gid", AUDIT_GID, VALUE_ID },
    { "egid", AUDIT_EGID, VALUE_ID },         { "sgid", AUDIT_SGID, VALUE_ID },         { "fsgid", AUDIT_FSGID, VALUE_ID },
    { "auid", AUDIT_LOGINUID, VALUE_ID },     { "loginuid", AUDIT_LOGINUID, VALUE_ID }, { "pers", AUDIT_PERS, VALUE_INT },
    { "arch", AUDIT_ARCH, VALUE_ARCH },       { "msgtype", AUDIT_MSGTYPE, VALUE_INT },  { "subj_user", AUDIT_SUBJ_USER, VALUE_TEXT },
    { "subj_role", AUDIT_SUBJ_ROLE, VALUE_TEXT }, { "subj_type", AUDIT_SUBJ_TYPE, VALUE_TEXT }, { "subj_sen", AUDIT_SUBJ_SEN, VALUE_TEXT },
    { "subj_clr", AUDIT_SUBJ_CLR, VALUE_TEXT }, { "ppid", AUDIT_PPID, VALUE_INT },      { "obj_user", AUDIT_OBJ_USER, VALUE_TEXT },
    { "obj_role", AUDIT_OBJ_ROLE, VALUE_TEXT }, { "obj_type", AUDIT_OBJ_TYPE, VALUE_TEXT }, { "obj_lev_low", AUDIT_OBJ_LEV_LOW, VALUE_TEXT },
    { "obj_lev_high", AUDIT_OBJ_LEV_HIGH, VALUE_TEXT }, { "sessionid", AUDIT_SESSIONID, VALUE_ID }, { "devmajor", AUDIT_DEVMAJOR, VALUE_HEX },
    { "devminor", AUDIT_DEVMINOR, VALUE_HEX }, { "inode", AUDIT_INODE, VALUE_INT },     { "exit", AUDIT_EXIT, VALUE_EXIT },
    { "success", AUDIT_SUCCESS, VALUE_INT },  { "path", AUDIT_WATCH, VALUE_TEXT },      { "perm", AUDIT_PERM, VALUE_PERM },
    { "dir", AUDIT_DIR, VALUE_TEXT },         { "obj_uid", AUDIT_OBJ_UID, VALUE_ID },   { "obj_gid", AUDIT_OBJ_GID, VALUE_ID },
    { "exe", AUDIT_EXE, VALUE_TEXT },         { "saddr_fam", AUDIT_SADDR_FAM, VALUE_INT }, { "a0", AUDIT_ARG0, VALUE_HEX },
    { "a1", AUDIT_ARG1, VALUE_HEX },          { "a2", AUDIT_ARG2, VALUE_HEX },          { "a3", AUDIT_ARG3, VALUE_HEX },
    { "key", AUDIT_FILTERKEY, VALUE_TEXT },
};

/* Longest signs first: they are looked for in this order. */
static const struct { const char *sign; uint32_t op; } ops[] = {
    { "!=", AUDIT_NOT_EQUAL }, { ">=", AUDIT_GREATER_THAN_OR_EQUAL }, { "<=", AUDIT_LESS_THAN_OR_EQUAL }, { "&=", AUDIT_BIT_TEST },
    { "=", AUDIT_EQUAL },      { ">", AUDIT_GREATER_THAN },           { "<", AUDIT_LESS_THAN },           { "&", AUDIT_BIT_MASK },
};

static const char *const lists[] = { "user", "task", "entry", "watch", "exit", "exclude", "filesystem", "io_uring" };
static const char *const actions[] = { "never", "possible", "always" };
static const struct { char letter; uint32_t bit; } perms[] = {
    { 'r', AUDIT_PERM_READ }, { 'w', AUDIT_PERM_WRITE }, { 'x', AUDIT_PERM_EXEC }, { 'a', AUDIT_PERM_ATTR },
};

static const struct field_row *row_of(uint32_t field)
{
    for (size_t i = 0; i < COUNT(field_rows); i++)
        if (field_rows[i].field == field)
            return &field_rows[i];
    return NULL;
}

/* ---- from the kernel ---- */

static bool holds_text(uint32_t field)
{
    const struct field_row *row = row_of(field);
    return row && row->form == VALUE_TEXT;
}

bool audit_rule_from_kernel(str body, audit_rule *ret)
{
    struct audit_rule_data d;
    size_t                 head = offsetof(struct audit_rule_data, buf);
    if (body.n < head)
        return false;
    memcpy(&d, body.p, head);
    str texts = str_sub(body, head, body.n);
    if (d.field_count > AUDIT_RULE_FIELDS_MAX || d.buflen > texts.n)
        return false;
    *ret = (audit_rule){ .list = d.flags & ~(uint32_t)AUDIT_FILTER_PREPEND, .action = d.action, .n = d.field_count };
    memcpy(ret->mask, d.mask, sizeof ret->mask);
    for (size_t i = 0; i < ret->n; i++) {
        audit_rule_field *f = &ret->fields[i];
        *f = (audit_rule_field){ .field = d.fields[i], .op = d.fieldflags[i], .value = d.values[i] };
        if (!holds_text(f->field))
            continue;
        if (f->value > texts.n)
            return false;
        f->text = str_sub(texts, 0, f->value);
        texts = str_sub(texts, f->value, texts.n);
    }
    return true;
}

/* ---- system calls ---- */

static uint32_t native_arch(void)
{
#if defined(__aarch64__)
    return AUDIT_ARCH_AARCH64;
#else
    return AUDIT_ARCH_X86_64;
#endif
}

static int number_on(const audit_syscall *c, uint32_t arch)
{
    return arch == AUDIT_ARCH_X86_64 ? c->x86_64 : arch == AUDIT_ARCH_I386 ? c->i386 : arch == AUDIT_ARCH_AARCH64 ? c->aarch64 : -1;
}

static uint32_t arch_of(const audit_rule *r)
{
    for (size_t i = 0; i < r->n; i++)
        if (r->fields[i].field == AUDIT_ARCH)
            return r->fields[i].value;
    return native_arch();
}

static bool in_mask(const audit_rule *r, size_t n) { return r->mask[n / 32] & 1u << n % 32; }
static void set_mask(audit_rule *r, size_t n) { r->mask[n / 32] |= 1u << n % 32; }

/* All but the last words, which hold classes of calls. */
static bool all_calls(const audit_rule *r)
{
    for (size_t i = 0; i < AUDIT_RULE_WORDS - 1; i++)
        if (r->mask[i] != UINT32_MAX)
            return false;
    return true;
}

static void put_call(buf *b, uint32_t arch, int n)
{
    for (size_t i = 0; i < n_audit_syscalls; i++)
        if (number_on(&audit_syscalls[i], arch) == n) {
            buf_putz(b, audit_syscalls[i].name);
            return;
        }
    buf_int(b, n);
}

static void put_calls(buf *b, const audit_rule *r)
{
    uint32_t arch = arch_of(r);
    bool     first = true;
    buf_putz(b, " -S ");
    if (all_calls(r)) {
        buf_putz(b, "all");
        return;
    }
    for (size_t i = 0; i < AUDIT_RULE_WORDS * 32; i++) {
        if (!in_mask(r, i))
            continue;
        if (!first)
            buf_putc(b, ',');
        put_call(b, arch, (int)i);
        first = false;
    }
}

/* ---- to text ---- */

static void put_value(buf *b, value_form form, const audit_rule_field *f)
{
    switch (form) {
    case VALUE_TEXT:
        buf_puts(b, f->text);
        break;
    case VALUE_HEX:
        buf_fmt(b, "0x%X", f->value);
        break;
    case VALUE_ARCH:
        if (f->value == AUDIT_ARCH_X86_64 || f->value == AUDIT_ARCH_AARCH64)
            buf_putz(b, "b64");
        else if (f->value == AUDIT_ARCH_I386 || f->value == AUDIT_ARCH_ARM)
            buf_putz(b, "b32");
        else
            buf_fmt(b, "0x%X", f->value);
        break;
    case VALUE_PERM:
        for (size_t i = 0; i < COUNT(perms); i++)
            if (f->value & perms[i].bit)
                buf_putc(b, perms[i].letter);
        break;
    case VALUE_EXIT:
        if ((int32_t)f->value < 0 && (int32_t)f->value > -4096 && strerrorname_np(-(int32_t)f->value)) {
            buf_fmt(b, "-%s", strerrorname_np(-(int32_t)f->value));
            break;
        }
        __attribute__((fallthrough));
    case VALUE_INT:
    case VALUE_ID:
        buf_int(b, (int32_t)f->value);
        break;
    }
}

static const char *sign_of(uint32_t op)
{
    for (size_t i = 0; i < COUNT(ops); i++)
        if (ops[i].op == op)
            return ops[i].sign;
    return "?";
}

/* Keys come several in one text, parted by a byte 1. */
static void put_keys(buf *b, str keys, const char *flag)
{
    while (keys.p && keys.n) {
        buf_putz(b, flag);
        buf_puts(b, str_cut(&keys, '\1'));
    }
}

static void put_field(buf *b, const audit_rule_field *f)
{
    const struct field_row *row = row_of(f->field);
    if (f->field == AUDIT_FILTERKEY) {
        put_keys(b, f->text, " -F key=");
        return;
    }
    buf_putz(b, " -F ");
    if (row)
        buf_putz(b, row->name);
    else
        buf_fmt(b, "f%u", f->field);
    buf_putz(b, sign_of(f->op));
    put_value(b, row ? row->form : VALUE_INT, f);
}

static bool is_watch(const audit_rule *r)
{
    bool path = false, perm = false;
    for (size_t i = 0; i < r->n; i++) {
        uint32_t field = r->fields[i].field;
        path = path || field == AUDIT_WATCH || field == AUDIT_DIR;
        perm = perm || field == AUDIT_PERM;
        if (field != AUDIT_WATCH && field != AUDIT_DIR && field != AUDIT_PERM && field != AUDIT_FILTERKEY)
            return false;
    }
    return path && perm && r->list == AUDIT_FILTER_EXIT && r->action == AUDIT_ALWAYS && all_calls(r);
}

static void put_watch(buf *b, const audit_rule *r)
{
    for (size_t i = 0; i < r->n; i++) {
        const audit_rule_field *f = &r->fields[i];
        if (f->field == AUDIT_PERM) {
            buf_putz(b, " -p ");
            put_value(b, VALUE_PERM, f);
        } else if (f->field == AUDIT_FILTERKEY) {
            put_keys(b, f->text, " -k ");
        } else {
            buf_putz(b, "-w ");
            buf_puts(b, f->text);
        }
    }
}

str audit_rule_text(arena *a, const audit_rule *r)
{
    buf b = buf_new(a, 64 << 10);
    if (is_watch(r)) {
        put_watch(&b, r);
        return buf_str(&b);
    }
    buf_fmt(&b, "-a %s,", r->action < COUNT(actions) ? actions[r->action] : "?");
    if (r->list < COUNT(lists))
        buf_putz(&b, lists[r->list]);
    else
        buf_int(&b, r->list);
    for (size_t i = 0; i < r->n; i++)
        if (r->fields[i].field == AUDIT_ARCH)
            put_field(&b, &r->fields[i]);
    if (r->list == AUDIT_FILTER_EXIT)
        put_calls(&b, r);
    for (size_t i = 0; i < r->n; i++)
        if (r->fields[i].field != AUDIT_ARCH)
            put_field(&b, &r->fields[i]);
    return buf_str(&b);
}

/* ---- from a file ---- */

static int index_of(const char *const *table, size_t n, str s)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(str_of(table[i]), s))
            return (int)i;
    return -1;
}

/* always,exit or exit,always */
static bool read_list(str s, audit_rule *r)
{
    str first = str_cut(&s, ',');
    int list = index_of(lists, COUNT(lists), s.p ? s : S("")), action = index_of(actions, COUNT(actions), first);
    if (list < 0) {
        list = index_of(lists, COUNT(lists), first);
        action = index_of(actions, COUNT(actions), s.p ? s : S(""));
    }
    if (list < 0 || action < 0)
        return false;
    r->list = (uint32_t)list;
    r->action = (uint32_t)action;
    return true;
}

static bool read_number(str s, uint32_t *ret)
{
    int64_t v = 0;
    if (!str_starts(s, S("0x"))) {
        if (!parse_int(s, INT32_MIN, UINT32_MAX, &v))
            return false;
        *ret = (uint32_t)v;
        return true;
    }
    for (size_t i = 2; i < s.n; i++) {
        const char *at = strchr("0123456789abcdef", s.p[i] | 0x20);
        if (!s.p[i] || !at || i > 9)
            return false;
        v = v * 16 + (at - "0123456789abcdef");
    }
    *ret = (uint32_t)v;
    return s.n > 2;
}

static bool read_exit(str s, uint32_t *ret)
{
    bool minus = str_starts(s, S("-"));
    str  name = str_sub(s, minus, s.n);
    for (int i = 1; i < 134; i++)
        if (strerrorname_np(i) && str_eq(str_of(strerrorname_np(i)), name)) {
            *ret = (uint32_t)(minus ? -i : i);
            return true;
        }
    return read_number(s, ret);
}

static bool read_perms(str s, uint32_t *ret)
{
    *ret = 0;
    for (size_t i = 0; i < s.n; i++) {
        uint32_t bit = 0;
        for (size_t k = 0; k < COUNT(perms); k++)
            if (perms[k].letter == (s.p[i] | 0x20))
                bit = perms[k].bit;
        if (!bit)
            return false;
        *ret |= bit;
    }
    return s.n != 0;
}

static bool read_arch(str s, uint32_t *ret)
{
    bool arm = native_arch() == AUDIT_ARCH_AARCH64;
    if (str_eq(s, S("b64")))
        *ret = native_arch();
    else if (str_eq(s, S("b32")))
        *ret = arm ? AUDIT_ARCH_ARM : AUDIT_ARCH_I386;
    else if (str_eq(s, S("x86_64")))
        *ret = AUDIT_ARCH_X86_64;
    else if (str_eq(s, S("i386")) || str_eq(s, S("i686")))
        *ret = AUDIT_ARCH_I386;
    else if (str_eq(s, S("aarch64")))
        *ret = AUDIT_ARCH_AARCH64;
    else
        return false;
    return true;
}

static bool read_id(str s, uint32_t *ret)
{
    if (str_eq(s, S("unset")))
        *ret = UINT32_MAX;
    else if (str_eq(s, S("root")))
        *ret = 0;
    else
        return read_number(s, ret);
    return true;
}

static bool read_value(value_form form, str s, audit_rule_field *f)
{
    switch (form) {
    case VALUE_TEXT: f->text = s; return s.n != 0;
    case VALUE_ARCH: return read_arch(s, &f->value);
    case VALUE_PERM: return read_perms(s, &f->value);
    case VALUE_EXIT: return read_exit(s, &f->value);
    case VALUE_ID:   return read_id(s, &f->value);
    case VALUE_INT:
    case VALUE_HEX:  return read_number(s, &f->value);
    }
    return false;
}

static bool add_field(audit_rule *r, uint32_t field, uint32_t op, str v)
{
    const struct field_row *row = row_of(field);
    if (r->n == AUDIT_RULE_FIELDS_MAX || !row)
        return false;
    bool equal = op == AUDIT_EQUAL, text = row->form == VALUE_TEXT;      /* texts have no order, keys no opposite */
    if (text && !equal && (op != AUDIT_NOT_EQUAL || field == AUDIT_FILTERKEY))
        return false;
    r->fields[r->n] = (audit_rule_field){ .field = field, .op = op };
    return read_value(row->form, v, &r->fields[r->n++]);
}

/* name, sign, value in one word; the first sign counts */
static bool read_field(audit_rule *r, str word)
{
    size_t at = 0;
    while (at < word.n && !memchr("!<>=&", word.p[at], 5))
        at++;
    str name = str_sub(word, 0, at), rest = str_sub(word, at, word.n);
    for (size_t i = 0; i < COUNT(ops); i++) {
        if (!str_starts(rest, str_of(ops[i].sign)))
            continue;
        str v = str_sub(rest, strlen(ops[i].sign), rest.n);
        for (size_t k = 0; k < COUNT(field_rows); k++)
            if (str_eq(name, str_of(field_rows[k].name)))
                return add_field(r, field_rows[k].field, ops[i].op, v);
        return false;
    }
    return false;
}

static bool read_calls(audit_rule *r, str names)
{
    uint32_t arch = arch_of(r);
    while (names.p) {
        str     name = str_cut(&names, ',');
        int64_t n = -1;
        if (str_eq(name, S("all"))) {
            memset(r->mask, 0xff, sizeof r->mask - sizeof r->mask[0]);
            continue;
        }
        for (size_t i = 0; i < n_audit_syscalls && n < 0; i++)
            if (str_eq(str_of(audit_syscalls[i].name), name))
                n = number_on(&audit_syscalls[i], arch);
        if (n < 0 && !parse_int(name, 0, AUDIT_RULE_WORDS * 32 - 1, &n))
            return false;
        set_mask(r, (size_t)n);
    }
    return true;
}

typedef struct {
    str  path, perm, keys;
    bool listed, calls;
} line_state;

static bool read_flag(arena *a, char flag, str v, audit_rule *r, line_state *l)
{
    switch (flag) {
    case 'a':
    case 'A': l->listed = true; return read_list(v, r);
    case 'F': return str_starts(v, S("key=")) ? read_flag(a, 'k', str_sub(v, 4, v.n), r, l) : read_field(r, v);
    case 'S': l->calls = true; return read_calls(r, v);
    case 'p': l->perm = v; return true;
    case 'k': l->keys = l->keys.n ? str_fmt(a, STR_FMT "\1" STR_FMT, STR_ARG(l->keys), STR_ARG(v)) : v; return v.n != 0;
    case 'w':
        while (v.n > 1 && v.p[v.n - 1] == '/')
            v.n--;
        l->path = v;
        return v.n != 0;
    default: return false;
    }
}

/* What a watch stands for. */
static bool finish_watch(audit_rule *r, const line_state *l)
{
    r->list = AUDIT_FILTER_EXIT;
    r->action = AUDIT_ALWAYS;
    return !l->listed && !l->calls && !r->n && add_field(r, AUDIT_WATCH, AUDIT_EQUAL, l->path) &&
           add_field(r, AUDIT_PERM, AUDIT_EQUAL, l->perm.n ? l->perm : S("rwxa"));
}

/* No editor writes them, and byte 1 has a meaning of its own in keys. */
static bool has_control(str line)
{
    for (size_t i = 0; i < line.n; i++)
        if ((unsigned char)line.p[i] < 0x20 && line.p[i] != '\t')
            return true;
    return false;
}

audit_rule_kind audit_rule_from_line(arena *a, str line, audit_rule *ret)
{
    line_state l = { 0 };
    bool       rule = false, good = !has_control(line);
    *ret = (audit_rule){ 0 };
    if (str_starts(str_trim(line), S("#")))
        return RULE_NONE;
    for (str word = str_word(&line); word.n; word = str_word(&line)) {
        bool flag = word.n == 2 && word.p[0] == '-';
        rule = rule || (flag && memchr("aAw", word.p[1], 3));
        if (!rule)
            return RULE_NONE;
        good = good && flag && read_flag(a, word.p[1], str_word(&line), ret, &l);
    }
    if (!rule)
        return RULE_NONE;
    if (l.path.n)
        good = good && finish_watch(ret, &l);
    if (good && !l.calls && ret->list == AUDIT_FILTER_EXIT)
        good = read_calls(ret, S("all"));
    if (l.keys.n)
        good = good && add_field(ret, AUDIT_FILTERKEY, AUDIT_EQUAL, l.keys);
    return good ? RULE_READ : RULE_NOT_UNDERSTOOD;
}
