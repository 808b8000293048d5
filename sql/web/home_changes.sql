-- Results that changed their state in the last seven days.
SELECT h.test, p.state AS state_before, h.state AS state_after, h.valid_from
  FROM result_history h JOIN result_history p ON p.test = h.test AND p.source = h.source AND p.valid_to = h.valid_from
 WHERE h.valid_from > as_of() - days(7) AND h.valid_from <= as_of() AND p.state <> h.state
 ORDER BY h.valid_from DESC, h.test
 LIMIT 8
