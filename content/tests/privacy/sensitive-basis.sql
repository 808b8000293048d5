-- test:      privacy.sensitive-basis
-- version:   1
-- title:     Processing of sensitive data that rests on consent has consents to show
-- kind:      state
-- subject:   processing_activity
-- controls:  PR-04
-- severity:  high
-- needs:     processing_activity
-- needs:     consent empty=ok
-- why:       A processing that names consent as its basis and has none on record has no basis.
-- remedy:    Record the consents with the activity they belong to, or name the basis it really rests on.
SELECT a.id,
       CASE WHEN a.legal_basis IS NULL THEN NULL
            WHEN a.legal_basis IS DISTINCT FROM 'consent' THEN TRUE
            ELSE (coalesce(g.n, 0) > 0) END AS ok,
       CASE WHEN a.legal_basis IS NULL THEN 'its legal basis is not known'
            ELSE 'no explicit consent is on record for it' END AS reason,
       a.name AS observed,
       a.owner AS owner
  FROM processing_activity a
  LEFT JOIN (SELECT k.id AS activity_id, count(c.id) AS n
               FROM processing_activity k
               JOIN consent c ON coalesce(c.activity, '') = k.id AND c.sensitive AND c.explicit
              GROUP BY k.id) g ON g.activity_id = a.id
 WHERE a.special_categories AND a.state = 'active'
