#include "collect/git/message.h"

/* ---- people --------------------------------------------------------------- */

person person_of(arena *a, str name, str address)
{
    str   n = str_lower(a, utf8_clean(a, str_trim(name)));
    str   from = str_trim(address).n ? str_trim(address) : n;
    char *p = str_z(a, str_lower(a, utf8_clean(a, str_sub(from, 0, 512))));
    for (char *c = p; *c; c++)
        if ((unsigned char)*c <= ' ')
            *c = '_';
    return (person){ .address = str_of(p[0] ? p : "unknown"), .name = str_sub(n, 0, 512) };
}

bool person_parse(arena *a, str text, person *ret)
{
    const char *lt = text.n ? memchr(text.p, '<', text.n) : NULL;
    const char *gt = lt ? memchr(lt, '>', text.n - (size_t)(lt - text.p)) : NULL;
    if (gt) {
        *ret = person_of(a, (str){ text.p, (size_t)(lt - text.p) }, (str){ lt + 1, (size_t)(gt - lt - 1) });
        return gt > lt + 1;
    }
    str bare = str_trim(text);
    *ret = person_of(a, (str){ 0 }, bare);
    return bare.n && memchr(bare.p, '@', bare.n) && !memchr(bare.p, ' ', bare.n);
}

bool address_is_service(str address)
{
    static const char *const locals[] = { "noreply@", "no-reply@", "donotreply@", "bot@", "actions@", "github-actions@" };
    for (size_t i = 0; i < COUNT(locals); i++)
        if (str_starts(address, str_of(locals[i])))
            return true;
    return str_contains(address, S("[bot]")) || str_contains(address, S("noreply.gitlab"));
}

static bool is_hidden(str address)
{
    return str_contains(address, S("@users.noreply."));
}

bool person_is_other(const person *p, const people *authors)
{
    if (authors->n == 0 || address_is_service(p->address))
        return false;
    for (size_t i = 0; i < authors->n; i++) {
        const person *q = &authors->v[i];
        if (str_eq(p->address, q->address) || (p->name.n && str_eq(p->name, q->name)))
            return false;
        /* Whoever clicks in a browser appears under a hidden address, and under
         * an open one in what they wrote at home. */
        if (is_hidden(p->address) != is_hidden(q->address) && !address_is_service(q->address))
            return false;
    }
    return true;
}

/* ---- messages --------------------------------------------------------------- */

str message_subject(str message)
{
    str line;
    while (str_line(&message, &line))
        if (str_trim(line).n)
            return str_trim(line);
    return S("");
}

static bool starts_nocase(str s, str prefix)
{
    return s.n >= prefix.n && strncasecmp(s.p, prefix.p, prefix.n) == 0;
}

/* The value of "Key: value" when the line has that key. */
static bool trailer(str line, str key, str *ret_value)
{
    if (!starts_nocase(line, key) || line.n <= key.n || line.p[key.n] != ':')
        return false;
    *ret_value = str_trim(str_sub(line, key.n + 1, line.n));
    return ret_value->n > 0;
}

/* The last paragraph, as git's own trailers. */
static str last_paragraph(str message)
{
    str rest = message, line, from = message;
    bool blank = true;
    while (rest.p) {
        const char *at = rest.p;
        if (!str_line(&rest, &line))
            break;
        bool now = str_trim(line).n == 0;
        if (blank && !now)
            from = (str){ at, message.n - (size_t)(at - message.p) };
        blank = now;
    }
    return from;
}

static void add_people(arena *a, str text, const str *keys, size_t n_keys, people *add_to)
{
    str    line, value;
    person p;
    while (str_line(&text, &line))
        for (size_t i = 0; i < n_keys; i++)
            if (trailer(line, keys[i], &value) && person_parse(a, value, &p))
                da_push(a, add_to) = p;
}

void message_coauthors(arena *a, str message, people *add_to)
{
    static const str keys[] = { { "Co-authored-by", 14 }, { "Co-developed-by", 15 } };
    add_people(a, message, keys, COUNT(keys), add_to);
}

void message_reviewers(arena *a, str message, people *add_to)
{
    static const str keys[] = { { "Reviewed-by", 11 }, { "Approved-by", 11 }, { "Acked-by", 8 } };
    add_people(a, last_paragraph(message), keys, COUNT(keys), add_to);
}

/* "#12" when `s` starts with the mark and digits. */
static str number_at(str s, char mark)
{
    size_t n = 1;
    if (s.n < 2 || s.p[0] != mark)
        return (str){ 0 };
    while (n < s.n && n < 12 && s.p[n] >= '0' && s.p[n] <= '9')
        n++;
    return n > 1 ? str_sub(s, 0, n) : (str){ 0 };
}

static str after(str s, const char *part)
{
    const char *at = s.n ? memmem(s.p, s.n, part, strlen(part)) : NULL;
    size_t      from = at ? (size_t)(at - s.p) + strlen(part) : s.n;
    return str_sub(s, from, s.n);
}

static str reference_of_subject(arena *a, str subject)
{
    str n = number_at(after(subject, "Merge pull request "), '#');
    if (!n.n)
        n = number_at(after(subject, "(pull request "), '#');
    if (n.n)
        return n;
    str azure = number_at(after(subject, "Merged PR"), ' ');
    if (azure.n)
        return str_fmt(a, "#" STR_FMT, STR_ARG(str_sub(azure, 1, azure.n)));
    if (!str_ends(subject, S(")")))
        return (str){ 0 };
    size_t open = subject.n;
    while (open > 0 && subject.p[open - 1] != '(')
        open--;
    str inside = str_sub(subject, open, subject.n - 1);
    str found = number_at(inside, '#').n ? number_at(inside, '#') : number_at(inside, '!');
    return found.n == inside.n ? found : (str){ 0 };
}

str message_reference(arena *a, str message)
{
    static const str keys[] = { { "PR-URL", 6 }, { "Pull-Request", 12 }, { "Merge-Request", 13 }, { "Reviewed-on", 11 },
                                { "Differential Revision", 21 }, { "Change-Id", 9 } };
    str found = reference_of_subject(a, message_subject(message)), line, value;
    while (!found.n && str_line(&message, &line)) {
        if (str_starts(line, S("See merge request ")))
            for (size_t i = 0; i < line.n && !found.n; i++)
                found = number_at(str_sub(line, i, line.n), '!');
        for (size_t i = 0; i < COUNT(keys) && !found.n; i++)
            if (trailer(line, keys[i], &value))
                found = str_sub(value, 0, 200);
    }
    return found;
}

bool message_is_pull(str subject, str branch)
{
    str rest = after(subject, "Merge branch '");
    if (str_starts(subject, S("Merge branch '")) && str_starts(rest, branch))
        return str_starts(str_sub(rest, branch.n, rest.n), S("' of "));
    rest = after(subject, "Merge remote-tracking branch '");
    const char *slash = rest.n ? memchr(rest.p, '/', rest.n) : NULL;
    if (!str_starts(subject, S("Merge remote-tracking branch '")) || !slash)
        return false;
    rest = str_sub(rest, (size_t)(slash - rest.p) + 1, rest.n);
    return str_starts(rest, branch) && str_starts(str_sub(rest, branch.n, rest.n), S("'"));
}
