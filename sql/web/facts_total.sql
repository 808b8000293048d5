SELECT count(*) AS n FROM {relation} r WHERE {match}
