-- Where controls stood in a period: only of those that asked for somebody at some time in it.
SELECT control, state, valid_from, valid_to
  FROM control_result_history
 WHERE valid_to > {since} AND valid_from <= as_of()
   AND control IN (SELECT control FROM control_result_history
                    WHERE valid_to > {since} AND valid_from <= as_of() AND state IN ('fail', 'no_data', 'error', 'gap'))
 ORDER BY control, valid_from
 LIMIT 20000
