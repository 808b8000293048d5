-- test:      network.data-stores-local
-- version:   1
-- title:     Databases and caches cannot be reached from other machines
-- kind:      state
-- subject:   process_listener
-- controls:  NW-02
-- severity:  high
-- needs:     process_listener max_age=26h
-- why:       A database open to the network is one guessed password, or none, away from losing all data in
--            it.
-- remedy:    Bind it to 127.0.0.1 or a private socket (listen_addresses in postgresql.conf, bind-address in
--            my.cnf, bind in redis.conf); a database server of its own is waived with its firewall rule as
--            evidence.
SELECT source, system, protocol, address, port,
       (loopback OR NOT (
           port IN (1433, 1521, 2379, 2380, 3306, 5432, 5984, 6379, 7000, 7001, 8086, 8529, 9042, 9200, 9300,
                    11211, 27017, 27018, 27019, 33060)
           OR process IN ('postgres', 'mysqld', 'mariadbd', 'redis-server', 'valkey-server', 'mongod', 'memcached',
                          'etcd', 'influxd', 'beam.smp', 'couchdb'))) AS ok,
       CASE WHEN loopback IS NULL OR process IS NULL THEN 'what listens, or for whom, could not be read in full'
            ELSE 'a data store listens to other machines' END AS reason,
       process AS observed,
       '127.0.0.1 or ::1' AS expected
  FROM process_listener
