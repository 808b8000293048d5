/* Feeds every file of the directory argv[1] to the fuzz target: the corpus as a test. */
#include "base/base.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int main(int argc, char **argv)
{
    auto_arena arena *a = arena_new(256 << 20);
    str              *names;
    size_t            n;
    if (argc != 2 || dir_names(a, argv[1], 10000, &names, &n) != 0 || n == 0) {
        fprintf(stderr, "usage: %s CORPUS-DIRECTORY (not empty)\n", argv[0]);
        return 2;
    }
    for (size_t i = 0; i < n; i++) {
        str         bytes;
        const char *path = str_fmt(a, "%s/" STR_FMT, argv[1], STR_ARG(names[i])).p;
        if (file_slurp(a, path, 64 << 20, &bytes) != 0) {
            fprintf(stderr, "cannot read %s\n", path);
            return 1;
        }
        LLVMFuzzerTestOneInput((const uint8_t *)bytes.p, bytes.n);
    }
    return 0;
}
