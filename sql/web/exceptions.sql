-- What fails, over all tests, with the moment since when it has failed without a break; {shown} says what is made of it.
WITH held AS (SELECT e.test AS test, e.item AS item, coalesce(e.reason, '') AS reason, coalesce(e.observed, '') AS observed,
                     coalesce(e.expected, '') AS expected, coalesce(e.waiver, '') AS waiver, e.waived_until AS waived_until, e.valid_from AS as_now
                FROM exception e
               WHERE e.ok IS FALSE AND {match}),
     past AS (SELECT h.test AS test, h.item AS item, h.valid_from AS valid_from, h.valid_to AS valid_to
                FROM exception_history h JOIN held s ON s.test = h.test AND s.item = h.item
               WHERE h.ok IS FALSE AND h.valid_from <= as_of()),
     begins AS (SELECT p.test AS test, p.item AS item, max(p.valid_from) AS since
                  FROM past p LEFT JOIN past b ON b.test = p.test AND b.item = p.item AND b.valid_to = p.valid_from
                 WHERE b.test IS NULL
                 GROUP BY p.test, p.item),
     fitting AS (SELECT s.test AS test, s.item AS item, s.reason AS reason, s.observed AS observed, s.expected AS expected, s.waiver AS waiver,
                        s.waived_until AS waived_until, coalesce(b.since, s.as_now) AS since
                   FROM held s LEFT JOIN begins b ON b.test = s.test AND b.item = s.item
                  WHERE coalesce(b.since, s.as_now) >= {from} AND coalesce(b.since, s.as_now) < {to})
{shown}
