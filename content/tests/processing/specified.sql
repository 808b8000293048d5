-- test:      processing.specified
-- version:   1
-- title:     Every processing function has a specification approved by another, published and current
-- kind:      state
-- subject:   processing_spec
-- controls:  PI-01
-- severity:  medium
-- needs:     processing_spec
-- param:     max_days int = 365 guard <= 400
-- why:       Correct can only be judged against what was meant.
-- remedy:    Have someone else approve the specification, publish it, and review it with the product; retire what is gone.
SELECT s.id,
       CASE WHEN s.state <> 'published' THEN FALSE
            WHEN coalesce(s.inputs, '') = '' OR coalesce(s.processing, '') = '' OR coalesce(s.outputs, '') = ''
                 OR coalesce(s.published_where, '') = '' THEN FALSE
            ELSE (s.approver <> s.owner AND s.reviewed_at >= as_of() - days(:max_days)) END AS ok,
       CASE WHEN s.state <> 'published' THEN 'it is not published'
            WHEN coalesce(s.inputs, '') = '' OR coalesce(s.processing, '') = '' OR coalesce(s.outputs, '') = '' THEN 'inputs, processing or outputs are not defined'
            WHEN coalesce(s.published_where, '') = '' THEN 'it does not say where its users find it'
            WHEN s.approver IS NULL OR s.owner IS NULL THEN 'who owns or approved it is not known'
            WHEN (s.approver = s.owner) IS TRUE THEN 'its owner approved it'
            WHEN s.reviewed_at IS NULL THEN 'when it was last reviewed is not known'
            ELSE 'it was reviewed too long ago' END AS reason,
       s.title AS observed,
       s.owner AS owner
  FROM processing_spec s
 WHERE s.state <> 'retired'
