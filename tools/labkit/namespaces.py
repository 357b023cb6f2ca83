"""Linux namespaces by libc: unshare, setns, mount, pivot_root.

Python 3.11 has no os.unshare/os.setns. Calls act on the calling thread (setns of a network namespace) or
process, as the kernel defines. It does not keep state and does not know what a lab is.
"""
import contextlib
import ctypes
import os
import signal
import socket

CLONE_NEWNS = 0x00020000
CLONE_NEWUTS = 0x04000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000

MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC = 1, 2, 4, 8
MS_REMOUNT, MS_BIND, MS_REC, MS_PRIVATE = 32, 4096, 16384, 1 << 18
MNT_DETACH = 2
PR_SET_PDEATHSIG = 1
PASSED_ON = {signal.SIGTERM, signal.SIGINT, signal.SIGHUP}
SI_USER = 0  # si_code of a signal that a process sent; the kernel's own are above
SYS_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}[os.uname().machine]

_libc = ctypes.CDLL(None, use_errno=True)


def _check(result, what):
    if result != 0:
        error = ctypes.get_errno()
        raise OSError(error, f"{what}: {os.strerror(error)}")


def unshare(flags):
    _check(_libc.unshare(ctypes.c_int(flags)), "unshare")


def setns(fd, kind):
    _check(_libc.setns(ctypes.c_int(fd), ctypes.c_int(kind)), "setns")


def mount(source, target, fstype=None, flags=0, data=None):
    def raw(text):
        return None if text is None else os.fsencode(text)
    _check(_libc.mount(raw(source), raw(target), raw(fstype), ctypes.c_ulong(flags), raw(data)), f"mount {target}")


def detach(target):
    _check(_libc.umount2(os.fsencode(target), MNT_DETACH), f"umount {target}")


def pivot_root(new, old):
    _check(_libc.syscall(SYS_PIVOT_ROOT, os.fsencode(new), os.fsencode(old)), "pivot_root")


def die_with_parent():
    """The calling process is killed when its parent ends."""
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


@contextlib.contextmanager
def in_netns(path):
    """The calling thread is in the network namespace at `path`; sockets made inside stay there."""
    home = os.open("/proc/thread-self/ns/net", os.O_RDONLY | os.O_CLOEXEC)
    try:
        there = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            setns(there, CLONE_NEWNET)
        finally:
            os.close(there)
        try:
            yield
        finally:
            setns(home, CLONE_NEWNET)
    finally:
        os.close(home)


def tcp_open(netns, host, port, timeout_s=0.3):
    """Whether a TCP connection from that network namespace is accepted."""
    with in_netns(netns):
        probe = socket.socket()
    with probe:
        probe.settimeout(timeout_s)
        return probe.connect_ex((host, port)) == 0


def owns_address(netns, address):
    """Whether `address` is configured in that network namespace: only then can a socket be bound to it."""
    with in_netns(netns):
        probe = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    with probe:
        try:
            probe.bind((address, 0))
        except OSError:
            return False
    return True


def run_inside(pid, argv, environment):
    """Forks into the namespaces of process `pid`, runs argv there, returns its exit status as a shell would.

    Standard streams are inherited. A SIGTERM, SIGINT or SIGHUP sent to this process is passed on; one that the
    terminal sends reaches the command by itself. The command is killed when this process ends; what it has put
    into the background lives on in the host.
    """
    working_directory = os.getcwd()
    for name, kind in (("net", CLONE_NEWNET), ("uts", CLONE_NEWUTS), ("pid", CLONE_NEWPID), ("mnt", CLONE_NEWNS)):
        fd = os.open(f"/proc/{pid}/ns/{name}", os.O_RDONLY | os.O_CLOEXEC)
        setns(fd, kind)
        os.close(fd)
    old_mask = signal.pthread_sigmask(signal.SIG_BLOCK, PASSED_ON | {signal.SIGCHLD})
    child = os.fork()
    if child == 0:
        signal.pthread_sigmask(signal.SIG_SETMASK, old_mask)
        _become(argv, working_directory, environment)
    while True:
        told = signal.sigwaitinfo(PASSED_ON | {signal.SIGCHLD})
        if told.si_signo == signal.SIGCHLD:
            ended, status = os.waitpid(child, os.WNOHANG)
            if ended:
                return 128 + os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
        elif told.si_code <= SI_USER:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, told.si_signo)


def _become(argv, working_directory, environment):
    die_with_parent()
    for number in (signal.SIGINT, signal.SIGPIPE):  # Python's own dispositions are not the command's
        signal.signal(number, signal.SIG_DFL)
    try:
        os.chdir(working_directory)
    except OSError:
        os.chdir("/root")
    try:
        os.execvpe(argv[0], argv, environment)
    except OSError as error:
        os.write(2, f"lab exec: {argv[0]}: {error.strerror}\n".encode())
    os._exit(127)
