/* collect/source.h - private to the room: the built-in sources and the code behind each. */
#ifndef COLLECT_SOURCE_H
#define COLLECT_SOURCE_H

#include "collect/collector.h"

void collect_git(const collect_env *env, emit *e);
void collect_host(const collect_env *env, emit *e);
void collect_host_files(const collect_env *env, emit *e);

/* Index is that of collect_sources[]. */
extern void (*const collect_source_runs[])(const collect_env *env, emit *e);

/* What `env` says of this machine, or of the tree at `root` (NULL or "/" for this machine). */
collect_env env_new(arena *a, const char *root, const char *system, const char *argument);

#endif
