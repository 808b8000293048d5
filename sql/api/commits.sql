-- Commits from the newest on, before a number.
SELECT seq, at, actor, action, reason, leaf FROM commits WHERE seq < {before} AND at <= as_of() ORDER BY seq DESC LIMIT {limit}
