-- How far a review is: accounts, to decide, to carry out, done.
SELECT count(*) AS accounts, coalesce(sum(CASE WHEN state = 'pending' THEN 1 ELSE 0 END), 0) AS pending,
       coalesce(sum(CASE WHEN state = 'decided' THEN 1 ELSE 0 END), 0) AS carry, coalesce(sum(CASE WHEN decision = 'keep' AND state <> 'pending' THEN 1 ELSE 0 END), 0) AS kept,
       coalesce(sum(CASE WHEN decision = 'revoke' AND state <> 'pending' THEN 1 ELSE 0 END), 0) AS revoked,
       coalesce(sum(CASE WHEN decision = 'change' AND state <> 'pending' THEN 1 ELSE 0 END), 0) AS changed
  FROM access_decision WHERE review = {review}
