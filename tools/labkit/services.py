"""Services of the lab's hosts, started and stopped in the runbook's order; every wait is bounded."""
import os
import signal
import time

from . import database, hosts, keepalived, namespaces, provision
from .layout import ADDRESSES, DATABASE_PORT, HOME, MANAGER_PORT, NODES, SERVICE_PORT, VIP, LabError, command_line
from .removal import empty_directory, remove_tree

MASTER, BACKUP = NODES
POLL_S = 0.02
SSHD_LIMIT_S = 5
DATABASE_LIMIT_S = 20
NODE_LIMIT_S = 15
VIP_LIMIT_S = 15
KEEPALIVED_LIMIT_S = 5
STOP_LIMIT_S = 10


def wait_until(what, holds, limit_s):
    until = time.monotonic() + limit_s
    while not holds():
        if time.monotonic() > until:
            raise LabError(f"waited {limit_s} s for: {what}")
        time.sleep(POLL_S)


def open_on(lab, host, port):
    return namespaces.tcp_open(lab.netns_path(host), ADDRESSES[host], port)


def has_vip(lab, host):
    return namespaces.owns_address(lab.netns_path(host), VIP)


def start_sshd(lab, host):
    hosts.run(lab, host, ["/usr/sbin/sshd"])
    wait_until(f"sshd on {host}", lambda: open_on(lab, host, 22), SSHD_LIMIT_S)


def stop_sshd(lab, host):
    kill_hard(lab, host, lambda words: words[0].startswith("sshd: /usr/sbin/sshd [listener]"))


def start_database(lab):
    """Debian's script looks only once a second whether the server is up; the lab goes on when its port answers."""
    if not open_on(lab, "config-db", DATABASE_PORT):
        hosts.launch(lab, "config-db", ["/etc/init.d/mariadb", "start"])
        wait_until("MariaDB on config-db", lambda: open_on(lab, "config-db", DATABASE_PORT), DATABASE_LIMIT_S)


def start_node(lab, host, serves):
    hosts.run(lab, host, ["sh", f"{HOME}/bin/hotdb_server", "start"])
    wait_until(f"port {MANAGER_PORT} on {host}", lambda: open_on(lab, host, MANAGER_PORT), NODE_LIMIT_S)
    if serves:
        wait_until(f"port {SERVICE_PORT} on {host}", lambda: open_on(lab, host, SERVICE_PORT), NODE_LIMIT_S)
    elif open_on(lab, host, SERVICE_PORT):
        raise LabError(f"port {SERVICE_PORT} on {host} is open, and it is the backup")


def keepalived_pid(lab, host):
    """keepalived's first process as seen from outside, or None."""
    found = processes(lab, host, lambda words: words[0].endswith("/keepalived"))
    return found[0] if found else None


def start_keepalived(lab, host, role):
    """The first election takes 3.6 s. So the lab starts the master's keepalived with the priority of an owner and no check scripts,
    which holds the VIP at once, and has it read the real file before a backup is there."""
    file, password = f"{lab.root(host)}{keepalived.FILE}", lab.secrets()["vrrp"]
    if role == "master":
        provision.write(file, keepalived.configuration(role, password, at_once=True))
    hosts.run(lab, host, ["service", "keepalived", "start"])
    wait_until(f"keepalived on {host}", lambda: os.path.exists(f"{lab.root(host)}/run/keepalived_vrrp.pid")
               or os.path.exists(f"{lab.root(host)}/run/keepalived.pid"), KEEPALIVED_LIMIT_S)
    if role == "master":
        wait_until("the VIP", lambda: has_vip(lab, host), VIP_LIMIT_S)
        provision.write(file, keepalived.configuration(role, password))
        hosts.run(lab, host, ["service", "keepalived", "reload"])


def start_pair(lab):
    """Master node, its keepalived, the VIP; then the backup node, its keepalived."""
    start_node(lab, MASTER, serves=True)
    start_keepalived(lab, MASTER, "master")
    start_node(lab, BACKUP, serves=False)
    start_keepalived(lab, BACKUP, "backup")


def processes(lab, host, wanted):
    """Pids, as seen from outside, of the host's processes whose argument list pleases `wanted`."""
    namespace = os.readlink(f"/proc/{lab.init_pid(host)}/ns/pid")
    found = []
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            if os.readlink(f"/proc/{entry}/ns/pid") != namespace:
                continue
        except OSError:
            continue
        words = command_line(entry)
        if words and wanted(words):
            found.append(int(entry))
    return sorted(found)


def kill_hard(lab, host, wanted):
    """SIGKILL, first to be seen first stopped, so that no parent starts a child anew."""
    pids = processes(lab, host, wanted)
    for number in (signal.SIGSTOP, signal.SIGKILL):
        for pid in pids:
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                pass
    # A process that is ending has no command line any more, and may still hold its ports.
    wait_until(f"processes to end on {host}", lambda: not any(map(alive, pids)) and not processes(lab, host, wanted), STOP_LIMIT_S)
    return pids


def alive(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
            return file.read().rpartition(")")[2].split()[0] not in ("Z", "X")
    except (FileNotFoundError, ProcessLookupError):
        return False


def is_node(words):
    return "cn.hotpu.hotdb.HotdbStartup" in words


def is_keepalived(words):
    return os.path.basename(words[0]) == "keepalived"


def is_service(words):
    """Everything on a node but its first process and sshd."""
    return is_node(words) or is_keepalived(words) or "check_hotdb_process.sh" in " ".join(words)


def stop_node_host(lab, host):
    """Ends a node's services whatever their state, and takes the VIP away."""
    kill_hard(lab, host, is_service)
    hosts.run(lab, host, ["ip", "addr", "del", f"{VIP}/24", "dev", "eth0"], check=False)
    root = lab.root(host)
    for name in ("keepalived.pid", "keepalived_vrrp.pid", "keepalived"):
        path = f"{root}/run/{name}"
        remove_tree(path)


def ensure_database(lab):
    """A MariaDB that runs and lets root in, whatever was done to it."""
    start_database(lab)
    if database.sql(lab, "SELECT 1", check=False).returncode == 0:
        return
    kill_hard(lab, "config-db", lambda words: os.path.basename(words[0]) in ("mariadbd", "mysqld_safe"))
    empty_directory(f"{lab.root('config-db')}/var/lib/mysql")
    provision.prepare_database(lab)
    start_database(lab)
