"""What is on a host before its services start: accounts, SSH, the HotDB installation, the config database's files.

Writes into the hosts' own roots from outside; runs little. The initial state that `reset` restores is made here.
"""
import json
import os
import re
import secrets
import subprocess

from . import hosts, keepalived, packages
from .layout import (ADDRESSES, EMULATOR_STATE, FAULTS_FILE, GENERAL_LOG, HOME, HOSTS, HOTDB_ROOT, JDK8_ROOT, NODES, SECRET_FILE,
                     SOURCE, UPGRADE_DIRECTORY)
from .removal import empty_directory, remove_tree

HOTDB_UID = 1989
SSHD_CONFIG = """# the lab's sshd: root by key or by the lab's password
Port 22
HostKey /etc/ssh/ssh_host_ed25519_key
PermitRootLogin yes
PasswordAuthentication yes
KbdInteractiveAuthentication no
UsePAM no
UseDNS no
PrintMotd no
AcceptEnv LANG LC_*
PidFile /run/sshd.pid
Subsystem sftp /usr/lib/openssh/sftp-server
"""
MARIADB_CONFIG = """# the lab's config database: small, and every statement in its log
[mysqld]
bind-address = 0.0.0.0
port = 3306
skip-name-resolve
log_bin = binlog
sync_binlog = 0
performance_schema = OFF
max_connections = 600
max_connect_errors = 1000000000
innodb_buffer_pool_size = 64M
innodb_log_file_size = 8M
innodb_flush_log_at_trx_commit = 2
general_log = ON
general_log_file = {log}
"""
STATUS_VERB = """  status)
\tstatus_of_proc -p /var/run/$NAME.pid "$DAEMON" "$NAME" || exit $?
\t;;
  *)
"""


def write(path, text, mode=0o644):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    data = text if isinstance(text, bytes) else text.encode()
    with open(path, "wb") as file:
        file.write(data)
    os.chmod(path, mode)


def make_secrets(lab):
    """Fresh for every lab: a password that shows up anywhere can be told from chance."""
    names = ("hotdb", "config-db", "app", "ssh-root")
    made = {name: secrets.token_hex(12) for name in names}
    made["vrrp"] = secrets.token_hex(4)
    write(f"{lab.directory}/secrets.json", json.dumps(made), 0o600)


def make_keys(lab):
    """Host keys and the operator's key, outside the hosts."""
    os.makedirs(f"{lab.directory}/keys", mode=0o700)
    running = [subprocess.Popen(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", f"root@{name}", "-f", f"{lab.directory}/keys/{name}"],
                                stdin=subprocess.DEVNULL) for name in (*HOSTS, "operator")]
    for process in running:
        if process.wait(timeout=10) != 0:
            raise hosts.LabError("ssh-keygen failed")


def key(lab, name):
    with open(f"{lab.directory}/keys/{name}", encoding="ascii") as file:
        return file.read()


def every_host(lab, host):
    root, told = lab.root(host), lab.secrets()
    write(f"{root}/etc/hostname", host + "\n")
    write(f"{root}/etc/hosts", hosts.hosts_file())
    write(f"{root}/etc/resolv.conf", "")
    write(f"{root}/etc/passwd", account_file(f"{root}/etc/passwd", f"hotdb:x:{HOTDB_UID}:{HOTDB_UID}::/home/hotdb:/bin/bash"))
    write(f"{root}/etc/group", account_file(f"{root}/etc/group", f"hotdb:x:{HOTDB_UID}:"))
    crypted = subprocess.run(["openssl", "passwd", "-6", "-stdin"], input=told["ssh-root"], capture_output=True, text=True, check=True)
    with open(f"{root}/etc/shadow", encoding="ascii") as file:
        shadow = re.sub(r"^root:[^:]*:", lambda _: f"root:{crypted.stdout.strip()}:", file.read(), flags=re.M)
    write(f"{root}/etc/shadow", shadow, 0o640)
    ssh_files(lab, host)
    os.makedirs(f"{root}/run/lock", exist_ok=True)
    os.chmod(f"{root}/run/lock", 0o1777)
    if os.path.exists(f"{root}/usr/sbin/policy-rc.d"):
        os.unlink(f"{root}/usr/sbin/policy-rc.d")


def ssh_files(lab, host):
    """What makes `ssh HOST` work. True when a running sshd must begin anew to see it."""
    root = lab.root(host)
    files = {"/etc/ssh/sshd_config": (SSHD_CONFIG, 0o644), "/etc/ssh/ssh_host_ed25519_key": (key(lab, host), 0o600),
             "/etc/ssh/ssh_host_ed25519_key.pub": (key(lab, f"{host}.pub"), 0o644),
             "/root/.ssh/authorized_keys": (key(lab, "operator.pub"), 0o600)}
    changed = False
    for name, (text, mode) in files.items():
        if not os.path.exists(root + name) or packages.read(root + name) != text.encode():
            changed = changed or name.startswith("/etc")
            write(root + name, text, mode)
    os.chmod(f"{root}/root/.ssh", 0o700)
    os.makedirs(f"{root}/run/sshd", mode=0o755, exist_ok=True)
    return changed


def account_file(path, line):
    with open(path, encoding="utf-8") as file:
        kept = [old for old in file.read().splitlines() if not old.startswith("hotdb:")]
    return "\n".join([*kept, line]) + "\n"


def control(lab):
    """The operator's host: keys for all others, secrets, packages."""
    root, told = lab.root("control"), lab.secrets()
    write(f"{root}/root/.ssh/id_ed25519", key(lab, "operator"), 0o600)
    write(f"{root}/root/.ssh/id_ed25519.pub", key(lab, "operator.pub"))
    config, known = "", ""
    for host, address in ADDRESSES.items():
        config += f"Host {host}\n  HostName {address}\n  User root\n  IdentityFile ~/.ssh/id_ed25519\n\n"
        known += f"{host},{address} {' '.join(key(lab, host + '.pub').split()[:2])}\n"
    write(f"{root}/root/.ssh/config", config, 0o600)
    write(f"{root}/root/.ssh/known_hosts", known, 0o600)
    for name, value in told.items():
        write(f"{root}/root/secrets/{name}", value + "\n", 0o600)
    os.chmod(f"{root}/root/secrets", 0o700)
    packages.build(root + UPGRADE_DIRECTORY)
    write(f"{root}/root/site.yaml", site_file(root + UPGRADE_DIRECTORY))


def site_file(packages_directory):
    """The example site of the lab, with the sums of the packages as they were built just now."""
    with open(f"{SOURCE}/configs/sites/lab.yaml", encoding="utf-8") as file:
        text = file.read()
    for parameter, start in (("package_sha256", "hotdb-server-2.5.6"), ("jdk_sha256", "OpenJDK8U")):
        name = next(n for n in os.listdir(packages_directory) if n.startswith(start) and n.endswith(".sha256"))
        with open(f"{packages_directory}/{name}", encoding="ascii") as file:
            digest = file.read().split()[0]
        text = re.sub(rf'{parameter}: .*', f"{parameter}: {digest}", text)
    return text


def server_xml(lab, host):
    """The node's own values over the release's."""
    told = lab.secrets()
    url = f"jdbc:mysql://{ADDRESSES['config-db']}:3306/hotdb_config"
    number = NODES.index(host)
    own = {"url": url, "username": "hotdb_config", "password": told["config-db"],
           "bakUrl": url, "bakUsername": "hotdb_config", "bakPassword": told["config-db"],
           "haState": "master" if number == 0 else "backup",
           "haNodeHost": "" if number == 0 else f"{ADDRESSES[NODES[0]]}:3325",
           "serverId": str(number + 1), "clusterHost": ADDRESSES[host], "clusterNetwork": "10.89.0.0/24",
           "processors": "8", "maxConnections": "3000", "recordSql": "true"}
    text = packages.release_files("2.5.4")["conf/server.xml"].decode()
    for name, value in own.items():
        text, found = re.subn(rf'(<property name="{name}">)[^<]*(</property>)', lambda m: m[1] + value + m[2], text)
        if found != 1:
            raise hosts.LabError(f"server.xml has {found} properties {name}")
    return text.encode()


def hotdb_trees(lab, host):
    """Path and content of everything under /usr/local/hotdb at the beginning."""
    files = {f"hotdb-server/{name}": data for name, data in packages.release_files("2.5.4").items()}
    files["hotdb-server/conf/server.xml"] = server_xml(lab, host)
    script = files["hotdb-server/bin/hotdb_server"]
    files["hotdb-server/bin/hotdb_server"] = script.replace(b"-Xms4G -Xmx4G -XX:MaxDirectMemorySize=24G",
                                                            b"-Xms512M -Xmx512M -XX:MaxDirectMemorySize=1G")
    log = files["hotdb-server/conf/log4j2.xml"]
    files["hotdb-server/conf/log4j2.xml"] = log.replace(b'name="maxFiles">100', b'name="maxFiles">30')
    files["hotdb-server/ndbsql_data/README"] = b"A node's NDB SQL data: carried along by an upgrade.\n"
    files.update({f"jdk/{name}": data for name, data in packages.jdk_files("7").items()})
    return files


def install_node(lab, host):
    """The HotDB installation, keepalived's file and the emulator's own state, as they are at the beginning."""
    root = lab.root(host)
    base = root + HOTDB_ROOT
    for name, data in hotdb_trees(lab, host).items():
        write(f"{base}/{name}", data, 0o755 if "/bin/" in name else 0o644)
    os.makedirs(f"{root}{HOME}/logs", exist_ok=True)
    os.makedirs(f"{root}{HOME}/lib/classes", exist_ok=True)
    os.symlink("/usr/local/mysql-cluster-gpl-7.5.12-linux-glibc2.12-x86_64", f"{root}{HOME}/ndbsql_bin")
    for parent, directories, files in os.walk(base):
        for name in (*directories, *files, "."):
            os.chown(os.path.join(parent, name), HOTDB_UID, HOTDB_UID, follow_symlinks=False)
    role = "master" if host == NODES[0] else "backup"
    remove_tree(f"{root}/etc/keepalived")
    write(f"{root}{keepalived.FILE}", keepalived.configuration(role, lab.secrets()["vrrp"]))
    write(f"{root}{SECRET_FILE}", lab.secrets()["hotdb"] + "\n", 0o600)
    clear_node_state(root)


def clear_node(root):
    """Takes away what a run may have left on a node, so that install_node can begin anew."""
    for directory in (root + HOTDB_ROOT, f"{root}/tmp", f"{root}/var/spool/interlock"):
        empty_directory(directory)
    for directory in (root + JDK8_ROOT, f"{root}/etc/keepalived", f"{root}/var/lib/interlock"):
        remove_tree(directory)


def clear_node_state(root):
    remove_tree(root + EMULATOR_STATE)
    os.makedirs(root + EMULATOR_STATE)
    if os.path.exists(root + FAULTS_FILE):
        os.unlink(root + FAULTS_FILE)


def prepare_keepalived(lab, host):
    """Debian's init script has no `status`, which the runbook asks for: the lab's hosts get that verb added."""
    path = f"{lab.root(host)}/etc/init.d/keepalived"
    with open(path, encoding="utf-8") as file:
        script = file.read()
    if "status)" not in script:
        head, _, tail = script.rpartition("  *)\n")
        write(path, head + STATUS_VERB + tail, 0o755)
    write(f"{lab.root(host)}/etc/default/keepalived", 'DAEMON_ARGS="-D"\n')


def prepare_database(lab):
    root = lab.root("config-db")
    write(f"{root}/etc/mysql/mariadb.conf.d/99-lab.cnf", MARIADB_CONFIG.format(log=GENERAL_LOG))
    hosts.run(lab, "config-db", ["install", "-d", "-o", "mysql", "-g", "mysql", "/run/mysqld", "/var/log/mysql", "/var/lib/mysql"])
    hosts.run(lab, "config-db", [
        "mariadb-install-db", "--user=mysql", "--datadir=/var/lib/mysql", "--skip-test-db",
        "--auth-root-authentication-method=socket", "--skip-log-bin", "--innodb-log-file-size=8M"])
