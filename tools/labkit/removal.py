"""Removing trees without ever leaving their mount.

A host's /tmp may hold, as a bind mount, the very source tree the lab runs from: what is mounted is not ours to
remove. Device numbers cannot tell (a bind mount of the same file system has the same), mount ids can.
"""
import contextlib
import os


def mount_id(directory):
    fd = os.open(directory, os.O_PATH | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        with open(f"/proc/self/fdinfo/{fd}", encoding="ascii") as told:
            return next(line.split()[1] for line in told if line.startswith("mnt_id:"))
    finally:
        os.close(fd)


def empty_directory(directory):
    """Removes what is in `directory`, but no mount point, nothing below one and nothing on the way to one."""
    if os.path.isdir(directory) and not os.path.islink(directory):
        _empty(directory, mount_id(directory))


def remove_tree(directory):
    """The same, with the directory itself. A missing one is fine; a symbolic link is not followed."""
    if os.path.islink(directory) or not os.path.isdir(directory):
        with contextlib.suppress(FileNotFoundError):
            os.unlink(directory)
        return
    empty_directory(directory)
    with contextlib.suppress(OSError):
        os.rmdir(directory)


def _empty(directory, mount):
    with os.scandir(directory) as entries:
        entries = list(entries)
    for entry in entries:
        if not entry.is_dir(follow_symlinks=False):
            os.unlink(entry.path)
        elif mount_id(entry.path) == mount:
            _empty(entry.path, mount)
            with contextlib.suppress(OSError):  # a mount point lies below
                os.rmdir(entry.path)
