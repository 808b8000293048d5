-- test:      waiver.few
-- version:   1
-- title:     Waivers stay exceptions: few for each test, and none for a test as a whole
-- kind:      state
-- subject:   -
-- controls:  MO-04
-- severity:  medium
-- needs:     waiver empty=ok
-- param:     max_waivers int = 10 guard <= 25
-- why:       A test that is waived everywhere tests nothing, and whoever reads the report must see that.
-- remedy:    Correct what is waived, or change the control: a rule with more exceptions than cases is the wrong rule.
SELECT w.test AS item,
       (count(w.id) <= :max_waivers AND count(w.item) = count(w.id)) AS ok,
       CASE WHEN count(CASE WHEN w.item IS NULL THEN 1 END) > 0 THEN 'a waiver accepts every exception of the test'
            ELSE 'too many of its exceptions are waived' END AS reason,
       CAST(count(w.id) AS TEXT) || ' waivers hold' AS observed,
       'at most ' || CAST(:max_waivers AS TEXT) || ', each of one item' AS expected
  FROM waiver w
 WHERE w.state = 'approved' AND w.starts_at <= as_of() AND w.ends_at > as_of()
 GROUP BY w.test
