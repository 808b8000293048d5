/* One part: its words in order, each with the things it stands in. */
#include "search/parts.h"

#include <stdlib.h>
#include <string.h>

enum { BYTES_MAX = 64 << 20, TEXT_MAX = 256 << 10, A_BYTE_COSTS = 24 };

/* A place of a word: the thing, and in the lowest bit whether it stands in id or title. */
typedef uint32_t posting;

typedef struct {
    str      text;
    uint32_t first, n;        /* of postings, once sealed */
    uint32_t last;            /* the posting added last, so that a thing stands once */
} word;

typedef struct {
    uint32_t word;
    posting  at;
} pair;

struct search_part {
    arena  *a, *work;         /* work: until it is sealed */
    size_t  bytes_max;
    bool    full;
    DA(search_doc) docs;      /* in work until it is sealed, like words */
    DA(word)       words;
    DA(pair)       pairs;     /* in work, as all below but the postings */
    map       known;          /* text -> index in words */
    char     *folded;
    posting  *postings;
};

search_part *search_begin(size_t bytes_max)
{
    arena       *a = arena_new(SIZE_MAX / 2), *w = arena_new(SIZE_MAX / 2);
    search_part *p = NEW(a, search_part);
    *p = (search_part){ .a = a, .work = w, .bytes_max = bytes_max ? bytes_max : BYTES_MAX, .known = map_new(w) };
    p->folded = NEW_ARRAY(w, char, TEXT_MAX);
    return p;
}

void search_free(search_part *p)
{
    if (!p)
        return;
    arena_free(p->work);
    arena_free(p->a);
}

static uint32_t word_of(search_part *p, str text)
{
    uint32_t *at = map_get(&p->known, text);
    if (at)
        return *at;
    str kept = str_dup(p->a, text);
    at = NEW(p->work, uint32_t);
    *at = (uint32_t)p->words.n;
    *map_put(&p->known, kept) = at;
    da_push(p->work, &p->words) = (word){ .text = kept, .last = UINT32_MAX };
    return *at;
}

static void add_words(search_part *p, str text, uint32_t doc, bool heading)
{
    str rest = str_sub(text, 0, TEXT_MAX), one;
    rest = (str){ p->folded, search_fold(rest, p->folded) };
    while (next_word(&rest, &one)) {
        uint32_t w = word_of(p, one);
        posting  at = doc << 1 | heading;
        if (p->words.v[w].last != UINT32_MAX && p->words.v[w].last >> 1 == doc)
            continue;                    /* headings come first, so the better one stands */
        p->words.v[w].last = at;
        da_push(p->work, &p->pairs) = (pair){ w, at };
    }
}

bool search_add(search_part *p, const search_doc *d, str text)
{
    assert(p->work);
    size_t brings = d->id.n + d->title.n + d->state.n + d->own.n + str_sub(text, 0, TEXT_MAX).n;
    if (search_bytes(p) + brings * A_BYTE_COSTS > p->bytes_max || p->docs.n >= UINT32_MAX / 2 || p->pairs.n >= UINT32_MAX / 2) {
        p->full = true;
        return false;
    }
    uint32_t at = (uint32_t)p->docs.n;
    da_push(p->work, &p->docs) = (search_doc){ str_dup(p->a, d->id), str_dup(p->a, d->title), str_dup(p->a, d->state), str_dup(p->a, d->own) };
    add_words(p, d->id, at, true);
    add_words(p, d->title, at, true);
    add_words(p, text, at, false);
    return true;
}

static int by_text(const void *x, const void *y)
{
    const word *a = x, *b = y;
    return str_cmp(a->text, b->text);
}

/* What grew by doubling is kept without its air. */
static void keep_exact(search_part *p)
{
    search_doc *docs = NEW_ARRAY(p->a, search_doc, p->docs.n + 1);
    word       *words = NEW_ARRAY(p->a, word, p->words.n + 1);
    for (size_t i = 0; i < p->docs.n; i++)
        docs[i] = p->docs.v[i];
    for (size_t i = 0; i < p->words.n; i++)
        words[i] = p->words.v[i];
    p->docs.v = docs;
    p->words.v = words;
}

void search_seal(search_part *p)
{
    uint32_t *moved = NEW_ARRAY(p->work, uint32_t, p->words.n + 1), total = 0;
    for (size_t i = 0; i < p->words.n; i++)
        p->words.v[i].last = (uint32_t)i;
    if (p->words.n)
        qsort(p->words.v, p->words.n, sizeof *p->words.v, by_text);
    for (size_t i = 0; i < p->words.n; i++)
        moved[p->words.v[i].last] = (uint32_t)i;
    for (size_t i = 0; i < p->pairs.n; i++)
        p->words.v[moved[p->pairs.v[i].word]].n++;
    for (size_t i = 0; i < p->words.n; total += p->words.v[i].n, i++)
        p->words.v[i].first = p->words.v[i].last = total;
    p->postings = NEW_ARRAY(p->a, posting, p->pairs.n + 1);
    for (size_t i = 0; i < p->pairs.n; i++)
        p->postings[p->words.v[moved[p->pairs.v[i].word]].last++] = p->pairs.v[i].at;
    keep_exact(p);
    arena_free(p->work);
    p->work = NULL;
}

size_t search_count(const search_part *p) { return p->docs.n; }
bool   search_full(const search_part *p) { return p->full; }

size_t search_bytes(const search_part *p)
{
    size_t coming = p->docs.n * sizeof(search_doc) + p->words.n * sizeof(word) + p->pairs.n * sizeof(posting);
    return arena_used_bytes(p->a) + (p->work ? coming : 0);
}

/* ---- finding ------------------------------------------------------------------------------ */

/* The first word that is not before `prefix`. */
static size_t lower(const search_part *p, str prefix)
{
    size_t lo = 0, hi = p->words.n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (str_cmp(p->words.v[mid].text, prefix) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

enum { IN_TEXT = 1, IN_HEADING = 2 };

/* Leaves in `found` what every word so far stands in, worth the least of them. */
static void narrow(const search_part *p, str prefix, bool first, uint8_t *found, uint8_t *here)
{
    memset(here, 0, p->docs.n);
    for (size_t i = lower(p, prefix); i < p->words.n && str_starts(p->words.v[i].text, prefix); i++)
        for (uint32_t k = 0; k < p->words.v[i].n; k++) {
            posting at = p->postings[p->words.v[i].first + k];
            here[at >> 1] |= at & 1 ? IN_HEADING : IN_TEXT;
        }
    for (size_t i = 0; i < p->docs.n; i++) {
        uint8_t worth = here[i] & IN_HEADING ? IN_HEADING : here[i];
        found[i] = first || worth < found[i] ? worth : found[i];
    }
}

/* "RISK-12" asked as "risk-12" or "RISK-12". */
static bool is_id(str id, str folded)
{
    char here[256];
    if (id.n >= sizeof here)
        return false;
    size_t n = search_fold(id, here);
    return str_eq((str){ here, n }, folded);
}

static bool before(const search_hit *a, const search_hit *b)
{
    if (a->rank != b->rank)
        return a->rank > b->rank;
    int c = str_cmp(a->doc->title, b->doc->title);
    if (c)
        return c < 0;
    return a->doc->id.n != b->doc->id.n ? a->doc->id.n < b->doc->id.n : str_cmp(a->doc->id, b->doc->id) < 0;
}

/* Keeps the best `max` in order. */
static void keep(search_hit *hits, size_t max, size_t *n, search_hit h)
{
    size_t i = *n;
    if (i == max && (!max || !before(&h, &hits[max - 1])))
        return;
    if (i == max)
        i--;
    else
        (*n)++;
    for (; i > 0 && before(&h, &hits[i - 1]); i--)
        hits[i] = hits[i - 1];
    hits[i] = h;
}

size_t search_find(const search_part *p, arena *a, const search_query *q, bool (*may)(void *arg, const search_doc *d), void *arg,
                   size_t max, search_hit *ret_hits, size_t *ret_n)
{
    assert(!p->work);
    uint8_t *found = NEW_ARRAY(a, uint8_t, p->docs.n + 1), *here = NEW_ARRAY(a, uint8_t, p->docs.n + 1);
    size_t   all = 0;
    *ret_n = 0;
    for (size_t i = 0; i < q->n; i++)
        narrow(p, q->words[i], i == 0, found, here);
    for (size_t i = 0; q->n && i < p->docs.n; i++) {
        const search_doc *d = &p->docs.v[i];
        if (!found[i] || (may && !may(arg, d)))
            continue;
        all++;
        keep(ret_hits, max, ret_n, (search_hit){ d, is_id(d->id, q->text) ? 3 : found[i] });
    }
    return all;
}
