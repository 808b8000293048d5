/* QR codes as SVG, through libqrencode, loaded when the first is asked for. */
#include "auth/auth.h"

#include <qrencode.h>

enum { VERSION_MAX = 15, QUIET = 4, DARK = 1 };

typedef struct {
    __typeof__(QRcode_encodeData) *QRcode_encodeData;
    __typeof__(QRcode_free)       *QRcode_free;
} qr_lib;

static err_t qr_load(fault *f, qr_lib *ret)
{
    static const library_symbol rows[] = { { "QRcode_encodeData", offsetof(qr_lib, QRcode_encodeData) },
                                           { "QRcode_free", offsetof(qr_lib, QRcode_free) } };
    const char *lacks = library_bind("libqrencode.so.4", rows, COUNT(rows), ret);
    if (lacks)
        return fail(f, ERR_UNSUPPORTED, "QR codes need the library libqrencode4, and %s is not here (apt install libqrencode4)", lacks);
    return ERR_OK;
}

/* Dark modules as runs along each line. */
static void put_path(buf *b, const QRcode *qr)
{
    for (int y = 0; y < qr->width; y++) {
        const unsigned char *line = qr->data + (size_t)y * (size_t)qr->width;
        for (int x = 0, n; x < qr->width; x += n) {
            n = 1;
            while (x + n < qr->width && (line[x + n] & DARK) == (line[x] & DARK))
                n++;
            if (line[x] & DARK)
                buf_fmt(b, "M%d %dh%dv1h-%dz", x + QUIET, y + QUIET, n, n);
        }
    }
}

/* Dark on light in both schemes of colour: a camera wants it so. */
static str svg_of(arena *a, const QRcode *qr)
{
    buf b = buf_new(a, 1 << 20);
    int side = qr->width + 2 * QUIET;
    buf_fmt(&b, "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"qr\" role=\"img\" viewBox=\"0 0 %d %d\">"
                "<title>QR code. The same stands below it as text.</title>"
                "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/><path fill=\"#000\" d=\"", side, side, side, side);
    put_path(&b, qr);
    buf_putz(&b, "\"/></svg>");
    return buf_str(&b);
}

err_t auth_qr_svg(arena *a, str text, fault *f, str *ret_svg)
{
    static const char too_long[] = "the text is too long for a QR code";
    qr_lib            lib;
    if (!text.n)
        return fail(f, ERR_INVALID, "there is no text for a QR code");
    if (text.n > 1000)
        return fail(f, ERR_TOO_LARGE, too_long);
    TRY(qr_load(f, &lib));
    QRcode *qr = lib.QRcode_encodeData((int)text.n, (const unsigned char *)text.p, 0, QR_ECLEVEL_M);
    if (!qr || qr->version > VERSION_MAX) {
        lib.QRcode_free(qr);
        return fail(f, ERR_TOO_LARGE, too_long);
    }
    str svg = svg_of(a, qr);
    lib.QRcode_free(qr);
    *ret_svg = svg;
    return ERR_OK;
}
