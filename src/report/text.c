/* Text in columns for terminals. */
#include "report/text.h"

static const struct { const char *utf8, *ascii, *word, *colour; } rows[STATE_COUNT_] = {
    [STATE_ERROR]          = { "↯", "E", "error",          "\033[35m" },
    [STATE_NO_DATA]        = { "▒", "?", "no data",        "\033[90m" },
    [STATE_FAIL]           = { "✗", "x", "fail",           "\033[31m" },
    [STATE_GAP]            = { "○", "o", "gap",            "\033[33m" },
    [STATE_NEEDS_REVIEW]   = { "◉", "r", "needs review",   "\033[34m" },
    [STATE_ATTESTED]       = { "✎", "a", "attested",       "\033[36m" },
    [STATE_PASS]           = { "✓", "+", "pass",           "\033[32m" },
    [STATE_NOT_APPLICABLE] = { "–", "-", "not applicable", "\033[90m" },
};

const char *state_symbol(test_state s, bool utf8)
{
    assert(s < STATE_COUNT_);
    return utf8 ? rows[s].utf8 : rows[s].ascii;
}

const char *state_word(test_state s)
{
    assert(s < STATE_COUNT_);
    return rows[s].word;
}

void put_style(buf *out, const report_style *st, const char *code)
{
    if (st->colour)
        buf_putz(out, code);
}

void put_state(buf *out, const report_style *st, test_state s, bool word)
{
    put_style(out, st, rows[s].colour);
    buf_putz(out, state_symbol(s, st->utf8));
    if (word)
        buf_fmt(out, " %s", rows[s].word);
    put_style(out, st, RESET);
}

/* Bytes of the first `n` characters of s. */
static size_t prefix_bytes(str s, size_t n)
{
    size_t i = 0;
    while (i < s.n && n > 0) {
        i++;
        while (i < s.n && ((unsigned char)s.p[i] & 0xC0) == 0x80)
            i++;
        n--;
    }
    return i;
}

size_t text_columns(str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
    return n;
}

void put_plain(buf *out, str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c < 0x20 || c == 0x7F)
            buf_fmt(out, "\\x%02x", c);
        else if (c == 0xC2 && i + 1 < s.n && (unsigned char)s.p[i + 1] < 0xA0)
            buf_fmt(out, "\\x%02x", (unsigned char)s.p[++i]);   /* C1 controls */
        else
            buf_putc(out, (char)c);
    }
}

void put_cell(buf *out, str s, int width)
{
    size_t want = width < 0 ? 0 : (size_t)width, have = text_columns(s);
    if (have > want && want > 2) {
        put_plain(out, str_sub(s, 0, prefix_bytes(s, want - 2)));
        buf_putz(out, "..");
        return;
    }
    put_plain(out, s);
    for (; have < want; have++)
        buf_putc(out, ' ');
}

static void break_line(buf *out, int indent)
{
    buf_putc(out, '\n');
    for (int i = 0; i < indent; i++)
        buf_putc(out, ' ');
}

void put_wrapped(buf *out, str s, int indent, int width)
{
    size_t room = width > indent + 10 ? (size_t)(width - indent) : 10, used = 0;
    str    word;
    while ((word = str_word(&s)).n) {
        size_t n = text_columns(word);
        if (used && used + 1 + n > room) {
            break_line(out, indent);
            used = 0;
        }
        if (used) {
            buf_putc(out, ' ');
            used++;
        }
        for (; n > room; n -= room) {        /* a word longer than the line is cut */
            size_t cut = prefix_bytes(word, room);
            put_plain(out, str_sub(word, 0, cut));
            word = str_sub(word, cut, word.n);
            break_line(out, indent);
        }
        put_plain(out, word);
        used += n;
    }
    buf_putc(out, '\n');
}
