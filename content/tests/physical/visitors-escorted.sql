-- test:      physical.visitors-escorted
-- version:   1
-- title:     Visitors were identified, accompanied and left within a day
-- kind:      event
-- subject:   visitor
-- controls:  PH-01
-- severity:  low
-- needs:     visitor
-- param:     window_days int = 100 guard >= 30
-- why:       A stranger who walks about alone needs one unlocked screen.
-- remedy:    Record the departure: attest visitor do depart ID left_at=T escorted=true. Where nobody was with a
--            visitor, say so, and report an incident when anything was within reach.
SELECT v.source, v.id,
       coalesce(v.arrived_at, as_of()) AS at,
       CASE WHEN v.state = 'present' THEN (v.arrived_at > as_of() - hours(24) AND v.identified IS NOT FALSE)
            ELSE (v.identified AND v.escorted AND v.left_at <= v.arrived_at + hours(24)) END AS ok,
       CASE WHEN v.identified IS FALSE THEN 'no document was seen'
            WHEN v.escorted IS FALSE THEN 'was alone'
            WHEN v.arrived_at IS NULL THEN 'when the visitor came is not known'
            WHEN v.state = 'present' THEN 'still not recorded as gone'
            WHEN v.left_at IS NULL OR v.identified IS NULL OR v.escorted IS NULL
            THEN 'when the visitor left, or whether identified and accompanied, is not known'
            ELSE 'stayed longer than a day' END AS reason,
       v.name || ' at ' || v.facility AS observed,
       v.receiver AS owner
  FROM visitor v
 WHERE v.state IN ('present', 'gone') AND coalesce(v.arrived_at, as_of()) >= as_of() - days(:window_days)
