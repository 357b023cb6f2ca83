"""The node's memory of its config database: the tables it reads, their `_running` twins, what is wrong with them.

Blocking; the node calls it from worker threads. Its own statements carry MARK, so that whoever reads the
database's log can tell them from an upgrade script's.
"""
import socket

from client import Client, SqlError

MARK = "/* hotdb-emulator */ "
TABLES = ("hotdb_config_info", "hotdb_datanode", "hotdb_datasource")
CONNECT_LIMIT_S = 3.0
REACH_LIMIT_S = 0.5


class Unusable(Exception):
    """No config database answers, or it is not one."""


class Memory:
    """What was read from the config tables, row by row."""

    def __init__(self, tables):
        self.info = {row["k"]: row["v"] for row in tables["hotdb_config_info"]}
        self.datanodes = tables["hotdb_datanode"]
        self.datasources = tables["hotdb_datasource"]

    def version(self):
        """The newest version whose upgrade script left its row `upgrade_VERSION`."""
        done = [key[len("upgrade_"):] for key in self.info if key.startswith("upgrade_")]
        return max(done, key=version_key, default="")

    def target(self):
        """(host, port) of the first usable data source."""
        for source in self.datasources:
            if source["datasource_status"] == "1":
                return source["host"], int(source["port"])
        return None


def connect(settings):
    causes = []
    for host, port, database, user, password in settings.config_databases():
        try:
            return Client(host, port, user, password, database, CONNECT_LIMIT_S)
        except (OSError, SqlError, ValueError) as cause:
            causes.append(f"{host}:{port}: {cause}")
    raise Unusable("no usable config database: " + ("; ".join(causes) or "url is not set"))


def read(client):
    tables = {}
    for table in TABLES:
        try:
            columns, rows = client.query(f"{MARK}SELECT * FROM {table}")
        except SqlError as cause:
            raise Unusable(f"config database: {cause}") from cause
        tables[table] = [dict(zip(columns, row)) for row in rows]
    return Memory(tables)


def write_twins(client):
    """Copies each table into its twin, over the columns that both have, in one transaction."""
    client.query(f"{MARK}START TRANSACTION")
    for table in TABLES:
        both = [name for name in columns_of(client, table) if name in columns_of(client, f"{table}_running")]
        names = ", ".join(f"`{name}`" for name in both)
        client.query(f"{MARK}DELETE FROM {table}_running")
        client.query(f"{MARK}INSERT INTO {table}_running ({names}) SELECT {names} FROM {table}")
    client.query(f"{MARK}COMMIT")


def columns_of(client, table):
    _, rows = client.query(f"{MARK}SHOW COLUMNS FROM {table}")
    return [row[0] for row in rows]


def problems(memory, config_version):
    """(level, code, message, value) for all that the configuration check finds."""
    found = []
    names = {node["datanode_id"]: node["datanode_name"] for node in memory.datanodes}
    served = {source["datanode_id"] for source in memory.datasources if source["datasource_status"] == "1"}
    for number, name in names.items():
        if number not in served:
            found.append(("Error", 10002, "data node has no usable data source", name))
    for source in memory.datasources:
        if source["datanode_id"] not in names:
            found.append(("Error", 10003, "data source belongs to no data node", source["datasource_name"]))
    for host, port in sorted({(source["host"], int(source["port"])) for source in memory.datasources}):
        try:
            socket.create_connection((host, port), timeout=REACH_LIMIT_S).close()
        except OSError as cause:
            found.append(("Error", 10238, f"data source cannot be reached: {cause}", f"{host}:{port}"))
    version = memory.version()
    if version_key(version) < version_key(config_version):
        found.append(("Warning", 10005, f"config database is older than {config_version}", version))
    return found


def version_key(text):
    return [int(part) if part.isdigit() else 0 for part in text.split(".")]
