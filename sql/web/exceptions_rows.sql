-- Those that have failed longest first.
SELECT x.test AS test, x.item AS item, x.reason AS reason, x.observed AS observed, x.expected AS expected, x.waiver AS waiver,
       x.waived_until AS waived_until, x.since AS since
  FROM fitting x
 ORDER BY since, test, item
 LIMIT {limit} OFFSET {offset}
