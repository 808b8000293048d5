/* Files that leave: under a name that is safe everywhere, and shown by no browser in our place. */
#include "web/record.h"

void download_head(ask *q, str name, str media)
{
    q->rs->media = media;
    http_attachment(q->rs, name);
    http_add(q->rs, "Content-Security-Policy", S("sandbox"));
}
