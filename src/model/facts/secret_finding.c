#include "model/model.h"

extern const relation relation_secret_finding;

static const field fields[] = {
    KEY_TEXT(repository, "Repository."),
    KEY_TEXT(path, "File."),
    KEY_INT(line, "Line, counted from 1."),
    KEY_TEXT(rule, "Kind of secret, such as private-key or aws-access-key."),
    BOOL(tracked, "Whether git tracks the file, so that others have it too."),
    BOOL(test_data, "Whether the path looks like test data or an example."),
    INT(length, "Length of what matched.", .unit = "bytes"),
};

RELATION(secret_finding, FACT,
         "A key or token found in a working tree; the secret itself is never kept.");
