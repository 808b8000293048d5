/* Words as they are compared. */
#include "search/parts.h"

/* U+00C0 .. U+017F: the Latin letter beneath; '?' where there is none. */
static const char latin[] =
    "aaaaaaaceeeeiiiidnooooo?ouuuuytsaaaaaaaceeeeiiiidnooooo?ouuuuyty"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
    "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
_Static_assert(sizeof latin == 0x180 - 0xC0 + 1, "one letter a code point");

/* Two bytes of UTF-8, folded: Greek and Cyrillic capitals become small. */
static size_t fold_two(unsigned char c, unsigned char d, char *out)
{
    unsigned u = ((unsigned)(c & 0x1F) << 6) | (d & 0x3F);
    if (u >= 0xC0 && u < 0x180 && latin[u - 0xC0] != '?') {
        out[0] = latin[u - 0xC0];
        return 1;
    }
    if ((u >= 0x391 && u <= 0x3A9) || (u >= 0x410 && u <= 0x42F))
        u += 32;
    else if (u >= 0x400 && u <= 0x40F)
        u += 80;
    out[0] = (char)(0xC0 | (u >> 6));
    out[1] = (char)(0x80 | (u & 0x3F));
    return 2;
}

size_t search_fold(str s, char *out)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i], d = i + 1 < s.n ? (unsigned char)s.p[i + 1] : 0;
        if (c >= 0xC2 && c <= 0xDF && (d & 0xC0) == 0x80) {
            n += fold_two(c, d, out + n);
            i++;
        } else {
            out[n++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : (char)c;
        }
    }
    return n;
}

static bool in_word(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80; }

bool next_word(str *rest, str *ret)
{
    size_t i = 0;
    while (i < rest->n && !in_word(rest->p[i]))
        i++;
    size_t from = i;
    while (i < rest->n && in_word(rest->p[i]))
        i++;
    *ret = str_sub(*rest, from, i - from > SEARCH_WORD_BYTES ? from + SEARCH_WORD_BYTES : i);
    *rest = str_sub(*rest, i, rest->n);
    return ret->n > 0;
}

search_query search_ask(arena *a, str text)
{
    str          cut = utf8_cut(text, 400);
    char        *p = NEW_ARRAY(a, char, cut.n + 1);
    search_query q = { .text = str_trim((str){ p, search_fold(cut, p) }) };
    str          rest = q.text, word;
    while (q.n < SEARCH_WORDS_MAX && next_word(&rest, &word))
        q.words[q.n++] = word;
    return q;
}
