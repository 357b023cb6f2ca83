"""The first process of a lab host: makes the host's namespaces and mounts, then reaps and keeps its log.

Started as `python3 hostinit.py interlock-lab-init NAME HOST SPEC`, where SPEC is JSON (see hosts.py). The
starting process returns when the host stands; process 1 of the host lives until it is killed, and with it,
by the kernel, every process and mount of the host. It starts no service.
"""
import json
import os
import signal
import socket
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import namespaces as ns  # noqa: E402

DEVICES = ("null", "zero", "full", "random", "urandom", "tty")
LOG_DATAGRAM_BYTES = 8192


def mount_tmpfs(target, size, mode):
    os.makedirs(target, exist_ok=True)
    ns.mount("tmpfs", target, "tmpfs", ns.MS_NOSUID, f"size={size},mode={mode}")


def mount_devices(root):
    mount_tmpfs(f"{root}/dev", "1m", "755")
    for name in DEVICES:
        open(f"{root}/dev/{name}", "w").close()
        ns.mount(f"/dev/{name}", f"{root}/dev/{name}", None, ns.MS_BIND)
    os.mkdir(f"{root}/dev/pts")
    ns.mount("devpts", f"{root}/dev/pts", "devpts", ns.MS_NOSUID | ns.MS_NOEXEC, "newinstance,ptmxmode=0666,mode=620,gid=5")
    os.symlink("pts/ptmx", f"{root}/dev/ptmx")
    mount_tmpfs(f"{root}/dev/shm", "64m", "1777")
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        os.symlink(f"/proc/self/fd/{number}", f"{root}/dev/{name}")
    os.symlink("/proc/self/fd", f"{root}/dev/fd")


def build_root(spec):
    """An overlay over the machine's root, with what must be the host's own mounted over it."""
    base = spec["base"]
    ns.mount(None, "/", None, ns.MS_REC | ns.MS_PRIVATE)
    ns.mount("tmpfs", base, "tmpfs", 0, f"size={spec['disk']},mode=755")
    for part in ("upper", "work", "root"):
        os.mkdir(f"{base}/{part}")
    root = f"{base}/root"
    ns.mount("overlay", root, "overlay", 0, f"lowerdir=/,upperdir={base}/upper,workdir={base}/work")
    ns.mount("proc", f"{root}/proc", "proc", ns.MS_NOSUID | ns.MS_NODEV | ns.MS_NOEXEC)
    ns.mount("sysfs", f"{root}/sys", "sysfs", ns.MS_RDONLY | ns.MS_NOSUID | ns.MS_NODEV | ns.MS_NOEXEC)
    mount_devices(root)
    mount_tmpfs(f"{root}/run", "16m", "755")
    mount_tmpfs(f"{root}/tmp", "128m", "1777")
    mount_tmpfs(f"{root}/root", "128m", "700")
    for directory, size in spec["tmpfs"].items():
        mount_tmpfs(root + directory, size, "755")
    for source, target, writable in spec["binds"]:
        os.makedirs(root + target, exist_ok=True)
        ns.mount(source, root + target, None, ns.MS_BIND)
        if not writable:
            ns.mount(None, root + target, None, ns.MS_BIND | ns.MS_REMOUNT | ns.MS_RDONLY)
    os.makedirs(f"{root}/run/old", exist_ok=True)
    ns.pivot_root(root, f"{root}/run/old")
    os.chdir("/")
    ns.detach("/run/old")
    os.rmdir("/run/old")


def open_syslog():
    """Daemons speak to /dev/log; what they say is appended to the host's /var/log/syslog."""
    log = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    log.bind("/dev/log")
    os.chmod("/dev/log", 0o666)
    return log


def keep(log):
    while True:
        try:
            line = log.recv(LOG_DATAGRAM_BYTES)
        except OSError:
            continue
        with open("/var/log/syslog", "ab", buffering=0) as syslog:
            syslog.write(line.rstrip(b"\n\0") + b"\n")


def reap(_number, _frame):
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


def first_process(spec, ready):
    os.setsid()
    build_root(spec)
    socket.sethostname(spec["host"])
    os.umask(0o022)
    log = open_syslog()
    signal.signal(signal.SIGCHLD, reap)
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    null = os.open("/dev/null", os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)
    os.write(ready, b"+")
    os.close(ready)
    keep(log)


def main():
    spec = json.loads(sys.argv[4])
    # A host half made ends with the `up` that makes it; whole, it stands on its own.
    ns.die_with_parent()
    if os.getppid() != spec["parent"]:
        sys.exit("the lab's `up` has ended")
    netns = os.open(spec["netns"], os.O_RDONLY)
    ns.setns(netns, ns.CLONE_NEWNET)
    os.close(netns)
    # Opened before the namespaces are new: pivot_root takes this process along into the host's root.
    pidfile = open(spec["pidfile"], "w")
    ns.unshare(ns.CLONE_NEWNS | ns.CLONE_NEWUTS | ns.CLONE_NEWPID)
    told, ready = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(told)
        pidfile.close()
        first_process(spec, ready)
    os.close(ready)
    with pidfile:
        pidfile.write(f"{child}\n")
    if os.read(told, 1) != b"+":
        sys.exit(f"host {spec['host']} could not be made")
    os._exit(0)


if __name__ == "__main__":
    main()
