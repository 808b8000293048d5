-- The commit of the last assessment (before there were rows of them: that last recorded an outcome), and what has been written since.
SELECT c.seq AS seq, c.at AS at,
       (SELECT count(*) FROM commits l WHERE l.seq > c.seq AND l.at <= as_of() AND l.action = 'collect') AS collections,
       (SELECT count(*) FROM commits l WHERE l.seq > c.seq AND l.at <= as_of() AND l.action <> 'collect' AND l.action <> 'access'
           AND l.actor NOT LIKE 'serve%') AS changes
  FROM commits c
 WHERE c.seq = greatest(
       coalesce((SELECT h.opened_by FROM assessment_history h WHERE h.valid_from <= as_of() ORDER BY h.row_id DESC LIMIT 1), -1),
       coalesce((SELECT h.opened_by FROM result_history h WHERE h.valid_from <= as_of() ORDER BY h.row_id DESC LIMIT 1), -1),
       coalesce((SELECT h.opened_by FROM exception_history h WHERE h.valid_from <= as_of() ORDER BY h.row_id DESC LIMIT 1), -1))
