#include "collect/host/containers.h"

/* The value at a path of keys: its first token is the answer, JSON_ERROR when
 * there is no such value. */
static json_token value_at(json_reader *r, const char *const *path)
{
    json_token t = json_next(r);
    for (; *path; path++) {
        if (t != JSON_OBJ)
            return JSON_ERROR;
        for (;;) {
            if (json_next(r) != JSON_KEY)
                return JSON_ERROR;
            bool here = str_eq(r->s, str_of(*path));
            t = json_next(r);
            if (here)
                break;
            if (t == JSON_ERROR || !json_skip(r, t))
                return JSON_ERROR;
        }
    }
    return t;
}
#define PATH(...) ((const char *const[]){ __VA_ARGS__, NULL })

static tri flag_at(arena *a, str json, const char *const *path)
{
    json_reader r = json_open(a, json);
    json_token  t = value_at(&r, path);
    return t == JSON_TRUE ? YES : t == JSON_FALSE ? NO : UNKNOWN;
}

/* p is NULL when there is no such text. */
static str text_at(arena *a, str json, const char *const *path)
{
    json_reader r = json_open(a, json);
    if (value_at(&r, path) != JSON_STR)
        return (str){ 0 };
    return r.s.p ? r.s : S("");
}

static str plain_name(str name)
{
    return str_starts(name, S("/")) ? str_sub(name, 1, name.n) : name;
}

/* One member of the list; the reader stands behind its opening brace. */
static bool read_member(json_reader *r, container *c)
{
    *c = (container){ .running = UNKNOWN, .privileged = UNKNOWN, .host_network = UNKNOWN, .read_only_root = UNKNOWN };
    for (json_token t = json_next(r); t != JSON_OBJ_END; t = json_next(r)) {
        if (t != JSON_KEY)
            return false;
        str key = r->s;
        t = json_next(r);
        if (t == JSON_STR && str_eq(key, S("Id")))
            c->id = r->s;
        else if (t == JSON_STR && str_eq(key, S("Image")))
            c->image = r->s;
        else if (t == JSON_STR && str_eq(key, S("ImageID")))
            c->image_digest = r->s;
        else if (t == JSON_STR && str_eq(key, S("State")))
            c->running = str_eq(r->s, S("running")) || str_eq(r->s, S("paused")) ? YES : NO;
        else if (t == JSON_ARR && str_eq(key, S("Names"))) {
            for (t = json_next(r); t == JSON_STR; t = json_next(r))
                if (!c->name.n)
                    c->name = plain_name(r->s);
            if (t != JSON_ARR_END)
                return false;
        } else if (t == JSON_ERROR || !json_skip(r, t)) {
            return false;
        }
    }
    if (!c->name.n)
        c->name = c->id;
    return c->id.n != 0;
}

bool containers_parse(arena *a, str json, container_list *ret)
{
    json_reader r = json_open(a, json);
    if (json_next(&r) != JSON_ARR)
        return false;
    for (json_token t = json_next(&r); t != JSON_ARR_END; t = json_next(&r)) {
        container c;
        if (t != JSON_OBJ || !read_member(&r, &c))
            return false;
        da_push(a, ret) = c;
    }
    return json_next(&r) == JSON_END;
}

bool container_details(arena *a, str json, container *c)
{
    json_reader r = json_open(a, json);
    str         network = text_at(a, json, PATH("HostConfig", "NetworkMode"));
    str         user = text_at(a, json, PATH("Config", "User"));
    if (!network.p && !user.p)
        return false;
    c->privileged = flag_at(a, json, PATH("HostConfig", "Privileged"));
    c->read_only_root = flag_at(a, json, PATH("HostConfig", "ReadonlyRootfs"));
    c->host_network = network.n ? (str_eq(network, S("host")) ? YES : NO) : UNKNOWN;
    c->user_known = user.p != NULL;
    c->user = user;
    if (value_at(&r, PATH("State", "Pid")) == JSON_INT)
        c->pid = r.i;
    return true;
}

bool http_reply(str bytes, int *ret_status, str *ret_body)
{
    int64_t     status;
    const char *end = memmem(bytes.p, bytes.n, "\r\n\r\n", 4);
    if (!str_starts(bytes, S("HTTP/1.")) || !end)
        return false;
    str line = bytes;
    str_word(&line);
    if (!parse_int(str_word(&line), 100, 599, &status))
        return false;
    *ret_status = (int)status;
    *ret_body = str_sub(bytes, (size_t)(end - bytes.p) + 4, bytes.n);
    return true;
}
