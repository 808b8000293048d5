-- What is recorded about a vendor: how it was assessed and reviewed, what binds it, what happened there.
SELECT x.type, x.id, x.state, x.title, x.at_time, x.until_at, x.next_at, x.words, x.answered FROM (
SELECT 'due_diligence' AS type, id AS id, state AS state, outcome AS title, coalesce(approved_at, submitted_at) AS at_time, NULL AS until_at, NULL AS next_at,
       conditions AS words, CASE WHEN questionnaire_done THEN 'yes' WHEN NOT questionnaire_done THEN 'no' END AS answered, valid_from AS kept FROM due_diligence WHERE vendor = {vendor}
UNION ALL SELECT 'vendor_review', id, state, kind, reviewed_at, period_to, next_due_at, outcome, NULL, valid_from FROM vendor_review WHERE vendor = {vendor}
UNION ALL SELECT 'contract', id, state, title, starts_at, ends_at, NULL, CASE WHEN dpa THEN 'with a data-processing agreement' END,
       CASE WHEN open_ended THEN 'open' END, valid_from FROM contract WHERE vendor = {vendor}
UNION ALL SELECT 'vendor_incident', id, state, title, reported_at, NULL, NULL, severity, NULL, valid_from FROM vendor_incident WHERE vendor = {vendor}) x
 ORDER BY coalesce(x.at_time, x.kept) DESC, x.id LIMIT {limit}
