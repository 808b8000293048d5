-- test:      logging.forwarding-encrypted
-- version:   1
-- title:     Logs travel encrypted
-- kind:      state
-- subject:   log_forwarding
-- controls:  LG-02, CR-01
-- severity:  medium
-- needs:     log_forwarding max_age=26h
-- why:       Logs name people, machines and mistakes; in clear text they inform anyone on the way.
-- remedy:    For rsyslog apt install rsyslog-gnutls and set StreamDriver="gtls" StreamDriverMode="1" in the
--            omfwd action; for others use https targets.
SELECT source, system, tool, target,
       encrypted AS ok,
       CASE WHEN encrypted IS NULL THEN 'whether it is encrypted could not be read'
            ELSE 'logs are sent in clear text' END AS reason,
       protocol AS observed,
       defined_in AS link
  FROM log_forwarding
 WHERE remote IS NOT FALSE
