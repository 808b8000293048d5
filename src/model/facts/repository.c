#include "model/model.h"

extern const relation relation_repository;

static const field fields[] = {
    KEY_TEXT(repository, "Its name: the remote's owner/name, else the directory's."),
    TEXT(path, "Where the copy that was read lies."),
    TEXT(remote_url, "Where it comes from, without credentials."),
    TEXT(default_branch, "Branch that holds what is released."),
    TEXT(head, "Commit at its tip."),
    INT(commits, "Commits on the default branch."),
    INT(contributors, "Distinct author addresses on the default branch."),
    TIME(last_commit_at, "Time of the newest commit on it."),
    BOOL(shallow, "Whether the copy lacks older history."),
};

RELATION(repository, FACT,
         "A source code repository.");
