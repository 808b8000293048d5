/* What happens beside a change of records: one function each. */
#include "app/workspace.h"

err_t effect_run(void *arg, work *w, effect_id effect, const relation *r, const value *row, fault *f)
{
    (void)arg, (void)w, (void)r, (void)row, (void)f, (void)effect;
    return ERR_OK;
}
