-- What came by network from a person, newest first.
SELECT kind, went_well, about, address, at_time, times, person
  FROM access_event
 WHERE {match}
 ORDER BY at_time DESC, id DESC
 LIMIT 10
