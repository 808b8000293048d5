-- Templates from which every relation's tables, views and statements are made
-- (src/store/template.c).  In braces:
--   {relation}      its name                  {schema}        PostgreSQL: the schema, quoted
--   {columns}       its fields                {definitions}   its fields with their types
--   {keys}          its key fields            {known_keys}    k1 IS NOT NULL AND k2 IS NOT NULL
--   {values:N}      $N, $N+1 ... a field each {key_match:N}   k1 = $N AND k2 = $N+1 ...
--   {voids}         f1 = NULL, f2 = NULL ...  {definition}    one field that is new, with its type
--   {source}        "row_source AS source, ", or nothing where a field has that name
-- The history of a relation is RELATION_h.  valid_to is 9223372036854775807 while a row is current.

-- name: relation_table
CREATE TABLE IF NOT EXISTS {relation}_h (
    row_id     INTEGER NOT NULL PRIMARY KEY,
    row_source TEXT NOT NULL,
    valid_from INTEGER NOT NULL,
    valid_to   INTEGER NOT NULL,
    opened_by  INTEGER NOT NULL,
    closed_by  INTEGER,
    erased_by  INTEGER,
    salt       BLOB,
    commitment BLOB NOT NULL,
    {definitions}
) STRICT

-- name: relation_column
ALTER TABLE {relation}_h ADD COLUMN {definition}

-- One current row for each source and key; also the way to it.
-- name: relation_index
CREATE UNIQUE INDEX IF NOT EXISTS {relation}_current ON {relation}_h (row_source, {keys})
 WHERE valid_to = 9223372036854775807

-- Records that are a person's: the way from them to what is theirs.
-- name: relation_own
CREATE INDEX IF NOT EXISTS {relation}_own ON {relation}_h ({field})
 WHERE valid_to = 9223372036854775807

-- What the planner knows of a relation, after much of it changed: without it
-- joins on a key that begins with row_source are read by scanning.
-- name: relation_analyze
ANALYZE {relation}_h
-- name: relation_analyze [pgsql]
ANALYZE {schema}.{relation}_h

-- name: relation_view_drop
DROP VIEW IF EXISTS {relation}

-- name: relation_view
CREATE VIEW {relation} AS
SELECT {columns}, {source}valid_from
  FROM {relation}_h
 WHERE valid_to = 9223372036854775807

-- name: next_id
SELECT coalesce(max(row_id), 0) + 1 FROM {relation}_h

-- name: open_row
INSERT INTO {relation}_h (row_id, row_source, valid_from, valid_to, opened_by, salt, commitment, {columns})
VALUES ($1, $2, $3, 9223372036854775807, $4, $5, $6, {values:7})

-- name: close_row
UPDATE {relation}_h SET valid_to = $2, closed_by = $3
 WHERE row_id = $1 AND valid_to = 9223372036854775807
RETURNING commitment

-- name: current_count
SELECT count(*) FROM {relation}_h WHERE row_source = $1 AND valid_to = 9223372036854775807

-- name: current_rows
SELECT row_id, {columns} FROM {relation}_h
 WHERE row_source = $1 AND valid_to = 9223372036854775807

-- The same by reading the whole table, which is faster when most of it is wanted.
-- name: current_scan
SELECT row_id, {columns} FROM {relation}_h
 WHERE +row_source = $1 AND +valid_to = 9223372036854775807
-- name: current_scan [pgsql]
SELECT row_id, {columns} FROM {relation}_h
 WHERE row_source = $1 AND valid_to = 9223372036854775807

-- name: current_row
SELECT row_id, {columns} FROM {relation}_h
 WHERE row_source = $1 AND valid_to = 9223372036854775807 AND {key_match:2}

-- name: erase_row
UPDATE {relation}_h SET erased_by = $2, salt = NULL, {voids}
 WHERE row_id = $1 AND erased_by IS NULL
RETURNING commitment, valid_to

-- name: versions
SELECT row_id, row_source, valid_from, valid_to, opened_by, closed_by, erased_by, salt, commitment, {columns}
  FROM {relation}_h ORDER BY row_id

-- name: key_versions
SELECT row_id, row_source, valid_from, valid_to, opened_by, closed_by, erased_by, salt, commitment, {columns}
  FROM {relation}_h WHERE {key_match:1} ORDER BY row_id

-- name: asof_view
CREATE TEMP VIEW {relation} AS
SELECT {columns}, {source}valid_from
  FROM main.{relation}_h
 WHERE valid_from <= as_of() AND valid_to > as_of()
-- name: asof_view [pgsql]
CREATE OR REPLACE VIEW {asof_schema}.{relation} AS
SELECT {columns}, {source}valid_from
  FROM {schema}.{relation}_h
 WHERE valid_from <= {asof_schema}.as_of() AND valid_to > {asof_schema}.as_of()

-- name: asof_view_drop
DROP VIEW IF EXISTS temp.{relation}
-- name: asof_view_drop [pgsql]
DROP VIEW IF EXISTS {asof_schema}.{relation}

-- name: history_view
CREATE TEMP VIEW IF NOT EXISTS {relation}_history AS
SELECT row_id, {columns}, {source}valid_from, valid_to, opened_by, closed_by, erased_by
  FROM main.{relation}_h
-- name: history_view [pgsql]
CREATE OR REPLACE VIEW {asof_schema}.{relation}_history AS
SELECT row_id, {columns}, {source}valid_from, valid_to, opened_by, closed_by, erased_by
  FROM {schema}.{relation}_h

-- name: fixture_table
CREATE TABLE {relation} ({definitions}, {source_definition}valid_from INTEGER) STRICT
-- name: fixture_table [pgsql]
CREATE TEMP TABLE {relation} ({definitions}, {source_definition}valid_from INTEGER) STRICT

-- name: fixture_insert
INSERT INTO {relation} ({columns}{source_column}, valid_from) VALUES ({values:2}{source_value}, $1)

-- name: fixture_clear
DELETE FROM {relation}

-- name: fixture_truncate [pgsql]
TRUNCATE {relation}

-- name: version_is_current
SELECT row_id FROM {relation}_h WHERE row_id = $1 AND valid_to = 9223372036854775807

-- name: copy_rows [pgsql]
COPY {relation}_h (row_id, row_source, valid_from, valid_to, opened_by, salt, commitment, {columns})
FROM STDIN (FORMAT binary)

-- name: close_rows [pgsql]
UPDATE {relation}_h SET valid_to = $2, closed_by = $3
 WHERE row_id = ANY (string_to_array($1, ',')::bigint[]) AND valid_to = 9223372036854775807
RETURNING row_id, commitment
