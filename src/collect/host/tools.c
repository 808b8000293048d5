#include "collect/host/tools.h"

/* `ret`: the first of its packages that is installed, NULL when none is. */
static tri installed(host_state *s, const tool_row *t, const software **ret)
{
    tri there = NO;
    *ret = NULL;
    for (size_t i = 0; i < COUNT(t->packages) && t->packages[i]; i++) {
        const software *p;
        tri             one = state_installed(s, t->packages[i], &p);
        if (one == YES && !*ret)
            *ret = p;
        there = there == YES || one == NO ? there : one;
    }
    for (size_t i = 0; i < COUNT(t->paths) && t->paths[i]; i++)
        if (state_exists(s, t->paths[i]))
            there = YES;
    return there;
}

const scheduled *tool_scheduled(const tool_row *t, const schedule *l)
{
    const scheduled *found = NULL;
    for (size_t i = 0; i < COUNT(t->programs) && t->programs[i] && !found; i++)
        found = schedule_of(l, t->programs[i]);
    return found;
}

void tools_emit(host_state *s, const char *relation_name, const tool_row *rows, size_t n,
                void (*each)(host_state *s, arena *a, const tool_row *t, const schedule *l, bool whole))
{
    auto_arena arena *a = arena_new(64 << 20);
    schedule          l = { 0 };
    bool              read = false, whole = true, unsure = false;
    emit_begin(s->e, relation_find(str_of(relation_name)));
    for (size_t i = 0; i < n; i++) {
        const software *p;
        tri             there = installed(s, &rows[i], &p);
        unsure = unsure || there == UNKNOWN;
        if (there != YES)
            continue;
        if (!read)
            schedule_read(s, a, &l, &whole);
        read = true;
        emit_text(s->e, "system", s->env->system);
        emit_z(s->e, "tool", rows[i].tool);
        if (p)
            emit_text(s->e, "version", p->version);
        each(s, a, &rows[i], &l, whole);
        emit_row(s->e);
    }
    if (!whole)
        emit_lack(s->e, ST_DENIED, "some schedules can be read only by root");
    if (unsure)
        emit_lack(s->e, ST_PARTIAL, "the package database cannot be read; tools are known by their files only");
    emit_end(s->e, read ? ST_OK : ST_ABSENT);
}
