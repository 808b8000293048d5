/* fetch/libcurl.h - private to the room: libcurl, loaded when something is sent or asked for. */
#ifndef FETCH_LIBCURL_H
#define FETCH_LIBCURL_H

#include "base/base.h"

#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

#define CURL_FUNCTIONS(X) \
    X(easy_cleanup) X(easy_getinfo) X(easy_init) X(easy_perform) X(easy_reset) X(easy_setopt) X(easy_strerror) \
    X(global_cleanup) X(global_init) X(slist_append) X(slist_free_all)

typedef struct {
#define X(name) __typeof__(curl_##name) *name;
    CURL_FUNCTIONS(X)
#undef X
} curl_lib;

err_t curl_load(curl_lib *ret, fault *f) MUST_USE;

#endif
