/* collect/git/git.h - private to the room: the parts of the git source. */
#ifndef COLLECT_GIT_GIT_H
#define COLLECT_GIT_GIT_H

#include "collect/git/lib.h"
#include "collect/collector.h"
#include "collect/git/message.h"

/* A commit of the default branch. */
typedef struct gcommit {
    git_oid          id;
    time_us          at;                 /* committer's clock */
    struct gcommit **parents;            /* NULL entries where history was cut */
    unsigned         n_parents;
    people           authors;
    bool             loaded, visited;
} gcommit;

typedef struct {
    gcommit       *tip;                  /* NULL: no commit */
    int64_t        commits, contributors;
    time_us        last_at;
    int64_t        latest, latest_signed;    /* of the latest commits read, up to 100 */
    collect_status lack;                 /* of the walk; ST_OK when all was read */
    str            reason;
} history;

typedef struct {
    const collect_env *env;
    emit              *e;
    arena             *a;
    git_lib            g;
    git_repository    *repo;
    str                name, path;       /* as people know it; where it lies */
    str                branch;           /* empty when nothing says */
    git_oid            tip;
    bool              has_tip, shallow;
    const char       *tip_lack;          /* why there is no tip though there should be one */
    map                shallow_ids;      /* 20 bytes each; their parents are not here */
    history            h;
} git_source;

void git_commit_log(git_source *s);      /* fills s->h */
void git_changes(git_source *s);
void git_secrets(git_source *s);
void git_settings(git_source *s);

/* Signature type in a commit's raw header: "pgp", "ssh", "x509", "other"; NULL when unsigned. */
const char *git_signature_type(str raw_header);
/* Without user, password, query; host and path as they were. */
str git_url_clean(arena *a, str url);
/* owner/name, or the empty str for a path on this machine. */
str git_url_name(arena *a, str url);

void git_begin(git_source *s, const char *relation_name);
person git_person(arena *a, const git_signature *sig);
/* Seconds to microseconds; left unknown when out of this world. */
void git_emit_time(emit *e, const char *field_name, int64_t seconds);

#endif
