-- One part: how many records of a type there are, and since when the last stands.
SELECT '{relation}' AS type, count(*) AS n, max(valid_from) AS written_at FROM {relation}
