/* cli/yaml.h - private to the room: a record as YAML, for the editor. */
#ifndef CLI_YAML_H
#define CLI_YAML_H

#include "cli/record.h"

/* Every field that may be changed, with what it means before it as a comment. */
void yaml_write(arena *a, const record_view *v, buf *out);

/* A flat mapping of fields to texts; empty, ~ and null are unknown. libfyaml is loaded here.
 * ERR_INVALID with line and column. */
err_t yaml_read(arena *a, str text, fault *f, assignment **ret, size_t *ret_n) MUST_USE;

#endif
