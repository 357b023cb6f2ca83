-- narrows an existing column: not allowed under live nodes
ALTER TABLE hotdb_config_info MODIFY COLUMN description VARCHAR(100) DEFAULT NULL;
INSERT INTO hotdb_config_info (k, v) VALUES ('upgrade_2.5.6', '2020-07-28');
