-- test:      vendor.register
-- version:   1
-- title:     The register of vendors is compared with payments each quarter
-- kind:      state
-- subject:   -
-- controls:  VN-01
-- severity:  medium
-- needs:     register
-- param:     max_days int = 100 guard <= 190
-- why:       A vendor nobody listed is a vendor nobody checked.
-- remedy:    Compare the list of vendors with payments and card statements, add what is missing, and confirm it
--            with a `register` record whose id is vendor.
SELECT 'register of vendors' AS item,
       CASE WHEN count(r.id) = 0 THEN FALSE
            ELSE (max(r.confirmed_at) >= as_of() - days(:max_days)) END AS ok,
       CASE WHEN count(r.id) = 0 THEN 'nobody has ever confirmed that it is complete'
            WHEN max(r.confirmed_at) IS NULL THEN 'when it was confirmed is not known'
            ELSE 'it was confirmed too long ago' END AS reason,
       max(r.basis) AS observed,
       max(r.keeper) AS owner
  FROM register r
 WHERE r.id = 'vendor'
