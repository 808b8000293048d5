-- Who came by network, newest first: ids are in the order of time.
SELECT e.id AS id, e.at_time AS at_time, coalesce(e.kind, '') AS kind, e.went_well AS went_well, coalesce(e.person, '') AS person,
       coalesce(e.about, '') AS about, coalesce(e.address, '') AS address, coalesce(e.times, 1) AS times
  FROM access_event e
 WHERE {match}
 ORDER BY id DESC
 LIMIT {limit}
