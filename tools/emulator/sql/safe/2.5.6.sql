/* 2.5.5 -> 2.5.6 */
ALTER TABLE hotdb_config_info MODIFY COLUMN v VARCHAR(4096) DEFAULT NULL;
ALTER TABLE hotdb_config_info_running MODIFY COLUMN v VARCHAR(4096) DEFAULT NULL;
ALTER TABLE hotdb_datanode MODIFY COLUMN failover_status INT NOT NULL DEFAULT 0;
ALTER TABLE hotdb_datanode_running MODIFY COLUMN failover_status INT NOT NULL DEFAULT 0;
CREATE TABLE hotdb_license (
  license_id INT NOT NULL PRIMARY KEY,
  node_limit INT NOT NULL,
  expires DATE DEFAULT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
ALTER TABLE hotdb_idc ADD INDEX idc_name (idc_name);
INSERT INTO hotdb_config_info (k, v, description) VALUES
  ('licenseRemindDays', '15', NULL),
  ('upgrade_2.5.6', '2020-07-28', '升级到 2.5.6');
