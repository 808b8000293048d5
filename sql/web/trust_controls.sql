-- Controls that management chose to show, with how the last assessment found them.
SELECT t.words, t.detail, r.state
  FROM trust_item t LEFT JOIN control_result r ON 'control/' || r.control = t.about
 WHERE t.state = 'shown' AND t.about LIKE 'control/%' ORDER BY t.words, t.id LIMIT 300
