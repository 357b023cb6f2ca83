"""The management commands, with the vendor's columns in the vendor's order.

`execute` gives either the text of an OK packet or (columns, rows), or raises Refused. Tables are functions of
the node's state: one row of TABLES each. They change nothing; the verbs in VERBS do.
"""
import re
import time

from refused import Refused
from settings import licensed_nodes

LONG_TRANSACTION_S = 10
MEGABYTE = 1 << 20


def stamp(seconds):
    return None if seconds is None else time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(seconds))


def cluster(_node):
    return []  # no meaning outside cluster mode


def server(node):
    now = time.time()
    online = 0 if node.online_since is None else int((now - node.online_since) * 1000)
    return [(f"{int((now - node.started) * 1000)} ms", f"{online} ms", 256 * MEGABYTE, 512 * MEGABYTE, 512 * MEGABYTE,
             24 * 1024 * MEGABYTE, 64 * MEGABYTE, stamp(node.reloaded), "utf8mb4", node.faults.get("role") or node.role,
             "ON" if node.relay.is_open else "OFF", "READ-WRITE", node.version)]


def version(node):
    return [(f"5.1.27-HotDB-{node.version} HotDB Manager by Hotpu Tech", f"{node.version}-ga-{node.release.build}")]


def session(node):
    rows = []
    for one in node.relay.sessions():
        seconds = None if one.trx_started is None else int(time.time() - one.trx_started)
        rows.append((one.id, "FALSE", stamp(one.trx_started), seconds, one.query if one.trx_started else None, 1, 1, 1,
                     one.id, one.backend_thread, "idle", "FALSE", "TRUE" if one.autocommit else "FALSE",
                     one.peer[0], one.peer[1], one.schema))
    return rows


def long_transaction(node):
    now = time.time()
    return [(*(node.target() or ("", 0)), one.backend_thread, f"{one.id}-{int(one.trx_started)}") for one in node.relay.sessions()
            if one.trx_started is not None and now - one.trx_started > LONG_TRANSACTION_S]


def transaction(node):
    return [("app", sum(node.relay.counts.values()))]


def connection(node):
    rows = []
    for one in node.relay.sessions():
        rows.append(("Processor0", one.id, one.peer[0], node.settings.service_port, one.schema, "utf8mb4", one.bytes_in,
                     one.bytes_out, int(time.time() - one.began), 4096, 0, 3, "true" if one.autocommit else "false"))
    for talk in node.manager.conversations.values():
        rows.append(("ManagerProcessor", talk.id, talk.peer[0], node.settings.manager_port, talk.schema, "utf8mb4", 0, 0,
                     int(time.time() - talk.began), 4096, 0, 3, "true"))
    return rows


def datasource(node):
    rows = []
    active = len(node.relay.links)
    down = node.faults.get("datasource_down")
    for one in node.memory.datasources:
        usable = "0" if down else one["datasource_status"]
        rows.append((one["datanode_id"], one["datasource_id"], one["datasource_name"], one["datasource_type"], usable, one["host"],
                     one["port"], one["db"], active, 4, 64, "Connection refused" if usable == "0" else None, "0/64", -1, 0, 0))
    return rows


def datanode(node):
    first = {source["datanode_id"]: source["datasource_id"] for source in reversed(node.memory.datasources)}
    return [(one["datanode_id"], first.get(one["datanode_id"]), first.get(one["datanode_id"]), one["datanode_type"],
             len(node.relay.links), 4, 64, "normal") for one in node.memory.datanodes]


def heartbeat(node):
    rows = [(-1, -1, 1, *node.settings.config_databases()[0][:3], 0, "idle", 2000, "1,1,1", stamp(time.time()), "false")]
    for one in node.memory.datasources:
        status = "error" if node.faults.get("datasource_down") else "idle"
        rows.append((one["datanode_id"], one["datasource_id"], one["datasource_type"], one["host"], one["port"], one["db"], 0,
                     status, 2000, "1,1,1", stamp(time.time()), "false"))
    return rows


def latency(node):
    text = "ERROR! Check your replication." if node.faults.get("replication_error") else "0 ms"
    return [(one["datanode_id"], f"{one['host']}:{one['port']}", "", text) for one in node.memory.datasources]


def online_ddl(node):
    told = node.faults.get("online_ddl")
    return [("app", str(told), "40.00%", "1000", "t", "1", "copying", "running")] if told else []


def query(node):
    counts = node.relay.counts
    verbs = [counts[verb] for verb in ("select", "insert", "update", "delete", "other")]
    return [(*verbs, sum(verbs))]


def usbkey(node):
    nodes, days = licensed_nodes(node.settings.home, node.release.licence_scheme)
    kind = 2 if nodes == 16 else 3
    return [(days * 86400, 1 if nodes else 0, kind, nodes, stamp(time.time()), None, None, None)]


TABLES = {
    "cluster": ("status host port server_port manager_port", cluster),
    "server": ("uptime online_time used_memory total_memory max_memory max_direct_memory used_direct_memory reload_time "
               "charset role status mode version", server),
    "version": ("version jar_version", version),
    "session": ("id running trx_started trx_time trx_query bk_count bk_dnid bk_dsid bk_id bk_mysqlid bk_state bk_closed "
                "bk_autocommit bk_host bk_port bk_db", session),
    "longtransaction": ("host port trx_mysql_thread_id trx_id", long_transaction),
    "transaction": ("schema transaction", transaction),
    "connection": ("processor id host dstport schema charset net_in net_out up_time recv_buffer send_queue iso_level "
                   "autocommit", connection),
    "datasource": ("dn ds name type status host port schema active idle size unavailable_reason flow_control idc_id "
                   "listener_id listener_status", datasource),
    "datanode": ("dn ds ds_id type active idle size state", datanode),
    "heartbeat": ("dn ds_id ds_type host port db retry status period execute_time last_active_time stop", heartbeat),
    "latency": ("dn info backup_info latency", latency),
    "onlineddl": ("schema onlineddl progress speed table type copy_status status", online_ddl),
    "query": ("select insert update delete other all", query),
    "usbkey": ("left_time usbkey_status usbkey_type node_limit last_check_time usbkey_check_stuck "
               "last_check_exception_time last_check_exception_info", usbkey),
}


async def do_online(node, _talk):
    await node.online()
    return ""


async def do_offline(node, talk):
    await node.offline(f"{talk.peer[0]}:{talk.peer[1]}")
    return ""


async def do_reload(node, _talk):
    await node.reload()
    return "Reload config success"


async def do_reset(node, _talk):
    node.reset_reloading()
    return ""


async def do_check(node, _talk):
    return ["Level", "Code", "Message", "Value"], await node.problems()


async def refuse_room(_node, _talk):
    raise Refused(10192, "only for a disaster-recovery room")


async def refuse_cluster(_node, _talk):
    raise Refused(1064, "only for a primary of a cluster (haMode 1)")


async def do_nothing(_node, _talk):
    return ""


VERBS = {
    "online": do_online, "offline": do_offline, "reload @@config": do_reload, "reset @@reloading": do_reset,
    "check @@datasource_config": do_check, "online_dr": refuse_room, "enable_online": refuse_room,
    "hacheck_disable": do_nothing, "hacheck_enable": do_nothing,
    "cluster_freeze": refuse_cluster, "cluster_unfreeze": refuse_cluster,
}
# What client libraries ask by themselves after the login.
CONSTANTS = {
    "select 1": (["1"], [(1,)]),
    "select @@version_comment limit 1": (["@@version_comment"], [("HotDB emulator: a test double",)]),
    "select database()": (["database()"], [(None,)]),
    "select user()": (["user()"], [("root",)]),
}
SELECT = re.compile(r"select (.+?) from (?:@@)?(\w+)(?: where (.+))?", re.I)
CONDITION = re.compile(r"`?(\w+)`?\s*(=|!=|<>)\s*(?:'([^']*)'|\"([^\"]*)\"|(-?\w+))", re.I)


def select(node, wanted, table, where):
    """`select columns from table where column = value and …`: nothing more."""
    names, rows = TABLES[table]
    names = names.split()
    chosen = names if wanted.strip() == "*" else [name.strip(" `") for name in wanted.split(",")]
    rows = [dict(zip(names, row)) for row in rows(node)]
    for condition in re.split(r"\s+and\s+", where or "", flags=re.I):
        match = CONDITION.fullmatch(condition.strip())
        if condition and (match is None or match[1] not in names):
            raise Refused(1064, f"cannot read the condition: {condition}")
        if condition:
            value = next(group for group in match.groups()[2:] if group is not None)
            rows = [row for row in rows if (str(row[match[1]]) == value) == (match[2] == "=")]
    if any(name not in names for name in chosen):
        raise Refused(1054, f"Unknown column in 'field list': {wanted}")
    return chosen, [tuple(row[name] for name in chosen) for row in rows]


async def execute(node, talk):
    text = " ".join(re.sub(r"/\*.*?\*/", " ", talk.query, flags=re.S).strip().rstrip(";").split())
    lower = text.lower()
    if lower in VERBS:
        return await VERBS[lower](node, talk)
    if lower in CONSTANTS:
        return CONSTANTS[lower]
    if lower.startswith(("set ", "use ")):
        return ""
    if lower.startswith("check @@commandstatus "):
        asked = lower.split(" ", 2)[2].strip("'\"")
        known = asked in VERBS or asked.removeprefix("show @@") in TABLES
        return ["support"], [(int(known),)]
    if lower.startswith("show @@") and lower[7:] in TABLES:
        names, rows = TABLES[lower[7:]]
        return names.split(), rows(node)
    match = SELECT.fullmatch(text)
    if match and match[2].lower() in TABLES:
        return select(node, match[1], match[2].lower(), match[3])
    raise Refused(1064, f"You have an error in your SQL syntax; unknown management command: {text[:200]}")
