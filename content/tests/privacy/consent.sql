-- test:      privacy.consent
-- version:   1
-- title:     Each consent shows when it was given, how, and which notice the person saw
-- kind:      state
-- subject:   consent
-- controls:  PR-03
-- severity:  medium
-- needs:     consent
-- needs:     privacy_notice empty=ok
-- why:       Consent that cannot be shown was not given.
-- remedy:    Ask again where there is no proof, and stop the processing until then.
SELECT c.id,
       CASE WHEN c.obtained_at IS NULL OR coalesce(c.proof, '') = '' THEN FALSE
            WHEN c.notice IS NULL THEN FALSE
            ELSE (n.published_at <= c.obtained_at AND c.obtained_at <= as_of()) END AS ok,
       CASE WHEN c.obtained_at IS NULL THEN 'when it was given is not written down'
            WHEN coalesce(c.proof, '') = '' THEN 'there is no proof'
            WHEN c.notice IS NULL THEN 'which notice the person saw is not written down'
            WHEN n.published_at IS NULL THEN 'when that notice was published is not known'
            ELSE 'that notice was not published then' END AS reason,
       c.purpose AS observed
  FROM consent c
  LEFT JOIN privacy_notice n ON n.id = coalesce(c.notice, '')
 WHERE c.state = 'given'
