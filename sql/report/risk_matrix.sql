-- How many open risks stand at each likelihood and impact, with what remains after treatment where that is scored.
SELECT coalesce(residual_likelihood, likelihood) AS likelihood, coalesce(residual_impact, impact) AS impact, count(*) AS n
  FROM risk
 WHERE state <> 'closed' AND coalesce(residual_likelihood, likelihood) IS NOT NULL AND coalesce(residual_impact, impact) IS NOT NULL
 GROUP BY coalesce(residual_likelihood, likelihood), coalesce(residual_impact, impact)
