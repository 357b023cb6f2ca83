-- changes existing rows: not allowed under live nodes
UPDATE hotdb_config_info SET v = '7200' WHERE k = 'sqlTimeout';
DELETE FROM hotdb_config_info WHERE k = 'strategyForRWSplit';
INSERT INTO hotdb_config_info (k, v) VALUES ('upgrade_2.5.6', '2020-07-28');
