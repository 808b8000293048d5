-- test:      logging.forwarded
-- version:   1
-- title:     Every machine sends its logs to another machine
-- kind:      state
-- subject:   host
-- controls:  LG-02
-- severity:  high
-- needs:     host max_age=26h
-- needs:     log_forwarding max_age=26h
-- why:       Whoever takes a machine over erases its logs; the copy elsewhere is what remains.
-- remedy:    apt install rsyslog; in /etc/rsyslog.d/90-forward.conf write *.* action(type="omfwd"
--            target="logs.example" port="6514" protocol="tcp" StreamDriver="gtls" StreamDriverMode="1");
--            systemctl restart rsyslog.
WITH known AS (
     SELECT h.source, h.system,
            max(CASE WHEN (f.remote AND f.running) IS TRUE THEN 2
                     WHEN f.tool IS NOT NULL AND (f.remote AND f.running) IS NULL THEN 1
                     ELSE 0 END) AS level,
            count(f.tool) AS targets
       FROM host h
       LEFT JOIN log_forwarding f ON f.system = h.system
      WHERE h.container IS NOT TRUE
      GROUP BY h.source, h.system
)
SELECT source, system,
       CASE level WHEN 2 THEN TRUE WHEN 0 THEN FALSE END AS ok,
       CASE WHEN level = 1 THEN 'whether logs reach another machine could not be read'
            WHEN targets = 0 THEN 'nothing sends logs away'
            ELSE 'no running tool sends logs to another machine' END AS reason,
       CAST(targets AS TEXT) || ' targets' AS observed
  FROM known
