-- population: assets_disposed
-- title:      Assets that were disposed of
-- made-of:    The disposals of media and equipment that were done in the period, or on a day that is not known.
-- criteria:   CC6.5
-- period:     when it was done
-- moment:     now
-- times:      due date
-- needs:      disposal
-- needs:      asset
SELECT d.subject AS asset_id, d.id AS disposal_id, d.title AS title, d.method AS method, d.due_at AS due, d.done_at AS date, d.performer AS performer,
       d.witness AS witness, d.certificate AS certificate, d.state AS state
  FROM disposal d
 WHERE d.kind = 'medium' AND d.state <> 'cancelled' AND (d.done_at >= :from AND d.done_at < :to) IS NOT FALSE
 ORDER BY date, disposal_id
-- completeness: disposals are numbered without gaps, and each asset that is said to be disposed of has one
WITH numbered AS (SELECT r.id AS id FROM disposal r
               WHERE r.id LIKE 'DISP-%' AND trim(substr(r.id, 6), '0123456789') = '' AND substr(r.id, 6, 1) NOT IN ('', '0')),
     highest AS (SELECT max(n.id) AS id FROM numbered n
                  WHERE length(n.id) = (SELECT max(length(m.id)) FROM numbered m))
SELECT 'every number from 1 on is there' AS check_name,
       (coalesce((SELECT h.id FROM highest h), 'DISP-0') = 'DISP-' || CAST((SELECT count(n.id) FROM numbered n) AS TEXT)) AS ok,
       CAST((SELECT count(n.id) FROM numbered n) AS TEXT) || ' with numbers, '
         || CAST((SELECT count(r.id) FROM disposal r) - (SELECT count(n.id) FROM numbered n) AS TEXT) || ' with ids of their own' AS observed,
       'the highest is ' || coalesce((SELECT h.id FROM highest h), 'DISP-0') AS expected
UNION ALL
SELECT 'each asset disposed of has its disposal' AS check_name,
       count(*) = 0 AS ok,
       CAST(count(*) AS TEXT) || ' assets disposed of in the period without a disposal on record' AS observed,
       'none' AS expected
  FROM asset a
 WHERE a.state = 'disposed' AND (a.disposed_at >= :from AND a.disposed_at < :to) IS NOT FALSE
   AND NOT EXISTS (SELECT 1 FROM disposal d WHERE d.subject = 'asset/' || a.id AND d.state = 'done')
UNION ALL
SELECT 'each disposal on record took its asset out of use' AS check_name,
       count(*) = 0 AS ok,
       CAST(count(*) AS TEXT) || ' disposals done whose asset is still in use' AS observed,
       'none' AS expected
  FROM disposal d, asset a
 WHERE d.state = 'done' AND d.kind = 'medium' AND d.subject = 'asset/' || a.id AND a.state IN ('planned', 'in_use')
