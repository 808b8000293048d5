SELECT '{relation}' AS relation, count(*) AS n FROM {relation}
