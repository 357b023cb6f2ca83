"""The config database's contents: made, and made again. SQL goes in through the host's root socket login."""
from . import hosts
from .layout import ADDRESSES, GENERAL_LOG, SOURCE

HOST = "config-db"
SYSTEM = ("information_schema", "mysql", "performance_schema", "sys")


def sql(lab, text, check=True):
    return hosts.run(lab, HOST, ["mariadb", "--batch", "--skip-column-names"], stdin=text, check=check)


def accounts(told):
    """Privileges: all of the config database, what a dump of it needs, and scratch copies named hotdb_config…"""
    return f"""
CREATE OR REPLACE USER hotdb_config@'%' IDENTIFIED BY '{told["config-db"]}';
GRANT ALL ON `hotdb\\_config%`.* TO hotdb_config@'%';
GRANT RELOAD, PROCESS, BINLOG MONITOR, SELECT ON *.* TO hotdb_config@'%';
CREATE OR REPLACE USER app@'%' IDENTIFIED BY '{told["app"]}';
GRANT ALL ON app.* TO app@'%';
CREATE OR REPLACE USER root@'%' IDENTIFIED BY '{told["hotdb"]}';
GRANT ALL ON app.* TO root@'%';
"""


def contents():
    with open(f"{SOURCE}/tools/emulator/sql/base.sql", encoding="utf-8") as file:
        base = file.read().replace("@DATABASE@", ADDRESSES[HOST])
    return f"""
CREATE DATABASE hotdb_config DEFAULT CHARACTER SET utf8mb4;
CREATE DATABASE app DEFAULT CHARACTER SET utf8mb4;
USE app;
CREATE TABLE visits (id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY, at TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  who VARCHAR(64) NOT NULL) ENGINE=InnoDB;
USE hotdb_config;
SET NAMES utf8mb4;
START TRANSACTION;
{base}
COMMIT;
"""


def fill(lab):
    """Every user database goes, hotdb_config and app come anew, and so do the accounts."""
    told = lab.secrets()
    there = sql(lab, "SHOW DATABASES").stdout.split()
    drops = "".join(f"DROP DATABASE `{name}`;\n" for name in there if name not in SYSTEM)
    sql(lab, "SET SESSION sql_log_off=1;\nSET GLOBAL read_only=0;\n" + drops + accounts(told) + contents())


def forget_log(lab):
    hosts.run(lab, HOST, ["sh", "-c", f": >{GENERAL_LOG}"])
