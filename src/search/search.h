/*
 * search/search.h - finding things by words: an index in memory over one kind
 * of thing, made in one go and never changed.
 *
 * A part holds everything of one kind. When something of the kind changes, the
 * part is made anew and put in the place of the old one, so there is nothing
 * to keep in step. Words are runs of letters and digits, folded (case, and the
 * accents of Latin letters); what is asked fits where each of its words begins
 * a word of the thing. Works the same over every engine of the store.
 * Depends on: base.  Threads: a sealed part may be read by any number at once.
 */
#ifndef SEARCH_SEARCH_H
#define SEARCH_SEARCH_H

#include "base/base.h"

typedef struct search_part search_part;

typedef struct {
    str id, title;            /* both are searched, and tell more than the text */
    str state;                /* shown beside it; not searched */
    str own;                  /* whose it is; empty: nobody's. For who asks to decide */
} search_doc;

/* bytes_max: what the part may take; 0: 64 MiB. */
search_part *search_begin(size_t bytes_max);
/* Copies what it keeps of d; of `text` only the words. False: there is no more room, and it is left out. */
bool search_add(search_part *p, const search_doc *d, str text);
/* Nothing is added any more, and now it can be searched. */
void search_seal(search_part *p);
void search_free(search_part *p);        /* accepts NULL */

size_t search_count(const search_part *p);
bool   search_full(const search_part *p);              /* something was left out */
size_t search_bytes(const search_part *p);

enum { SEARCH_WORDS_MAX = 8, SEARCH_WORD_BYTES = 32 };

typedef struct {
    str    text;              /* folded, as one: "risk-12" */
    str    words[SEARCH_WORDS_MAX];
    size_t n;                 /* 0: there was no word, and nothing is found */
} search_query;
search_query search_ask(arena *a, str text);

typedef struct {
    const search_doc *doc;    /* of the part */
    int               rank;   /* 3: its id is what was asked; 2: every word stands in id and title; 1: in the text */
} search_hit;

/* The best `max`, by rank, then by title; `may` (NULL: all) says whether a thing may be shown. Returns how many fit. */
size_t search_find(const search_part *p, arena *a, const search_query *q, bool (*may)(void *arg, const search_doc *d), void *arg,
                   size_t max, search_hit *ret_hits, size_t *ret_n);

/* Lower case without accents, as it is indexed. `out` holds at least s.n bytes; returns how many were written. */
size_t search_fold(str s, char *out);

#endif
