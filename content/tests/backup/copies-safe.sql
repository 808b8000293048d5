-- test:      backup.copies-safe
-- version:   1
-- title:     Backups are kept elsewhere, encrypted, and cannot be deleted by those who run production
-- kind:      state
-- subject:   backup_plan
-- controls:  BC-04
-- severity:  high
-- needs:     backup_plan
-- why:       Ransomware and angry administrators delete the backups first.
-- remedy:    Keep a copy in another account with a lock on deletion, then: attest backup_plan do revise ID, edit ID
--            elsewhere=true encrypted=true undeletable=true, do submit ID, and have it approved.
SELECT p.source, p.id,
       (p.elsewhere AND p.encrypted AND p.undeletable) AS ok,
       CASE WHEN p.elsewhere IS FALSE THEN 'no copy is in another location and account'
            WHEN p.encrypted IS FALSE THEN 'the copies are not encrypted'
            WHEN p.undeletable IS FALSE THEN 'those who run production can delete every copy'
            ELSE 'where the copies are, whether encrypted and safe from deletion, is not recorded' END AS reason,
       p.data_store AS observed,
       p.owner AS owner
  FROM backup_plan p
 WHERE p.state = 'approved'
