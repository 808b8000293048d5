-- test:      communication.system-description
-- version:   1
-- title:     The description of every system in scope is complete and was approved by someone else within the year
-- kind:      state
-- subject:   system
-- controls:  CM-07
-- severity:  medium
-- needs:     system
-- param:     max_days int = 365 guard <= 400
-- why:       Readers of the report rely on this text to know what it covers; leaving a part out misleads them.
-- remedy:    Fill in every part ("None" where there is nothing to tell), submit it, and let somebody else approve it.
SELECT id,
       CASE WHEN state <> 'approved' THEN FALSE
            WHEN coalesce(trim(services), '') = '' OR coalesce(trim(commitments), '') = '' OR coalesce(trim(boundaries), '') = ''
                 OR coalesce(trim(infrastructure), '') = '' OR coalesce(trim(software), '') = '' OR coalesce(trim(people), '') = ''
                 OR coalesce(trim(procedures), '') = '' OR coalesce(trim(data), '') = '' OR coalesce(trim(incidents), '') = ''
                 OR coalesce(trim(criteria), '') = '' OR coalesce(trim(cuecs), '') = '' OR coalesce(trim(subservice), '') = ''
                 OR coalesce(trim(exclusions), '') = '' OR coalesce(trim(significant_changes), '') = '' THEN FALSE
            ELSE (approved_at >= as_of() - days(:max_days) AND approver <> author) END AS ok,
       CASE WHEN state <> 'approved' THEN 'it is not approved'
            WHEN coalesce(trim(services), '') = '' THEN 'DC 1 is missing: the services'
            WHEN coalesce(trim(commitments), '') = '' THEN 'DC 2 is missing: commitments and requirements'
            WHEN coalesce(trim(boundaries), '') = '' THEN 'DC 3 is missing: the boundaries'
            WHEN coalesce(trim(infrastructure), '') = '' THEN 'DC 3 is missing: infrastructure'
            WHEN coalesce(trim(software), '') = '' THEN 'DC 3 is missing: software'
            WHEN coalesce(trim(people), '') = '' THEN 'DC 3 is missing: people'
            WHEN coalesce(trim(procedures), '') = '' THEN 'DC 3 is missing: procedures'
            WHEN coalesce(trim(data), '') = '' THEN 'DC 3 is missing: data'
            WHEN coalesce(trim(incidents), '') = '' THEN 'DC 4 is missing: incidents'
            WHEN coalesce(trim(criteria), '') = '' THEN 'DC 5 is missing: criteria and controls'
            WHEN coalesce(trim(cuecs), '') = '' THEN 'DC 6 is missing: what users must do'
            WHEN coalesce(trim(subservice), '') = '' THEN 'DC 7 is missing: subservice organisations'
            WHEN coalesce(trim(exclusions), '') = '' THEN 'DC 8 is missing: criteria that do not apply'
            WHEN coalesce(trim(significant_changes), '') = '' THEN 'DC 9 is missing: significant changes'
            WHEN (approver = author) IS TRUE THEN 'approved by its author'
            ELSE 'not approved within the year' END AS reason,
       title AS observed, owner
  FROM system
 WHERE in_scope AND state <> 'retired'
