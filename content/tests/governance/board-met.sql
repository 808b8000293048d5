-- test:      governance.board-met
-- version:   1
-- title:     People outside management looked at security within the last year
-- kind:      state
-- subject:   -
-- controls:  GV-04
-- severity:  high
-- needs:     meeting
-- param:     max_days int = 365 guard <= 400
-- why:       Management should not be the only judge of its own work.
-- remedy:    Hold a meeting of the board, or of named advisers who are not part of management, with security, risks and
--            open deficiencies on its agenda; record who took part, and finish the minutes.
SELECT 'board' AS item,
       CASE WHEN count(CASE WHEN (held_at >= as_of() - days(:max_days) AND held_at <= as_of()
                                  AND independent_present AND security_discussed) IS TRUE THEN 1 END) > 0 THEN TRUE
            WHEN count(CASE WHEN (held_at >= as_of() - days(:max_days) AND held_at <= as_of()
                                  AND independent_present AND security_discussed) IS NOT FALSE THEN 1 END) > 0 THEN NULL
            ELSE FALSE END AS ok,
       CASE WHEN count(*) = 0 THEN 'no meeting with minutes is on record'
            ELSE 'no meeting with minutes, with somebody independent, and with security on the agenda, is recent enough' END AS reason,
       CAST(count(*) AS TEXT) || ' meetings with minutes' AS observed,
       'one within ' || CAST(:max_days AS TEXT) || ' days' AS expected
  FROM meeting
 WHERE kind = 'board' AND state = 'minuted'
