/* demo/baseline.h - private to the room: rows that every host has. */
#ifndef DEMO_BASELINE_H
#define DEMO_BASELINE_H

#include "base/base.h"

typedef struct {
    const char        *relation;
    const char        *columns;          /* with blanks between; `system` comes by itself */
    const char *const *rows;             /* cells with | between */
    size_t             n_rows;
} baseline;

extern const baseline host_baseline[];
extern const size_t   n_host_baseline;

#endif
