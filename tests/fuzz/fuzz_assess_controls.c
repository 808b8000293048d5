/* Control blocks: each that is read is whole. */
#include "assess/parts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    auto_arena arena *a = arena_new(512 << 20);
    static const criterion rows[] = { { .id = { "CC6.1", 5 } }, { .id = { "A1.3", 4 } } };
    const content     c = { .criteria = rows, .n_criteria = COUNT(rows) };
    const source_file file = { .path = S("x.txt"), .text = { (const char *)data, n } };
    faults            fs = { .a = a };
    control_list      list = { 0 };
    fault             f = { 0 };
    controls_read(a, &fs, &file, &c, &list);
    for (size_t i = 0; i < list.n; i++)
        if (!control_id_sound(list.v[i].id) || list.v[i].n_mappings == 0 || list.v[i].title.n == 0 || list.v[i].rationale.n == 0)
            abort();
    if (faults_report(&fs, &f) != ERR_OK && !utf8_valid(str_of(f.text)))
        abort();
    content none = { 0 };
    criteria_read(a, &fs, &file, NULL, &none);
    return 0;
}
