-- Fixed queries of src/store.  "-- name: x" begins one and names it Q_X in C;
-- "-- name: x [pgsql]" is its form for PostgreSQL.

-- name: begin_read
BEGIN
-- name: begin_read [pgsql]
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY

-- name: begin_write
BEGIN IMMEDIATE
-- name: begin_write [pgsql]
BEGIN ISOLATION LEVEL READ COMMITTED

-- name: take_writer
SELECT one FROM writer
-- name: take_writer [pgsql]
SELECT one FROM writer FOR UPDATE

-- name: end_write
COMMIT

-- name: rollback
ROLLBACK

-- After an erasure: what was erased leaves the write-ahead log as well.
-- name: checkpoint
PRAGMA wal_checkpoint(TRUNCATE)
-- name: checkpoint [pgsql]
SELECT 1

-- name: migrations_table
CREATE TABLE IF NOT EXISTS migrations (
    number     INTEGER NOT NULL PRIMARY KEY,
    name       TEXT NOT NULL,
    checksum   TEXT NOT NULL,
    applied_at INTEGER NOT NULL
) STRICT

-- name: migrations_applied
SELECT number, name, checksum FROM migrations ORDER BY number

-- name: migration_insert
INSERT INTO migrations (number, name, checksum, applied_at) VALUES ($1, $2, $3, $4)

-- name: tables
SELECT count(*) FROM sqlite_schema WHERE type = 'table'
-- name: tables [pgsql]
SELECT count(*) FROM information_schema.tables
 WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'

-- What the database is made of, but for what SQLite makes for itself.
-- name: schema_parts
SELECT type, name, coalesce(sql, '') FROM sqlite_schema WHERE name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY type, name
-- name: schema_parts [pgsql]
SELECT '', '', '' WHERE false

-- name: has_table
SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = $1
-- name: has_table [pgsql]
SELECT count(*) FROM information_schema.tables
 WHERE table_schema = current_schema() AND table_name = $1

-- name: table_columns
SELECT name FROM pragma_table_info($1)
-- name: table_columns [pgsql]
SELECT column_name FROM information_schema.columns
 WHERE table_schema = current_schema() AND table_name = $1

-- name: model_digest
SELECT digest FROM model WHERE one = 1

-- name: model_set
INSERT INTO model (one, digest) VALUES (1, $1) ON CONFLICT (one) DO UPDATE SET digest = excluded.digest

-- name: commit_last
SELECT seq, at FROM commits ORDER BY seq DESC LIMIT 1

-- name: commit_insert
INSERT INTO commits (seq, at, actor, action, reason, leaf) VALUES ($1, $2, $3, $4, $5, $6)

-- name: commits_from
SELECT seq, at, actor, action, reason, leaf FROM commits WHERE seq >= $1 ORDER BY seq

-- name: commit_count
SELECT count(*) FROM commits

-- How many there should be: asked at each request of a server.
-- name: commit_head
SELECT coalesce(max(seq) + 1, 0) FROM commits

-- name: integrity
PRAGMA integrity_check(1)
-- name: integrity [pgsql]
SELECT 'ok'

-- name: connect_write
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA cell_size_check = ON;
PRAGMA trusted_schema = OFF;
PRAGMA secure_delete = ON;
PRAGMA analysis_limit = 400;
PRAGMA cache_size = -32768;
PRAGMA journal_size_limit = 67108864
-- name: connect_write [pgsql]
SET lock_timeout = '30s';
SET client_min_messages = error;
SET standard_conforming_strings = on

-- name: connect_read
PRAGMA cell_size_check = ON;
PRAGMA trusted_schema = OFF;
PRAGMA query_only = ON;
PRAGMA cache_size = -32768
-- name: connect_read [pgsql]
SET client_min_messages = error;
SET standard_conforming_strings = on;
SET default_transaction_read_only = on

-- One of many connections that stay open (STORE_KEEP_SESSION): the system's file cache serves them all.
-- name: connect_kept
PRAGMA cache_size = -3072
-- name: connect_kept [pgsql]
SELECT 1

-- name: connect_sandbox
PRAGMA cell_size_check = ON;
PRAGMA trusted_schema = OFF;
PRAGMA temp_store = MEMORY;
PRAGMA case_sensitive_like = ON;
PRAGMA cache_size = -32768
-- name: connect_sandbox [pgsql]
SET client_min_messages = error;
SET standard_conforming_strings = on

-- What follows exists on PostgreSQL only.  {schema} is the workspace's, {asof_schema} the
-- sandbox's: views that read the setting attest.as_of, and the functions of the dialect.

-- name: pg_schemas [pgsql]
CREATE SCHEMA IF NOT EXISTS {schema};
CREATE SCHEMA IF NOT EXISTS {asof_schema}

-- name: pg_path [pgsql]
SET search_path = {schema}

-- name: pg_lock_schema [pgsql]
SELECT pg_advisory_xact_lock(4707108)

-- name: pg_functions [pgsql]
CREATE OR REPLACE FUNCTION {asof_schema}.as_of() RETURNS BIGINT LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT current_setting('attest.as_of')::bigint $$;
CREATE OR REPLACE FUNCTION {asof_schema}.days(n BIGINT) RETURNS BIGINT LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT n * 86400000000 $$;
CREATE OR REPLACE FUNCTION {asof_schema}.hours(n BIGINT) RETURNS BIGINT LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT n * 3600000000 $$;
CREATE OR REPLACE FUNCTION {asof_schema}.minutes(n BIGINT) RETURNS BIGINT LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT n * 60000000 $$;
CREATE OR REPLACE VIEW {asof_schema}.commits AS SELECT seq, at, actor, action, reason, leaf FROM {schema}.commits

-- name: pg_path_now [pgsql]
SET LOCAL search_path = {schema}, {asof_schema}

-- name: pg_path_asof [pgsql]
SET LOCAL search_path = {asof_schema}

-- name: pg_path_fixture [pgsql]
SET search_path = {asof_schema};
SET synchronous_commit = off

-- name: pg_set [pgsql]
SELECT set_config($1, $2, $3 = 1)

-- name: pg_savepoint [pgsql]
SAVEPOINT sandbox

-- name: pg_back_to_savepoint [pgsql]
ROLLBACK TO SAVEPOINT sandbox

-- The number of the statement follows.
-- name: pg_deallocate [pgsql]
DEALLOCATE attest_
