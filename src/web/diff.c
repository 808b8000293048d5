/* The longest common subsequence of lines, by the table of its lengths: texts are short, and the table is bounded. */
#include "web/diff.h"

#include <string.h>

enum { AROUND = 3 };

typedef struct {
    str   *v;
    size_t n;
} line_list;

static line_list lines_of(arena *a, str text)
{
    line_list l = { 0 };
    size_t    n = 1;
    for (size_t i = 0; i < text.n; i++)
        n += text.p[i] == '\n';
    l.v = NEW_ARRAY(a, str, n + 1);
    for (str rest = text; rest.n;)
        l.v[l.n++] = str_cut(&rest, '\n');
    return l;
}

static void put(text_diff *d, diff_kind k, str line)
{
    d->v[d->n++] = (diff_line){ .kind = k, .before = line };
    d->added += k == DIFF_ADDED;
    d->removed += k == DIFF_REMOVED;
}

static void all_other(text_diff *d, const str *x, size_t nx, const str *y, size_t ny)
{
    for (size_t i = 0; i < nx; i++)
        put(d, DIFF_REMOVED, x[i]);
    for (size_t i = 0; i < ny; i++)
        put(d, DIFF_ADDED, y[i]);
}

/* The parts between the common beginning and end. */
static void middle(arena *a, text_diff *d, const str *x, size_t nx, const str *y, size_t ny)
{
    if (!nx || !ny || nx > UINT16_MAX || ny > UINT16_MAX || (nx + 1) > DIFF_CELLS / (ny + 1)) {
        all_other(d, x, nx, y, ny);
        return;
    }
    size_t    w = ny + 1;
    uint16_t *t = NEW_ARRAY(a, uint16_t, (nx + 1) * w);
    for (size_t i = nx; i-- > 0;)
        for (size_t k = ny; k-- > 0;) {
            uint16_t down = t[(i + 1) * w + k], right = t[i * w + k + 1];
            t[i * w + k] = str_eq(x[i], y[k]) ? (uint16_t)(t[(i + 1) * w + k + 1] + 1) : down > right ? down : right;
        }
    size_t i = 0, k = 0;
    while (i < nx && k < ny) {
        if (str_eq(x[i], y[k])) {
            put(d, DIFF_SAME, x[i++]);
            k++;
        } else if (t[(i + 1) * w + k] >= t[i * w + k + 1])
            put(d, DIFF_REMOVED, x[i++]);
        else
            put(d, DIFF_ADDED, y[k++]);
    }
    all_other(d, x + i, nx - i, y + k, ny - k);
}

/* What two lines have in common at their ends stands outside of `changed`, in whole words. */
static void mark_words(diff_line *x, diff_line *y)
{
    str    p = x->before, s = y->before;
    size_t head = 0, tail = 0, most = p.n < s.n ? p.n : s.n;
    for (size_t i = 0; i < most && p.p[i] == s.p[i]; i++)
        head = p.p[i] == ' ' ? i + 1 : head;
    for (size_t i = 0; i + head < most && p.p[p.n - 1 - i] == s.p[s.n - 1 - i]; i++)
        tail = p.p[p.n - 1 - i] == ' ' ? i + 1 : tail;
    if (!head && !tail)
        return;
    diff_line *both[] = { x, y };
    for (size_t i = 0; i < 2; i++) {
        str whole = both[i]->before;
        both[i]->before = str_sub(whole, 0, head);
        both[i]->changed = str_sub(whole, head, whole.n - tail);
        both[i]->after = str_sub(whole, whole.n - tail, whole.n);
    }
}

/* Lines removed and as many added after them are the same lines, changed. */
static void pair_lines(text_diff *d)
{
    for (size_t i = 0, from, mid; i < d->n; i++) {
        for (from = i; i < d->n && d->v[i].kind == DIFF_REMOVED; i++)
            ;
        for (mid = i; i < d->n && d->v[i].kind == DIFF_ADDED; i++)
            ;
        for (size_t k = 0; mid - from == i - mid && k < mid - from; k++)
            mark_words(&d->v[from + k], &d->v[mid + k]);
    }
}

static bool near_change(const text_diff *d, size_t at)
{
    size_t from = at > AROUND ? at - AROUND : 0, to = at + AROUND < d->n ? at + AROUND : d->n - 1;
    for (size_t i = from; i <= to; i++)
        if (d->v[i].kind != DIFF_SAME)
            return true;
    return false;
}

static void skip_same(arena *a, text_diff *d)
{
    diff_line *v = NEW_ARRAY(a, diff_line, d->n + 1);
    size_t     n = 0;
    for (size_t i = 0; i < d->n; i++) {
        if (near_change(d, i))
            v[n++] = d->v[i];
        else if (n && v[n - 1].kind == DIFF_SKIPPED)
            v[n - 1].n++;
        else {
            v[n] = (diff_line){ .kind = DIFF_SKIPPED, .n = 1 };
            n++;
        }
    }
    d->v = v;
    d->n = n;
}

text_diff diff_of(arena *a, str before, str after)
{
    line_list x = lines_of(a, before), y = lines_of(a, after);
    text_diff d = { .v = NEW_ARRAY(a, diff_line, x.n + y.n + 1) };
    size_t    head = 0, tail = 0;
    while (head < x.n && head < y.n && str_eq(x.v[head], y.v[head]))
        put(&d, DIFF_SAME, x.v[head++]);
    while (tail + head < x.n && tail + head < y.n && str_eq(x.v[x.n - 1 - tail], y.v[y.n - 1 - tail]))
        tail++;
    middle(a, &d, x.v + head, x.n - head - tail, y.v + head, y.n - head - tail);
    for (size_t i = x.n - tail; i < x.n; i++)
        put(&d, DIFF_SAME, x.v[i]);
    pair_lines(&d);
    skip_same(a, &d);
    return d;
}
