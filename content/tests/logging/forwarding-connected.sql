-- test:      logging.forwarding-connected
-- version:   1
-- title:     The connection over which logs are sent stands
-- kind:      state
-- subject:   log_forwarding
-- controls:  LG-02, LG-08
-- severity:  medium
-- needs:     log_forwarding max_age=26h
-- why:       A receiver that is configured but not connected gets nothing, and nobody notices until the
--            logs are needed.
-- remedy:    systemctl status the tool; check the name, the port and the firewall on the way: ss -tnp shows
--            the connection.
SELECT source, system, tool, target,
       (running AND connected) AS ok,
       CASE WHEN running IS FALSE THEN 'the tool does not run'
            WHEN connected IS FALSE THEN 'there is no connection to the receiver'
            ELSE 'whether a connection stands could not be read' END AS reason,
       protocol AS observed,
       defined_in AS link
  FROM log_forwarding
 WHERE remote IS NOT FALSE
   AND protocol IS DISTINCT FROM 'udp'
