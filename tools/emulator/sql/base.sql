-- The lab's config database: a few real columns of what a compute node of 2.5.4 reads. Not the vendor's schema.
CREATE TABLE hotdb_config_info (
  k VARCHAR(64) NOT NULL PRIMARY KEY,
  v VARCHAR(1024) DEFAULT NULL,
  description VARCHAR(255) DEFAULT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
CREATE TABLE hotdb_datanode (
  datanode_id INT NOT NULL PRIMARY KEY,
  datanode_name VARCHAR(64) NOT NULL,
  datanode_type TINYINT NOT NULL DEFAULT 1,
  failover_status TINYINT NOT NULL DEFAULT 0
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
CREATE TABLE hotdb_datasource (
  datasource_id INT NOT NULL PRIMARY KEY,
  datanode_id INT NOT NULL,
  datasource_name VARCHAR(64) NOT NULL,
  datasource_type TINYINT NOT NULL DEFAULT 1,
  datasource_status TINYINT NOT NULL DEFAULT 1,
  host VARCHAR(64) NOT NULL,
  port INT NOT NULL,
  db VARCHAR(64) NOT NULL,
  KEY datanode (datanode_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
CREATE TABLE hotdb_config_info_running LIKE hotdb_config_info;
CREATE TABLE hotdb_datanode_running LIKE hotdb_datanode;
CREATE TABLE hotdb_datasource_running LIKE hotdb_datasource;
INSERT INTO hotdb_config_info VALUES
  ('upgrade_2.5.4', '2019-08-12', 'config database of 2.5.4'),
  ('autocommit', 'true', NULL),
  ('sqlTimeout', '3600', '语句超时，秒'),
  ('heartbeatSwitch', 'on', 'a value; with a semicolon'),
  ('strategyForRWSplit', '0', NULL);
INSERT INTO hotdb_datanode VALUES (1, 'dn_01', 1, 0), (2, 'dn_02', 1, 0), (3, 'dn_03', 1, 0), (4, 'dn_04', 1, 0);
INSERT INTO hotdb_datasource VALUES
  (1, 1, 'ds_01', 1, 1, '@DATABASE@', 3306, 'app'), (2, 2, 'ds_02', 1, 1, '@DATABASE@', 3306, 'app'),
  (3, 3, 'ds_03', 1, 1, '@DATABASE@', 3306, 'app'), (4, 4, 'ds_04', 1, 1, '@DATABASE@', 3306, 'app');
