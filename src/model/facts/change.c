#include "model/model.h"

extern const relation relation_change;

static const field fields[] = {
    KEY_TEXT(repository, "Repository."),
    KEY_TEXT(id, "Commit that brought it in."),
    TIME(at, "When it was committed, as the committer's clock said."),
    TEXT(title, "First line of its message."),
    TEXT(author, "Addresses of those who wrote it, sorted, with blanks between."),
    TEXT(merged_by, "Address of who committed it to the branch."),
    TEXT(approvers,
         "Addresses named by Reviewed-by, Approved-by or Acked-by, and of a merger who wrote none of it; "
         "empty when there are none, unknown where a review may be kept outside git."),
    BOOL(approved,
         "Whether somebody who wrote none of it approved or merged it; unknown where a "
         "review may be kept outside git."),
    BOOL(merge, "Whether it came by a merge commit."),
    BOOL(signed, "Whether its commit carries a signature."),
    INT(commits, "Commits it brought in."),
    TEXT(reference,
         "Pull or merge request it names, such as #12; empty when it came by none, unknown where git cannot tell."),
};

RELATION(change, FACT,
         "A change that reached the default branch: one step along its first parents.");
