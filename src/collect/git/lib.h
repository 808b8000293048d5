/* collect/git/lib.h - private to the room: libgit2, loaded when it is needed.
 *
 * It brings two dozen libraries along; linked, they would double the start of
 * every command. Only the child that runs the git source loads it. */
#ifndef COLLECT_GIT_LIB_H
#define COLLECT_GIT_LIB_H

#include <git2.h>                        /* first: a field of its has a name that base bans */

#include "base/base.h"

#define GIT_FUNCTIONS(X)                                                                              \
    X(blob_free) X(blob_lookup) X(blob_rawcontent) X(blob_rawsize) X(branch_name) X(buf_dispose)      \
    X(commit_author) X(commit_committer) X(commit_free) X(commit_lookup) X(commit_message_raw)        \
    X(commit_parent_id) X(commit_parentcount) X(commit_raw_header) X(commit_tree) X(config_free)      \
    X(config_get_bool) X(config_get_string_buf) X(config_iterator_free) X(config_iterator_new)        \
    X(config_next) X(error_last) X(ignore_path_is_ignored) X(index_find_prefix) X(index_free)         \
    X(index_get_bypath) X(libgit2_init) X(libgit2_opts) X(libgit2_shutdown) X(object_free)            \
    X(object_id) X(odb_free) X(odb_read_header) X(oid_tostr) X(reference_free) X(reference_list)      \
    X(reference_lookup) X(reference_peel) X(reference_symbolic_target) X(repository_commondir)        \
    X(repository_config) X(repository_free) X(repository_head) X(repository_index)                    \
    X(repository_odb) X(repository_open_ext) X(repository_path) X(repository_workdir)                 \
    X(strarray_dispose) X(tree_entry_id) X(tree_entry_name) X(tree_entry_type) X(tree_free)           \
    X(tree_walk)

typedef struct {
#define X(n) __typeof__(git_##n) *n;
    GIT_FUNCTIONS(X)
#undef X
} git_lib;

/* NULL when loaded and set to read only: no ownership checks, no configuration
 * but the repository's own. Else what is missing, in `a`. */
const char *git_lib_open(arena *a, git_lib *ret);
void        git_lib_close(git_lib *g);

/* What the last failed call said. */
const char *git_lib_error(const git_lib *g);

#endif
