-- Templates for the relations of kind STATE (src/store/state.c): plain tables, one row a key,
-- changed in place.  The holes are those of relation.sql, and {field}: one field's name.

-- name: state_schema [pgsql]
CREATE SCHEMA IF NOT EXISTS {schema}

-- Transactions come one after the other, as they do on SQLite: one that deletes rows would not see
-- those that another puts in their place at the same time.
-- name: state_lock [pgsql]
SELECT pg_advisory_xact_lock(4707109)

-- name: state_table
CREATE TABLE IF NOT EXISTS {relation} ({definitions}, PRIMARY KEY ({keys})) STRICT

-- name: state_column
ALTER TABLE {relation} ADD COLUMN {definition}

-- name: state_index
CREATE INDEX IF NOT EXISTS {relation}_{field} ON {relation} ({field})

-- name: state_put
INSERT INTO {relation} ({columns}) VALUES ({values:1})
ON CONFLICT ({keys}) DO UPDATE SET ({columns}) = ({excluded})

-- name: state_add
INSERT INTO {relation} ({columns}) VALUES ({values:1})
ON CONFLICT ({keys}) DO NOTHING RETURNING 1

-- name: state_swap
UPDATE {relation} SET ({columns}) = ({values:1})
 WHERE {key_match:1} AND {field} IS NOT DISTINCT FROM {after} RETURNING 1

-- name: state_drop
DELETE FROM {relation} WHERE {key_match:1} RETURNING 1

-- name: state_take
DELETE FROM {relation} WHERE {key_match:1} RETURNING {columns}

-- name: state_drop_where
DELETE FROM {relation} WHERE {field} = $1

-- name: state_sweep
DELETE FROM {relation} WHERE {field} <= $1

-- name: state_get
SELECT {columns} FROM {relation} WHERE {key_match:1}

-- name: state_find
SELECT {columns} FROM {relation} WHERE {field} = $1 ORDER BY {keys}

-- name: state_known
SELECT {columns} FROM {relation} WHERE {field} IS NOT NULL ORDER BY {keys}

-- name: state_all
SELECT {columns} FROM {relation} ORDER BY {keys}

-- name: state_any
SELECT {columns} FROM {relation} LIMIT 1
