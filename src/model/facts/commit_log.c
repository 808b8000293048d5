#include "model/model.h"

extern const relation relation_commit_log;

static const field fields[] = {
    KEY_TEXT(repository, "Repository."),
    KEY_TEXT(id, "Commit id."),
    TIME(authored_at, "When it was written, as its author's clock said."),
    TIME(committed_at, "When it was committed, as its committer's clock said."),
    TEXT(author, "Address of the author."),
    TEXT(committer, "Address of the committer."),
    TEXT(subject, "First line of its message."),
    BOOL(merge, "Whether it joins two or more parents."),
    BOOL(signed, "Whether it carries a signature; the signature itself is not checked."),
    TEXT(signature_type, "pgp, ssh or x509."),
};

RELATION(commit_log, FACT,
         "A commit on the default branch of a repository.");
