-- safe by its words, but the third statement fails: the key is there already
CREATE TABLE hotdb_license (license_id INT NOT NULL PRIMARY KEY, node_limit INT NOT NULL) ENGINE=InnoDB;
INSERT INTO hotdb_config_info (k, v) VALUES ('licenseRemindDays', '15');
INSERT INTO hotdb_config_info (k, v) VALUES ('autocommit', 'true');
INSERT INTO hotdb_config_info (k, v) VALUES ('upgrade_2.5.6', '2020-07-28');
