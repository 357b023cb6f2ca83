"""up, down, status, reset."""
import concurrent.futures
import fcntl
import os
import time

from . import database, faults, hosts, layout, network, provision, services
from .layout import ADDRESSES, HOSTS, MANAGER_PORT, NODES, SERVICE_PORT, LabError
from .removal import empty_directory, remove_tree


def together(*tasks):
    """Runs the tasks at the same time; the first failure is the result, when all have ended."""
    with concurrent.futures.ThreadPoolExecutor(len(tasks)) as pool:
        for future in [pool.submit(*task) for task in tasks]:
            future.result()


def locked(lab):
    """up, down and reset of one lab exclude each other; the kernel lets go when the process ends."""
    fd = os.open(lab.directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise LabError(f"lab {lab.name!r} is being made, reset or taken down by another process") from None
    return fd


def up(lab):
    began = time.monotonic()
    os.makedirs(layout.STATE_ROOT, exist_ok=True)
    try:
        os.mkdir(lab.directory)
    except FileExistsError:
        raise LabError(f"lab {lab.name!r} is there already (tools/lab down --name {lab.name})") from None
    locked(lab)
    os.mkdir(lab.share)
    os.chmod(lab.share, 0o777)
    provision.make_secrets(lab)
    together((provision.make_keys, lab), (network.build, lab))
    together((make_database, lab), (make_control, lab), *((make_node, lab, host) for host in NODES))
    services.start_pair(lab)
    forget_counts(lab)
    layout.say(f"lab {lab.name!r} is up after {time.monotonic() - began:.1f} s")


def make_database(lab):
    hosts.make(lab, "config-db")
    provision.every_host(lab, "config-db")
    services.start_sshd(lab, "config-db")
    provision.prepare_database(lab)
    services.start_database(lab)
    database.fill(lab)


def make_control(lab):
    hosts.make(lab, "control")
    provision.every_host(lab, "control")
    provision.control(lab)
    services.start_sshd(lab, "control")


def make_node(lab, host):
    hosts.make(lab, host)
    provision.every_host(lab, host)
    provision.prepare_keepalived(lab, host)
    provision.install_node(lab, host)
    services.start_sshd(lab, host)


def forget_counts(lab):
    """Counting begins when the initial state stands."""
    for host in NODES:
        events = lab.root(host) + layout.EVENTS_FILE
        if os.path.exists(events):
            os.truncate(events, 0)
    database.forget_log(lab)


def down(lab):
    fd = locked(lab) if lab.stands() else None
    hosts.end(lab.name)
    network.remove(lab)
    remove_tree(lab.directory)
    if fd is not None:
        os.close(fd)
    try:
        os.rmdir(layout.STATE_ROOT)
    except OSError:
        pass  # another lab is there, or none ever was
    if lab.stands():
        raise LabError(f"{lab.directory} cannot be removed")


def status(lab):
    if not lab.stands():
        raise LabError(f"there is no lab {lab.name!r}")
    standing = hosts.running(lab)
    for host in HOSTS:
        if host not in standing:
            print(f"{host:10} {ADDRESSES[host]:12} does not run")
            continue
        words = ["vip" if services.has_vip(lab, host) else ""]
        if host in NODES:
            words += [f"{port} {'open' if services.open_on(lab, host, port) else 'closed'}" for port in (SERVICE_PORT, MANAGER_PORT)]
            words.append("keepalived " + ("runs" if services.keepalived_pid(lab, host) else "does not run"))
        elif host == "config-db":
            words.append("3306 " + ("open" if services.open_on(lab, host, 3306) else "closed"))
        print(f"{host:10} {ADDRESSES[host]:12} {', '.join(word for word in words if word)}")
    return 0 if len(standing) == len(HOSTS) else 1


def reset(lab):
    began = time.monotonic()
    if not lab.stands():
        raise LabError(f"there is no lab {lab.name!r}")
    locked(lab)
    faults.heal_all(lab)
    together((reset_database, lab), (reset_control, lab), *((reset_node, lab, host) for host in NODES))
    services.start_pair(lab)
    forget_counts(lab)
    layout.say(f"lab {lab.name!r} is reset after {time.monotonic() - began:.1f} s")


def reset_node(lab, host):
    services.stop_node_host(lab, host)
    root = lab.root(host)
    provision.clear_node(root)
    provision.install_node(lab, host)
    truncate(f"{root}/var/log/syslog")
    ensure_sshd(lab, host)


def reset_database(lab):
    services.ensure_database(lab)
    database.fill(lab)
    root = lab.root("config-db")
    empty_directory(f"{root}/tmp")
    remove_tree(f"{root}/var/backups/interlock")
    ensure_sshd(lab, "config-db")


def reset_control(lab):
    root = lab.root("control")
    for directory in ("/tmp", "/root"):
        empty_directory(root + directory)
    provision.control(lab)
    ensure_sshd(lab, "control")


def ensure_sshd(lab, host):
    """An sshd with the lab's keys listens. Sessions that are open live on."""
    if provision.ssh_files(lab, host):
        services.stop_sshd(lab, host)
    if not services.open_on(lab, host, 22):
        services.start_sshd(lab, host)


def truncate(path):
    if os.path.exists(path):
        os.truncate(path, 0)
