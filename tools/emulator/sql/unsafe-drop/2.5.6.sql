-- drops a table: not allowed under live nodes
CREATE TABLE hotdb_datasource_new LIKE hotdb_datasource;
DROP TABLE hotdb_datasource_running;
INSERT INTO hotdb_config_info (k, v) VALUES ('upgrade_2.5.6', '2020-07-28');
