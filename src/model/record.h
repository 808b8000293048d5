/* model/record.h - private to the room: checking a record's tables. */
#ifndef MODEL_RECORD_H
#define MODEL_RECORD_H

#include "model/model.h"

/* Names of fields, states, roles and other types that stand in the rows exist. */
err_t record_type_check(const relation *r, fault *f) MUST_USE;

#endif
