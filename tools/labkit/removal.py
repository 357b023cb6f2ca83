"""Removing trees without ever leaving their file system.

A host's /tmp may hold, as a bind mount, the very source tree the lab runs from: what is mounted is not ours to
remove. Directories decide (files of an overlay carry other device numbers).
"""
import contextlib
import os


def empty_directory(directory):
    """Removes what is in `directory`, but no mount point, nothing below one and nothing on the way to one."""
    try:
        device = os.lstat(directory).st_dev
    except FileNotFoundError:
        return
    _empty(directory, device)


def remove_tree(directory):
    """The same, with the directory itself. A missing one is fine; a symbolic link is not followed."""
    if os.path.islink(directory) or not os.path.isdir(directory):
        with contextlib.suppress(FileNotFoundError):
            os.unlink(directory)
        return
    empty_directory(directory)
    with contextlib.suppress(OSError):
        os.rmdir(directory)


def _empty(directory, device):
    with os.scandir(directory) as entries:
        entries = list(entries)
    for entry in entries:
        if not entry.is_dir(follow_symlinks=False):
            os.unlink(entry.path)
        elif entry.stat(follow_symlinks=False).st_dev == device and not os.path.ismount(entry.path):
            _empty(entry.path, device)
            with contextlib.suppress(OSError):  # a mount point lies below
                os.rmdir(entry.path)
