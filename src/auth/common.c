/* Passwords that are guessed at once.  A password is cut, the cheapest way there is, into pieces
 * a guesser tries: words of content/passwords/common.txt and of the person's own, years, sequences, rows
 * of the keyboard, what stood just before; and what is left, character by character. What
 * all pieces cost together, in bits, is about what it withstands. */
#include "auth/parts.h"

/* In tenths of a bit. */
enum {
    ENOUGH = 350,
    COST_LETTER = 47, COST_DIGIT = 33, COST_OTHER = 50, COST_BLANK = 20,
    COST_AGAIN = 10,                      /* what stood just before, once more */
    COST_OWN = 20, COST_YEAR = 60, COST_ROW = 50, COST_SEQUENCE = 40, COST_WORD = 20, COST_DOUBLING = 10,
    COST_WAY = 10,                        /* stand-ins, or blanks between letters */
    WORD_MIN = 3, WORD_MAX = 32, ROW_MIN = 4,
};

typedef struct {
    str        text;                      /* in small letters, stand-ins replaced */
    const map *words;                     /* to their place in the list, from 1 */
    const map *own;
} guess;

static const char *const rows[] = {
    "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "yxcvbnm", "azertyuiop", "qsdfghjklm", "wxcvbn", "1234567890", "!@#$%^&*()",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "qazwsxedcrfvtgbyhnujmikolp", "1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5y6u7i8o9p0",
    "!qaz@wsx#edc$rfv%tgb", "zaq1xsw2cde3vfr4bgt5", "qweasdzxc",
};

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_letter(char c) { return c >= 'a' && c <= 'z'; }
static bool is_blank(char c) { return c == ' ' || c == '-' || c == '_' || c == '.'; }

/* ---- pieces: the cost of s[i..i+n), or 0 when it is none of the kind ----------------------------- */

static int cost_of_char(char c)
{
    return is_letter(c) ? COST_LETTER : is_digit(c) ? COST_DIGIT : is_blank(c) ? COST_BLANK : COST_OTHER;
}

static int bits_of(size_t rank)
{
    int bits = 0;
    while (rank >>= 1)
        bits++;
    return bits;
}

static int cost_of_word(const guess *g, str piece)
{
    if (piece.n < WORD_MIN || piece.n > WORD_MAX)
        return 0;
    if (map_get(g->own, piece))
        return COST_OWN;
    size_t rank = (size_t)(uintptr_t)map_get(g->words, piece);
    return rank ? COST_WORD + COST_DOUBLING * bits_of(rank) : 0;
}

static int cost_of_year(str piece)
{
    bool year = piece.n == 4 && (str_starts(piece, S("19")) || str_starts(piece, S("20"))) && is_digit(piece.p[2]) && is_digit(piece.p[3]);
    return year ? COST_YEAR : 0;
}

static bool stands_in(str piece, const char *row, bool backwards)
{
    size_t n = strlen(row);
    for (size_t at = 0; at + piece.n <= n; at++) {
        size_t i = 0;
        while (i < piece.n && piece.p[i] == (backwards ? row[n - 1 - at - i] : row[at + i]))
            i++;
        if (i == piece.n)
            return true;
    }
    return false;
}

static int cost_of_row(str piece)
{
    for (size_t i = 0; piece.n >= ROW_MIN && i < COUNT(rows); i++)
        if (stands_in(piece, rows[i], false) || stands_in(piece, rows[i], true))
            return COST_ROW;
    return 0;
}

/* abc, 4321: one step up or down each. */
static size_t sequence_at(str s, size_t i)
{
    if (i + 2 >= s.n || (!is_letter(s.p[i]) && !is_digit(s.p[i])))
        return 0;
    int    step = s.p[i + 1] - s.p[i];
    size_t n = 2;
    if (step != 1 && step != -1)
        return 0;
    while (i + n < s.n && s.p[i + n] - s.p[i + n - 1] == step)
        n++;
    return n >= WORD_MIN ? n : 0;
}

/* ---- the cheapest way ------------------------------------------------------------------------------- */

static void lower_to(int *cost, int to)
{
    if (to < *cost)
        *cost = to;
}

static void try_pieces(const guess *g, size_t i, int *cost)
{
    str    s = g->text;
    size_t sequence = sequence_at(s, i);
    lower_to(&cost[i + 1], cost[i] + cost_of_char(s.p[i]));
    if (sequence)
        lower_to(&cost[i + sequence], cost[i] + COST_SEQUENCE);
    for (size_t n = 1; n <= WORD_MAX && i + n <= s.n; n++) {
        str       piece = str_sub(s, i, i + n);
        const int kinds[] = { cost_of_word(g, piece), cost_of_year(piece), cost_of_row(piece) };
        for (size_t k = 0; k < COUNT(kinds); k++)
            if (kinds[k])
                lower_to(&cost[i + n], cost[i] + kinds[k]);
        if (n <= i && memcmp(s.p + i - n, s.p + i, n) == 0)
            lower_to(&cost[i + n], cost[i] + COST_AGAIN);
    }
}

static int cost_of(arena *a, const guess *g)
{
    int *cost = NEW_ARRAY(a, int, g->text.n + 1);
    for (size_t i = 1; i <= g->text.n; i++)
        cost[i] = INT32_MAX / 2;
    for (size_t i = 0; i < g->text.n; i++)
        if (cost[i] < ENOUGH)             /* what begins behind a costly place is reached more cheaply, or never */
            try_pieces(g, i, cost);
    return cost[g->text.n];
}

/* ---- words ------------------------------------------------------------------------------------------- */

/* p4$$w0rd is password. */
static str without_stand_ins(arena *a, str s)
{
    static const char from[] = "0134578@$!|", to[] = "oieastbasil";
    char             *out = str_z(a, s);
    for (size_t i = 0; i < s.n; i++) {
        const char *at = s.p[i] ? strchr(from, s.p[i]) : NULL;
        if (at)
            out[i] = to[at - from];
    }
    return (str){ out, s.n };
}

static map common_words(arena *a)
{
    const asset *list = asset_find(S("content/passwords/common.txt"));
    map          m = map_new(a);
    str          rest, line;
    size_t       rank = 0;
    assert(list);
    rest = list->bytes;
    while (str_line(&rest, &line)) {
        if (!line.n || str_starts(line, S("# ")))
            continue;
        void **slot = map_put(&m, line);
        if (!*slot)
            *slot = (void *)(uintptr_t)++rank;
    }
    return m;
}

static void put_own(arena *a, map *m, str word)
{
    if (word.n >= WORD_MIN && word.n <= WORD_MAX)
        *map_put(m, str_lower(a, str_dup(a, word))) = m;
}

/* "Ann Smith", "ann.smith@example.org": the whole, and each part. */
static map own_words(arena *a, const str *words, size_t n)
{
    map m = map_new(a);
    for (size_t i = 0; i < n; i++) {
        put_own(a, &m, words[i]);
        for (size_t from = 0, to = 0; to <= words[i].n; to++) {
            if (to < words[i].n && !strchr(" .@-_,+/", words[i].p[to] ? words[i].p[to] : 'x'))
                continue;
            put_own(a, &m, str_sub(words[i], from, to));
            from = to + 1;
        }
    }
    return m;
}

static size_t characters(str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
    return n;
}

/* p-a-s-s is pass. */
static str without_blanks(arena *a, str s)
{
    char  *out = str_z(a, s);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        if (!is_blank(s.p[i]))
            out[n++] = s.p[i];
    return (str){ out, n };
}

static int strength_of(arena *a, str small, const map *words, const map *own)
{
    const str ways[] = { small, without_stand_ins(a, small), without_blanks(a, small) };
    int       least = INT32_MAX;
    for (size_t i = 0; i < COUNT(ways); i++) {
        guess g = { ways[i], words, own };
        lower_to(&least, cost_of(a, &g) + (i ? COST_WAY : 0));
        if (i)
            wipe(ways[i]);
    }
    return least;
}

static err_t check_small(arena *a, str small, const str *words, size_t n_words, fault *f)
{
    map common = common_words(a), own = own_words(a, words, n_words), none = map_new(a);
    if (map_get(&common, small))
        return fail(f, ERR_INVALID, "this is one of the passwords everybody tries first");
    if (strength_of(a, small, &common, &own) >= ENOUGH)
        return ERR_OK;
    if (n_words && strength_of(a, small, &common, &none) >= ENOUGH)
        return fail(f, ERR_INVALID, "this is made of a name, an address or the organisation; take words that have nothing to do with you");
    return fail(f, ERR_INVALID, "this is guessed soon: it is made of common words, repetitions, rows of the keyboard or dates; take more words, "
                "or others");
}

err_t auth_password_check(str password, const str *words, size_t n_words, fault *f)
{
    auto_arena arena *a = arena_new(64 << 20);
    if (password.n > PASSWORD_MAX_BYTES)
        return fail(f, ERR_INVALID, "a password has at most %d bytes", PASSWORD_MAX_BYTES);
    if (!utf8_valid(password))
        return fail(f, ERR_INVALID, "a password is text in UTF-8");
    if (characters(password) < PASSWORD_MIN)
        return fail(f, ERR_INVALID, "a password has at least %d characters; a few words that do not belong together make a good one",
                    PASSWORD_MIN);
    str   small = str_lower(a, password);
    err_t e = check_small(a, small, words, n_words, f);
    wipe(small);
    return e;
}
