/* Messages as they go over the wire. */
#include "notify/parts.h"

enum { MESSAGE_MAX = 4 << 20, LINE_MAX_QP = 75, WORD_BYTES = 39 };

/* ---- mail ------------------------------------------------------------------------------ */

static bool plain_header(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < 0x20 || (unsigned char)s.p[i] > 0x7e)
            return false;
    return s.n <= 66 && !str_contains(s, S("=?"));
}

/* As it is when short and ASCII; else encoded words (RFC 2047), each of whole characters. */
static void put_subject(arena *a, buf *b, str subject)
{
    bool first = true;
    if (plain_header(subject)) {
        buf_puts(b, subject);
        return;
    }
    while (subject.n) {
        str part = utf8_cut(subject, WORD_BYTES);
        if (!part.n)
            part = str_sub(subject, 0, 1);
        buf_putz(b, first ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?");
        buf_puts(b, base64_of(a, part.p, part.n));
        buf_putz(b, "?=");
        subject = str_sub(subject, part.n, subject.n);
        first = false;
    }
}

static void put_date(buf *b, time_us t)
{
    static const char *const weekdays[] = { "Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed" };    /* from 1970-01-01 */
    static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    int64_t days = t / DAYS(1), y;
    int     m, d, s = (int)(t % DAYS(1) / SECONDS(1));
    civil_from_days(days, &y, &m, &d);
    buf_fmt(b, "%s, %02d %s %04lld %02d:%02d:%02d +0000", weekdays[days % 7], d, months[m - 1], (long long)y, s / 3600,
            s / 60 % 60, s % 60);
}

/* Quoted-printable (RFC 2045): CRLF at line ends, no line longer than 76. */
static void put_quoted(buf *b, str body)
{
    for (str line; str_line(&body, &line);) {
        size_t column = 0;
        for (size_t i = 0; i < line.n; i++) {
            unsigned char c = (unsigned char)line.p[i];
            bool blank_end = (c == ' ' || c == '\t') && i + 1 == line.n;
            bool plain = ((c >= 0x20 && c <= 0x7e) || c == '\t') && c != '=' && !blank_end;
            size_t width = plain ? 1 : 3;
            if (column + width > LINE_MAX_QP) {
                buf_putz(b, "=\r\n");
                column = 0;
            }
            if (plain)
                buf_putc(b, (char)c);
            else
                buf_fmt(b, "=%02X", c);
            column += width;
        }
        buf_putz(b, "\r\n");
    }
}

str mail_compose(arena *a, const char *from, const outbox_row *row)
{
    buf         b = buf_new(a, MESSAGE_MAX);
    const char *domain = strrchr(from, '@');
    assert(domain && mail_address_sound(row->recipient));
    buf_fmt(&b, "From: %s\r\nTo: " STR_FMT "\r\nSubject: ", from, STR_ARG(row->recipient));
    put_subject(a, &b, row->subject);
    buf_putz(&b, "\r\nDate: ");
    put_date(&b, row->queued_at);
    buf_fmt(&b, "\r\nMessage-ID: <" STR_FMT "%s>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
            "Content-Transfer-Encoding: quoted-printable\r\nAuto-Submitted: auto-generated\r\n\r\n", STR_ARG(row->id), domain);
    put_quoted(&b, row->body);
    return buf_str(&b);
}

/* ---- webhooks ----------------------------------------------------------------------------- */

str webhook_body(arena *a, const outbox_row *row)
{
    buf         b = buf_new(a, MESSAGE_MAX);
    json_writer w = { .b = &b };
    jw_obj(&w);
    jw_kstr(&w, "type", row->event);
    jw_kstr(&w, "timestamp", time_rfc3339(a, row->queued_at));
    jw_key(&w, "data");
    jw_obj(&w);
    if (row->about.n)
        jw_kstr(&w, "about", row->about);
    jw_kstr(&w, "subject", row->subject);
    jw_kstr(&w, "text", row->body);
    jw_end_obj(&w);
    jw_end_obj(&w);
    return buf_str(&b);
}

str webhook_signature(arena *a, const webhook_keys *keys, str id, int64_t seconds, str body)
{
    auto_hasher hasher *h = hasher_new();
    buf                 out = buf_new(a, 1024);
    str signed_text = str_fmt(a, STR_FMT ".%lld." STR_FMT, STR_ARG(id), (long long)seconds, STR_ARG(body));
    for (int i = 0; i < keys->n; i++) {
        hash32 mac = hmac_sha256(h, keys->keys[i].p, keys->keys[i].n, signed_text.p, signed_text.n);
        buf_fmt(&out, "%sv1," STR_FMT, i ? " " : "", STR_ARG(base64_of(a, mac.b, sizeof mac.b)));
    }
    return buf_str(&out);
}
