-- The engagements in which a person examines: those that are open first, the latest of each first.
SELECT e.id, e.period_from, e.period_to, e.state, e.title, e.kind, e.firm, e.categories, p.id AS owner, p.name, p.email, m.id AS member
  FROM engagement e JOIN engagement_member m ON m.engagement = e.id LEFT JOIN person p ON p.id = e.owner
 WHERE m.person = {person} AND m.state = 'active'
 ORDER BY e.state = 'open' DESC, e.period_to DESC, e.id
