/* What a file is by its bytes, and whether its name tells the same. */
#include "blob/blob.h"

#include <string.h>

/* What bytes can show. */
#define KIND_TABLE(X)                                                                     \
    X(PDF,   "application/pdf",              "a PDF document")                             \
    X(PNG,   "image/png",                    "a PNG image")                                \
    X(JPEG,  "image/jpeg",                   "a JPEG image")                               \
    X(GIF,   "image/gif",                    "a GIF image")                                \
    X(WEBP,  "image/webp",                   "a WebP image")                               \
    X(TIFF,  "image/tiff",                   "a TIFF image")                               \
    X(ZIP,   "application/zip",              "a ZIP archive")                              \
    X(DOCX,  "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "a Word document") \
    X(XLSX,  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "an Excel workbook") \
    X(PPTX,  "application/vnd.openxmlformats-officedocument.presentationml.presentation", "a PowerPoint presentation") \
    X(ODT,   "application/vnd.oasis.opendocument.text", "an OpenDocument text")           \
    X(ODS,   "application/vnd.oasis.opendocument.spreadsheet", "an OpenDocument sheet")   \
    X(ODP,   "application/vnd.oasis.opendocument.presentation", "an OpenDocument presentation") \
    X(OLE,   "application/x-ole-storage",    "an old Office document or Outlook message") \
    X(GZIP,  "application/gzip",             "a gzip file")                                \
    X(XZ,    "application/x-xz",             "an xz file")                                 \
    X(ZSTD,  "application/zstd",             "a zstd file")                                \
    X(SEVENZ, "application/x-7z-compressed", "a 7z archive")                               \
    X(TAR,   "application/x-tar",            "a tar archive")                              \
    X(SQLITE, "application/vnd.sqlite3",     "a SQLite database")                          \
    X(MP4,   "video/mp4",                    "an MP4 recording")                           \
    X(TEXT,  "text/plain",                   "plain text")                                 \
    X(HTML,  "text/html",                    "an HTML page")                               \
    X(XML,   "application/xml",              "XML")                                        \
    X(CSV,   "text/csv",                     "a CSV table")                                \
    X(JSON,  "application/json",             "JSON")                                       \
    X(EML,   "message/rfc822",               "a mail message")                             \
    X(MARKDOWN, "text/markdown",             "Markdown")                                   \
    X(PEM,   "application/x-pem-file",       "a PEM file")                                 \
    X(SVG,   "image/svg+xml",                "an SVG image")                               \
    X(BINARY, "application/octet-stream",    "binary data of no kind known here")
typedef enum {
#define X(name, media, what) KIND_##name,
    KIND_TABLE(X)
#undef X
    KIND_COUNT
} file_kind;

static const struct { const char *media, *what; } kinds[KIND_COUNT] = {
#define X(name, m, w) [KIND_##name] = { m, w },
    KIND_TABLE(X)
#undef X
};

static const struct { file_kind kind; size_t at; str magic; } magics[] = {
#define MAGIC(k, at, m) { KIND_##k, at, { m, sizeof(m) - 1 } }
    MAGIC(PDF, 0, "%PDF-"), MAGIC(PNG, 0, "\x89PNG\r\n\x1a\n"), MAGIC(JPEG, 0, "\xFF\xD8\xFF"), MAGIC(GIF, 0, "GIF87a"),
    MAGIC(GIF, 0, "GIF89a"), MAGIC(WEBP, 8, "WEBPVP8"), MAGIC(TIFF, 0, "II*\0"), MAGIC(TIFF, 0, "MM\0*"), MAGIC(ZIP, 0, "PK\3\4"),
    MAGIC(ZIP, 0, "PK\5\6"), MAGIC(OLE, 0, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), MAGIC(GZIP, 0, "\x1F\x8B\x08"), MAGIC(XZ, 0, "\xFD" "7zXZ\0"),
    MAGIC(ZSTD, 0, "\x28\xB5\x2F\xFD"), MAGIC(SEVENZ, 0, "7z\xBC\xAF\x27\x1C"), MAGIC(TAR, 257, "ustar"),
    MAGIC(SQLITE, 0, "SQLite format 3\0"), MAGIC(MP4, 4, "ftyp"),
};

/* Programs of any system; bytes below that are text as well count only when it is none. */
static const struct { str magic; const char *what; bool also_text; } programs[] = {
#define PROGRAM(m, w, t) { { m, sizeof(m) - 1 }, w, t }
    PROGRAM("\x7F" "ELF", "a Linux program", true), PROGRAM("#!", "a script that is run by its first line", true),
    PROGRAM("MZ", "a Windows program", false), PROGRAM("\xFE\xED\xFA\xCE", "a macOS program", true),
    PROGRAM("\xFE\xED\xFA\xCF", "a macOS program", true), PROGRAM("\xCE\xFA\xED\xFE", "a macOS program", true),
    PROGRAM("\xCF\xFA\xED\xFE", "a macOS program", true), PROGRAM("\xCA\xFE\xBA\xBE", "a Java or macOS program", true),
    PROGRAM("\0asm", "a WebAssembly program", true), PROGRAM("dex\n", "an Android program", false),
    PROGRAM("!<arch>\ndebian", "a Debian package", true), PROGRAM("\xED\xAB\xEE\xDB", "an RPM package", true),
};

/* Names that some system runs when they are opened. */
static const char runs_by_name[] = "exe dll com scr pif msi msp bat cmd ps1 psm1 vbs vbe js jse wsf wsh hta lnk jar apk app cpl reg scf url";

static const struct { const char *endings; file_kind kind; } names[] = {
    { "pdf", KIND_PDF }, { "png", KIND_PNG }, { "jpg jpeg", KIND_JPEG }, { "gif", KIND_GIF }, { "webp", KIND_WEBP }, { "tif tiff", KIND_TIFF },
    { "zip", KIND_ZIP }, { "docx docm", KIND_DOCX }, { "xlsx xlsm", KIND_XLSX }, { "pptx pptm", KIND_PPTX }, { "odt", KIND_ODT },
    { "ods", KIND_ODS }, { "odp", KIND_ODP }, { "doc xls ppt msg", KIND_OLE }, { "gz tgz", KIND_GZIP }, { "xz", KIND_XZ }, { "zst", KIND_ZSTD },
    { "7z", KIND_SEVENZ }, { "tar", KIND_TAR }, { "sqlite db", KIND_SQLITE }, { "mp4 m4v mov", KIND_MP4 },
    { "txt log conf cfg ini yaml yml sql toml patch diff", KIND_TEXT }, { "csv tsv", KIND_CSV }, { "json ndjson sarif", KIND_JSON },
    { "html htm", KIND_HTML }, { "xml", KIND_XML }, { "svg", KIND_SVG }, { "eml", KIND_EML }, { "md", KIND_MARKDOWN }, { "pem", KIND_PEM },
};

/* ---- by the bytes ---------------------------------------------------------------------- */

/* Text in any of the encodings people use: no control characters but those of text. */
static bool is_text(str s)
{
    static const char allowed[] = "\t\n\r\f\v\x1b";
    if (str_starts(s, S("\xFF\xFE")) || str_starts(s, S("\xFE\xFF")))
        return s.n % 2 == 0;              /* UTF-16 with its mark */
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c == 0x7F || (c < 0x20 && !memchr(allowed, c, sizeof allowed - 1)))
            return false;
    }
    return true;
}

static uint32_t le(str s, size_t at, size_t n)
{
    uint32_t v = 0;
    for (size_t i = n; i-- > 0;)
        v = v << 8 | (unsigned char)s.p[at + i];
    return v;
}

/* Where the list of a ZIP's names begins, and how many there are. */
static bool zip_list(str s, size_t *ret_at, size_t *ret_n)
{
    enum { END = 22, COMMENT_MAX = 65535 };
    size_t lowest = s.n > END + COMMENT_MAX ? s.n - END - COMMENT_MAX : 0;
    for (size_t i = s.n >= END ? s.n - END + 1 : 0; i-- > lowest;)
        if (memcmp(s.p + i, "PK\5\6", 4) == 0) {
            *ret_n = le(s, i + 10, 2);
            *ret_at = le(s, i + 16, 4);
            return *ret_at <= i;
        }
    return false;
}

static const struct { const char *name; file_kind kind; } inside[] = {
    { "word/document.xml", KIND_DOCX }, { "xl/workbook.xml", KIND_XLSX }, { "xl/workbook.bin", KIND_XLSX }, { "ppt/presentation.xml", KIND_PPTX },
};

static file_kind zip_kind(str s, const char **ret_program)
{
    enum { ENTRY = 46 };
    file_kind kind = KIND_ZIP;
    size_t    at, n;
    for (bool more = zip_list(s, &at, &n); more && n-- > 0 && at + ENTRY <= s.n && memcmp(s.p + at, "PK\1\2", 4) == 0;) {
        size_t length = le(s, at + 28, 2);
        str    name = str_sub(s, at + ENTRY, at + ENTRY + length);
        for (size_t k = 0; k < COUNT(inside); k++)
            if (str_eq(name, str_of(inside[k].name)))
                kind = inside[k].kind;
        if (str_eq(name, S("classes.dex")) || str_eq(name, S("META-INF/MANIFEST.MF")))
            *ret_program = "a Java or Android program";
        at += ENTRY + length + le(s, at + 30, 2) + le(s, at + 32, 2);
    }
    return kind;
}

/* An OpenDocument file begins with an entry "mimetype", stored as it is. */
static file_kind open_document(str s, file_kind else_kind)
{
    static const struct { const char *begins; file_kind kind; } rows[] = {
        { "mimetypeapplication/vnd.oasis.opendocument.text", KIND_ODT },
        { "mimetypeapplication/vnd.oasis.opendocument.spreadsheet", KIND_ODS },
        { "mimetypeapplication/vnd.oasis.opendocument.presentation", KIND_ODP },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        if (str_starts(str_sub(s, 30, s.n), str_of(rows[i].begins)))
            return rows[i].kind;
    return else_kind;
}

static const char *program_of(str s, bool text)
{
    for (size_t i = 0; i < COUNT(programs); i++)
        if (str_starts(s, programs[i].magic) && (programs[i].also_text || !text))
            return programs[i].what;
    return NULL;
}

static file_kind text_kind(arena *a, str s)
{
    str head = str_lower(a, str_sub(str_trim(str_starts(s, S("\xEF\xBB\xBF")) ? str_sub(s, 3, s.n) : s), 0, 256));
    if (str_starts(head, S("<!doctype html")) || str_starts(head, S("<html")))
        return KIND_HTML;
    return str_starts(head, S("<?xml")) || str_starts(head, S("<svg")) ? KIND_XML : KIND_TEXT;
}

static file_kind kind_of_bytes(arena *a, str s, bool text, const char **ret_program)
{
    *ret_program = program_of(s, text);
    for (size_t i = 0; i < COUNT(magics); i++)
        if (str_starts(str_sub(s, magics[i].at, s.n), magics[i].magic) && s.n > magics[i].at)
            return magics[i].kind == KIND_ZIP ? open_document(s, zip_kind(s, ret_program)) : magics[i].kind;
    return text ? text_kind(a, s) : KIND_BINARY;
}

/* ---- by the name --------------------------------------------------------------------------- */

static bool word_of(const char *list, str word)
{
    for (str rest = str_of(list), w = str_word(&rest); w.n; w = str_word(&rest))
        if (str_eq(w, word))
            return true;
    return false;
}

static str ending_of(arena *a, str name)
{
    size_t at = name.n;
    while (at && name.p[at - 1] != '.' && name.p[at - 1] != '/')
        at--;
    return at > 1 && name.p[at - 1] == '.' ? str_lower(a, str_sub(name, at, name.n)) : S("");
}

static bool is_textual(file_kind k)
{
    return k == KIND_TEXT || k == KIND_HTML || k == KIND_XML;
}

/* Whether text can be what its name says: it begins as such things begin. */
static bool text_fits(file_kind named, str s)
{
    str  head = str_trim(str_starts(s, S("\xEF\xBB\xBF")) ? str_sub(s, 3, s.n) : s);
    char c = head.n ? head.p[0] : '\0';
    if (named == KIND_HTML || named == KIND_XML || named == KIND_SVG)
        return c == '<';
    if (named == KIND_JSON)
        return c && strchr("{[\"-0123456789tfn", c);
    if (named == KIND_PEM)
        return str_contains(head, S("-----BEGIN "));
    if (named == KIND_EML)
        return memchr(head.p ? head.p : "", ':', head.n > 998 ? 998 : head.n) != NULL;
    return named == KIND_TEXT || named == KIND_CSV || named == KIND_MARKDOWN;
}

static bool agree(file_kind named, file_kind shown, str s)
{
    return named == shown || (is_textual(shown) && text_fits(named, s));
}

err_t blob_type(arena *a, str name, str bytes, fault *f, str *ret_media)
{
    const char *program;
    str         ending = ending_of(a, name), plain = utf8_cut(utf8_clean(a, name), 120);
    file_kind   shown = kind_of_bytes(a, bytes, is_text(bytes), &program), said = shown;
    if (!bytes.n)
        return fail(f, ERR_INVALID, STR_FMT " is empty", STR_ARG(plain));
    if (program)
        return fail(f, ERR_INVALID, STR_FMT " is %s; programs are no evidence. A script may be attached as .txt without its first line",
                    STR_ARG(plain), program);
    if (word_of(runs_by_name, ending))
        return fail(f, ERR_INVALID, STR_FMT ": a file whose name ends with ." STR_FMT " is run where it is opened; such are not taken",
                    STR_ARG(plain), STR_ARG(ending));
    for (size_t i = 0; i < COUNT(names); i++)
        if (word_of(names[i].endings, ending))
            said = names[i].kind;
    if (!agree(said, shown, bytes))
        return fail(f, ERR_INVALID, STR_FMT " is called %s, but its bytes are %s; give it the name that is true", STR_ARG(plain),
                    kinds[said].what, kinds[shown].what);
    *ret_media = str_of(kinds[said].media);
    return ERR_OK;
}
