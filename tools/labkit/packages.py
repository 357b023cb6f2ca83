"""The packages of an upgrade: two releases of the emulator, a stand-in for a JDK, upgrade SQL.

Deterministic: the same sources give the same bytes. Writes into one directory; knows no running lab.
"""
import gzip
import hashlib
import io
import os
import random
import shutil
import tarfile

from .layout import SOURCE

EMULATOR = f"{SOURCE}/tools/emulator"
RELEASES = {"2.5.4": "hotdb-server-2.5.4-ga-20190812.tar.gz", "2.5.6": "hotdb-server-2.5.6-ga-20200728.tar.gz"}
JDK8 = "OpenJDK8U-jdk_x64_linux_hotspot_8u252b09.tar.gz"
JDK_VERSIONS = {"7": "1.7.0_80", "8": "1.8.0_252"}
BUILD_TIME = 1595894400  # 2020-07-28, the build date of the newer release
BUILDER = 1601           # a user of the vendor's build machine: an unpacked tree needs its chown
JAR_BYTES = 512 * 1024   # incompressible, so that uploading and unpacking take room


class Archive:
    """A tar.gz with fixed times, owners and order."""

    def __init__(self):
        self._bytes = io.BytesIO()
        self._zip = gzip.GzipFile(filename="", mode="wb", fileobj=self._bytes, mtime=0, compresslevel=1)
        self._tar = tarfile.open(fileobj=self._zip, mode="w", format=tarfile.GNU_FORMAT)

    def directory(self, name):
        self._add(name, tarfile.DIRTYPE, 0o755, None)

    def file(self, name, data, executable=False):
        self._add(name, tarfile.REGTYPE, 0o755 if executable else 0o644, data)

    def _add(self, name, kind, mode, data):
        member = tarfile.TarInfo(name)
        member.type, member.mode, member.mtime = kind, mode, BUILD_TIME
        member.uid = member.gid = BUILDER
        member.uname = member.gname = "build"
        member.size = len(data or b"")
        self._tar.addfile(member, io.BytesIO(data or b""))

    def finish(self):
        self._tar.close()
        self._zip.close()
        return self._bytes.getvalue()


def read(path):
    with open(path, "rb") as file:
        return file.read()


def files_under(directory):
    for parent, directories, files in os.walk(directory):
        directories[:] = sorted(name for name in directories if name != "__pycache__")
        for name in sorted(files):
            path = os.path.join(parent, name)
            yield os.path.relpath(path, directory), path


def release_files(version):
    """Path in the installation and content of every file of a release."""
    files = {"lib/hotdb-server.jar": random.Random(version).randbytes(JAR_BYTES)}
    for name, path in files_under(f"{EMULATOR}/hotdb_emulator"):
        files[f"lib/hotdb_emulator/{name}"] = read(path)
    for source in (f"{EMULATOR}/home", f"{EMULATOR}/release-{version}"):
        for name, path in files_under(source):
            files["lib/hotdb_emulator/release.json" if name == "release.json" else name] = read(path)
    return files


def release_archive(version):
    archive = Archive()
    root = "hotdb-server"
    files = release_files(version)
    directories = {root, f"{root}/logs", f"{root}/lib/classes"}
    for name in files:
        parent = os.path.dirname(f"{root}/{name}")
        while parent:
            directories.add(parent)
            parent = os.path.dirname(parent)
    for name in sorted(directories):
        archive.directory(name)
    for name in sorted(files):
        archive.file(f"{root}/{name}", files[name], executable=name.startswith("bin/"))
    return archive.finish()


def jdk_files(generation):
    version = JDK_VERSIONS[generation]
    script = read(f"{EMULATOR}/jdk/java").replace(b"@VERSION@", version.encode())
    return {"bin/java": script, "release": f'JAVA_VERSION="{version}"\n'.encode()}


def jdk_archive():
    archive = Archive()
    root = "jdk8u252-b09"
    archive.directory(root)
    archive.directory(f"{root}/bin")
    for name, data in sorted(jdk_files("8").items()):
        archive.file(f"{root}/{name}", data, executable=name.startswith("bin/"))
    return archive.finish()


def corrupted(data):
    """The same length, some bytes in the middle of it wrong."""
    middle = len(data) // 2
    return data[:middle] + bytes(byte ^ 0x5A for byte in data[middle:middle + 64]) + data[middle + 64:]


def write_with_sum(directory, name, data, sum_of=None):
    os.makedirs(directory, exist_ok=True)
    with open(f"{directory}/{name}", "wb") as file:
        file.write(data)
    digest = hashlib.sha256(data if sum_of is None else sum_of).hexdigest()
    with open(f"{directory}/{name}.sha256", "w", encoding="ascii") as file:
        file.write(f"{digest}  {name}\n")


def build(directory):
    """Packages with their .sha256, corrupt/ (wrong bytes, right sum beside them), and sql/."""
    for version, name in RELEASES.items():
        data = release_archive(version)
        write_with_sum(directory, name, data)
        if version == "2.5.6":
            write_with_sum(f"{directory}/corrupt", name, corrupted(data), sum_of=data)
    write_with_sum(directory, JDK8, jdk_archive())
    for name, path in files_under(f"{EMULATOR}/sql"):
        if os.path.dirname(name):
            target = f"{directory}/sql/{name}"
            os.makedirs(os.path.dirname(target), exist_ok=True)
            shutil.copyfile(path, target)
