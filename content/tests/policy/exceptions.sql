-- test:      policy.exceptions
-- version:   1
-- title:     Every exception to a policy is approved by someone else, and ends
-- kind:      state
-- subject:   policy_exception
-- controls:  PL-03
-- severity:  high
-- needs:     policy_exception
-- param:     max_days int = 366 guard <= 366
-- why:       Unrecorded and endless exceptions become the real policy.
-- remedy:    Decide on what is asked for before it begins; close what is over; ask anew for what is still needed.
SELECT id,
       CASE WHEN state = 'requested' THEN (starts_at > as_of())
            ELSE (ends_at + days(1) > as_of() AND ends_at <= starts_at + days(:max_days) AND approver <> requester) END AS ok,
       CASE WHEN state = 'requested' THEN 'it has begun and nobody has decided on it'
            WHEN ends_at + days(1) <= as_of() THEN 'its end has passed'
            WHEN ends_at > starts_at + days(:max_days) THEN 'it lasts too long'
            WHEN (approver = requester) IS TRUE THEN 'approved by who asked for it'
            ELSE 'who approved it is not known' END AS reason,
       policy || ': ' || title AS observed, requester AS owner
  FROM policy_exception
 WHERE state IN ('requested', 'approved')
