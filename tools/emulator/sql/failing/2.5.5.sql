-- 计算节点配置库升级 2.5.4 -> 2.5.5: additive and widening only
CREATE TABLE hotdb_idc (
  idc_id INT NOT NULL PRIMARY KEY,
  idc_name VARCHAR(64) NOT NULL COMMENT '机房名称; 中心或灾备'
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO hotdb_idc (idc_id, idc_name) VALUES (1, 'center; main');
ALTER TABLE hotdb_datasource ADD COLUMN idc_id INT NOT NULL DEFAULT 1;
ALTER TABLE hotdb_datasource_running ADD COLUMN idc_id INT NOT NULL DEFAULT 1;
# one new parameter
INSERT INTO hotdb_config_info (k, v, description) VALUES ('upgrade_2.5.5', '2020-01-10', '升级到 2.5.5');
