/* Any commit message, address and header is read; what comes out is UTF-8 without blanks where it must be. */
#include "collect/git/git.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    auto_arena arena *a = arena_new(64 << 20);
    str               text = { (const char *)data, n };
    people            found = { 0 };
    message_coauthors(a, text, &found);
    message_reviewers(a, text, &found);
    for (size_t i = 0; i < found.n; i++) {
        str address = found.v[i].address;
        if (!address.n || !utf8_valid(address) || memchr(address.p, ' ', address.n))
            abort();
        person_is_other(&found.v[i], &found);
    }
    message_reference(a, text);
    message_is_pull(message_subject(text), S("main"));
    git_signature_type(text);
    str url = git_url_clean(a, text);
    if (!utf8_valid(url) || !utf8_valid(git_url_name(a, text)))
        abort();
    return 0;
}
