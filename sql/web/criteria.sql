-- Where each criterion stands, as last recorded.
SELECT criterion, state, controls, tests, failing, unseen, coalesce(note, '') AS note, valid_from AS since_at
  FROM criterion_result
 ORDER BY criterion
