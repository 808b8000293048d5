-- The state of what an assessment judges, as recorded last: criterion_result, control_result or result.
SELECT {key}, state, {counts} FROM {relation}
