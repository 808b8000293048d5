-- 0001: what every workspace starts with.  Never edit a shipped migration; add the next one.
-- The types are INTEGER, TEXT and BLOB in STRICT tables; PostgreSQL gets BIGINT, TEXT and BYTEA.

-- One row a commit; leaf is the ledger's entry, byte for byte.
CREATE TABLE commits (
    seq    INTEGER NOT NULL PRIMARY KEY,
    at     INTEGER NOT NULL,
    actor  TEXT NOT NULL,
    action TEXT NOT NULL,
    reason TEXT NOT NULL,
    leaf   TEXT NOT NULL
) STRICT;

-- Its one row is what writers wait for where the engine has no lock of its own.
CREATE TABLE writer (
    one INTEGER NOT NULL PRIMARY KEY
) STRICT;
INSERT INTO writer (one) VALUES (1);

-- What the tables of the relations were last made from.
CREATE TABLE model (
    one    INTEGER NOT NULL PRIMARY KEY,
    digest TEXT NOT NULL
) STRICT;
