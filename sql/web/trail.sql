-- Commits, newest first; who looks for few of them reads no further than it must.
SELECT l.seq AS seq, l.at AS at, l.actor AS actor, l.action AS action, l.reason AS reason, l.leaf AS leaf
  FROM commits l
 WHERE l.at <= as_of() AND {match}
 ORDER BY l.seq DESC
 LIMIT {limit}
