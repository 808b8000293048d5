/* What a client has already, and in which encoding it reads the rest. */
#include "http/parts.h"

/* "gzip;q=0.5": false when malformed. Only whether it is 0 matters here. */
static bool is_wanted(str params)
{
    str one = params;
    while (one.p) {
        str param = str_trim(str_cut(&one, ';')), name = str_cut(&param, '=');
        if (!str_same(str_trim(name), S("q")) || !param.p)
            continue;
        str q = str_trim(param);
        for (size_t i = 0; i < q.n; i++)
            if (q.p[i] >= '1' && q.p[i] <= '9')
                return true;
        return false;
    }
    return true;
}

bool http_accepts_encoding(const http_request *rq, const char *encoding)
{
    str  rest = http_header(rq, "accept-encoding");
    bool any = false;
    while (rest.p) {
        str one = str_cut(&rest, ','), name = str_trim(str_cut(&one, ';'));
        if (str_same(name, str_of(encoding)))
            return is_wanted(one);
        if (str_eq(name, S("*")))
            any = is_wanted(one);
    }
    return any;
}

/* Weak comparison (RFC 9110 s8.8.3.2) of the opaque part with each tag of the list. */
static bool has_tag(const http_request *rq, str tag)
{
    str rest = http_header(rq, "if-none-match");
    if (rq->method != HTTP_GET && rq->method != HTTP_HEAD)
        return false;
    while (rest.p) {
        str one = str_trim(str_cut(&rest, ','));
        if (str_starts(one, S("W/")))
            one = str_sub(one, 2, one.n);
        if (str_eq(one, S("*")) || (one.n == tag.n + 2 && one.p[0] == '"' && one.p[one.n - 1] == '"' && str_eq(str_sub(one, 1, one.n - 1), tag)))
            return true;
    }
    return false;
}

static void not_modified(http_response *rs)
{
    rs->status = 304;
    rs->media = rs->fixed = (str){ 0 };
    buf_clear(&rs->body);
}

bool http_unchanged(const http_request *rq, http_response *rs, str tag)
{
    for (size_t i = 0; i < tag.n; i++)
        assert(is_token((str){ &tag.p[i], 1 }));
    assert(tag.n);
    http_add(rs, "ETag", str_fmt(rs->a, "W/\"" STR_FMT "\"", STR_ARG(tag)));
    if (!has_tag(rq, tag))
        return false;
    not_modified(rs);
    return true;
}

bool http_unchanged_body(const http_request *rq, http_response *rs)
{
    auto_hasher hasher *h = hasher_new();
    hash32              digest = sha256_of(h, rs->body.p, rs->body.n);
    return http_unchanged(rq, rs, hex_of(rs->a, &digest, 12));
}

bool http_asset(const http_request *rq, http_response *rs, const asset *as, str media)
{
    if (!as)
        return false;
    assert(as->digest);
    str  digest = str_of(as->digest), version_asked = http_query(rq, "v");
    bool kept = (version_asked.p && str_eq(version_asked, digest)) || str_contains(rq->path, digest);
    struct { const char *encoding, *mark; str bytes; } forms[] = { { "zstd", "-z", as->zstd }, { "gzip", "-g", as->gzip }, { NULL, "", as->bytes } };
    size_t i = 0;
    while (forms[i].encoding && (!forms[i].bytes.n || !http_accepts_encoding(rq, forms[i].encoding)))
        i++;
    str tag = str_fmt(rs->a, STR_FMT "%s", STR_ARG(digest), forms[i].mark);
    http_add(rs, "ETag", str_fmt(rs->a, "\"" STR_FMT "\"", STR_ARG(tag)));
    http_add(rs, "Cache-Control", kept ? S("public, max-age=31536000, immutable") : S("public, no-cache"));
    if (as->gzip.n || as->zstd.n)
        http_add(rs, "Vary", S("Accept-Encoding"));
    rs->media = media;
    rs->fixed = forms[i].bytes;
    if (has_tag(rq, tag))
        not_modified(rs);
    else if (forms[i].encoding)
        http_add(rs, "Content-Encoding", str_of(forms[i].encoding));
    return true;
}
