-- How many open risks stand at each likelihood and impact, before and after what is done about them.
SELECT kind, likelihood, impact, count(*) AS n FROM (
SELECT 'inherent' AS kind, likelihood AS likelihood, impact AS impact FROM risk WHERE state <> 'closed'
UNION ALL SELECT 'residual', residual_likelihood, residual_impact FROM risk WHERE state <> 'closed') x
 GROUP BY kind, likelihood, impact ORDER BY kind, likelihood, impact
