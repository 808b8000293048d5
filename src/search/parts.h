/* search/parts.h - private to the room. */
#ifndef SEARCH_PARTS_H
#define SEARCH_PARTS_H

#include "search/search.h"

/* The next word of folded text, cut to SEARCH_WORD_BYTES; false at the end. */
bool next_word(str *rest, str *ret);

#endif
