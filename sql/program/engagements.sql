-- The engagements in which a person examines now, the latest first.
SELECT e.id, e.period_from, e.period_to FROM engagement e JOIN engagement_member m ON m.engagement = e.id
 WHERE m.person = {person} AND m.state = 'active' AND e.state = 'open' ORDER BY e.period_to DESC, e.id
