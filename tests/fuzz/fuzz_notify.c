/* Messages of any text keep to their lines; what settings accept can be connected to. */
#include "notify/parts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void check_mail(str m)
{
    for (size_t i = 0; i < m.n; i++)
        if ((m.p[i] == '\n' && (i == 0 || m.p[i - 1] != '\r')) || (m.p[i] == '\r' && (i + 1 == m.n || m.p[i + 1] != '\n')) ||
            (unsigned char)m.p[i] > 0x7e)
            abort();
    int headers = 0;
    for (str line; str_line(&m, &line) && line.n;)
        headers += line.p[0] != ' ';
    if (headers != 9)
        abort();
    for (str line; m.p && str_line(&m, &line);)
        if (line.n > 76)
            abort();
}

static void check_settings(arena *a, str key, str setting)
{
    notify_settings s = { 0 };
    fault           f = { 0 };
    bool            known = false;
    url_parts       u;
    if (notify_setting(a, &s, key, setting, &f, &known) != ERR_OK || !known)
        return;
    if (s.smtp && (!url_cut(str_of(s.smtp), &u) || u.scheme.n > 5))
        abort();
    if (s.mail_from && !mail_address_sound(str_of(s.mail_from)))
        abort();
    if (s.n_webhooks && (!url_cut(str_of(s.webhooks[0].url), &u) || (!u.loopback && !str_eq(u.scheme, S("https")))))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    auto_arena arena *a = arena_new(256 << 20);
    str               rest = { (const char *)data, n }, first = rest.n ? str_cut(&rest, '\n') : rest, text = rest.p ? rest : S("");
    webhook_keys      keys;
    fault             f = { 0 };
    buf               subject = buf_new(a, 1 << 20);
    if (n > 64 << 10)
        return 0;
    str clean = utf8_clean(a, first);
    for (size_t i = 0; i < clean.n; i++)             /* as notify_queue leaves it */
        buf_putc(&subject, (unsigned char)clean.p[i] < 0x20 || clean.p[i] == 0x7f ? ' ' : clean.p[i]);
    outbox_row row = { .id = S("01M8"), .recipient = S("ann@example.com"), .event = S("a.b"), .subject = buf_str(&subject),
                       .body = utf8_clean(a, text), .queued_at = DAYS(20000) };
    if (mail_address_sound(first)) {
        row.recipient = first;
        if (memchr(first.p, '\r', first.n) || memchr(first.p, ' ', first.n) || memchr(first.p, ',', first.n))
            abort();
    }
    check_mail(mail_compose(a, "attest@example.org", &row));
    (void)webhook_body(a, &row);
    str setting = first, key = first.n ? str_cut(&setting, ':') : first;
    check_settings(a, str_trim(key), setting.p ? str_trim(setting) : S(""));
    if (webhook_keys_parse(a, text, "keys", &f, &keys) == ERR_OK && (keys.n < 1 || keys.n > 2 || keys.keys[0].n < 24))
        abort();
    return 0;
}
