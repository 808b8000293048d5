/* Files that leave: under a name that is safe everywhere, and shown by no browser in our place. */
#include "web/record.h"

static bool token_char(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || strchr("._-", (char)c);
}

/* RFC 6266: a plain name for old clients, the whole one as RFC 8187 writes it. */
static str disposition(arena *a, str name)
{
    buf b = buf_new(a, 8 << 10);
    str cut = utf8_cut(name, 200);
    buf_putz(&b, "attachment; filename=\"");
    for (size_t i = 0; i < cut.n; i++)
        buf_putc(&b, token_char((unsigned char)cut.p[i]) || (cut.p[i] == ' ' && i) ? cut.p[i] : '_');
    buf_putz(&b, cut.n ? "\"; filename*=UTF-8''" : "file\"; filename*=UTF-8''file");
    for (size_t i = 0; i < cut.n; i++) {
        unsigned char c = (unsigned char)cut.p[i];
        if (token_char(c))
            buf_putc(&b, (char)c);
        else
            buf_fmt(&b, "%%%02X", c < 0x20 || c == '/' || c == '\\' || c == 0x7f ? (unsigned)'_' : (unsigned)c);
    }
    return buf_str(&b);
}

void download_head(ask *q, str name, str media)
{
    q->rs->media = media;
    http_add(q->rs, "Content-Disposition", disposition(q->a, name));
    http_add(q->rs, "Content-Security-Policy", S("sandbox"));
}
