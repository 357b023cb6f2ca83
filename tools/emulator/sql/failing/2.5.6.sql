-- safe by its words, but the third statement fails: the column is there already
CREATE TABLE hotdb_license (license_id INT NOT NULL PRIMARY KEY, node_limit INT NOT NULL) ENGINE=InnoDB;
INSERT INTO hotdb_config_info (k, v) VALUES ('licenseRemindDays', '15');
ALTER TABLE hotdb_datasource ADD COLUMN db VARCHAR(64) DEFAULT NULL;
INSERT INTO hotdb_config_info (k, v) VALUES ('upgrade_2.5.6', '2020-07-28');
