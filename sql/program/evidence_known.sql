-- Evidence that may be the same as what is sent again: the same bytes, or a statement without a file, for these records.
SELECT id, supports, digest, statement, effective_from, effective_to
  FROM evidence
 WHERE state = 'current' AND supports IN ({records}) AND (digest IN ({digests}) OR digest IS NULL)
