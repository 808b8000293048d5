-- test:      incident.data-judged
-- version:   1
-- title:     For each incident that is over it was judged what became of data and whether the report must name it
-- kind:      event
-- subject:   incident
-- controls:  IR-02, IR-04
-- severity:  high
-- needs:     incident
-- param:     window_days int = 380 guard >= 90
-- why:       Duties to notify, and what the description of the system says of incidents, hang on these two answers.
-- remedy:    attest incident edit ID data_impact=none|suspected|confidential|personal report_relevant=true|false.
SELECT i.source, i.id,
       i.detected_at AS at,
       CASE WHEN (i.data_impact IN ('none', 'confidential', 'personal')) IS TRUE AND i.report_relevant IS NOT NULL THEN TRUE ELSE FALSE END AS ok,
       CASE WHEN i.data_impact IS NULL THEN 'its effect on data is not recorded'
            WHEN (i.data_impact = 'suspected') IS TRUE THEN 'an effect on data is still only suspected'
            ELSE 'whether the report must name it is not recorded' END AS reason,
       i.severity || ' ' || i.kind || ': ' || i.title AS observed,
       i.commander AS owner
  FROM incident i
 WHERE i.state IN ('resolved', 'closed') AND i.detected_at >= as_of() - days(:window_days)
