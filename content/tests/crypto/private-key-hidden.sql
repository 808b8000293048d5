-- test:      crypto.private-key-hidden
-- version:   1
-- title:     Private keys of services cannot be read by everyone
-- kind:      state
-- subject:   certificate
-- controls:  CR-04
-- severity:  critical
-- needs:     certificate max_age=26h
-- why:       With the key anyone on the machine can pose as the service and decrypt its traffic.
-- remedy:    chown root:ssl-cert KEY; chmod 0640 KEY; then have a new key certified, because this one may
--            have been copied.
SELECT source, system, path, position,
       NOT key_exposed AS ok,
       CASE WHEN key_exposed IS NULL THEN 'who may read the key could not be seen'
            ELSE 'everyone on the machine may read the private key' END AS reason,
       used_by AS owner
  FROM certificate
 WHERE position = 1
