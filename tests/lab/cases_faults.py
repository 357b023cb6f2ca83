"""Faults and their undoing, sums and counts, reset from ruins, packages, and that nothing is left behind."""
import hashlib
import subprocess
import tempfile
import time

from support import CHILD_LIMIT_S, LAB, TOOL, expect, expect_initial_state, on, opened, reset, tool, wait
from labkit import measures, packages, services
from labkit.layout import SERVICE_PORT


def test_faults_of_hosts():
    reset()
    tool("fault", "hotdb-2", "disk-full")
    done = on("hotdb-2", "dd if=/dev/zero of=/usr/local/hotdb/big bs=64k count=8", check=False)
    expect("No space left" in done.stderr, "the disk is not full")
    tool("fault", "hotdb-2", "disk-free")
    on("hotdb-2", "dd if=/dev/zero of=/usr/local/hotdb/big bs=64k count=8")
    for kind in ("cut", "partition"):
        tool("fault", "hotdb-2", kind)
        expect(on("control", "ping -c1 -W1 hotdb-2", check=False).returncode != 0, f"{kind}: reachable")
        tool("fault", "hotdb-2", "heal")
        wait("ping after heal", lambda: on("control", "ping -c1 -W1 hotdb-2", check=False).returncode == 0, 5)
    tool("fault", "hotdb-1", "kill-keepalived")
    expect(services.has_vip(LAB, "hotdb-1"), "kill -9 took the VIP along")
    tool("fault", "hotdb-1", "vip-del")
    tool("fault", "hotdb-1", "vip-add")
    expect(services.has_vip(LAB, "hotdb-1"), "vip-add")


def test_a_crash_makes_the_backup_serve():
    reset()
    tool("fault", "hotdb-1", "crash")
    wait("VIP on hotdb-2", lambda: services.has_vip(LAB, "hotdb-2"), 20)
    wait("3323 on hotdb-2", lambda: opened("hotdb-2", SERVICE_PORT), 3)


def test_sums_and_counts_tell_what_changed():
    reset()
    before = measures.sums(LAB)
    on("hotdb-2", "echo '# x' >>/etc/keepalived/keepalived.conf")
    after = measures.sums(LAB)
    expect([host for host in before if before[host] != after[host]] == ["hotdb-2"], str(after))
    script = f"mariadb -h config-db -uhotdb_config -p$(cat /root/secrets/config-db) hotdb_config </root/upgrade/sql/safe/"
    on("control", f"{script}2.5.5.sql && {script}2.5.6.sql")
    expect(measures.sums(LAB)["config-db"] != before["config-db"], "upgrade SQL does not show in the sums")
    ran = measures.counts(LAB)["config-db"]["statements"]
    expect(len(ran) == 12 and set(ran.values()) == {1}, str(ran))
    again = on("control", f"{script}2.5.5.sql", check=False)
    expect(again.returncode != 0 and max(measures.counts(LAB)["config-db"]["statements"].values()) == 2, "a second run is not told")
    done = on("control", f"mariadb -h config-db -uhotdb_config -p$(cat /root/secrets/config-db) hotdb_config "
              f"</root/upgrade/sql/failing/2.5.6.sql", check=False)
    expect("1050" in done.stderr or "1060" in done.stderr, done.stderr)


def test_reset_mends_everything():
    reset()
    before = measures.sums(LAB)
    services.database.sql(LAB, "drop database hotdb_config; create database hotdb_config_scratch")
    on("hotdb-1", "rm -rf /usr/local/hotdb/*; kill $(cat /run/sshd.pid); rm -r /etc/keepalived; echo >/tmp/rest")
    on("hotdb-2", "mkdir -p /usr/local/jdk8/x; mv /usr/local/hotdb/hotdb-server /usr/local/hotdb/hotdb_server_254")
    for host, kind in (("hotdb-1", "vip-del"), ("hotdb-2", "vip-add"), ("hotdb-2", "disk-full"), ("hotdb-1", "kill-keepalived"),
                       ("hotdb-2", "cut"), ("config-db", "partition")):
        tool("fault", host, kind)
    on("config-db", "kill -9 $(cat /run/mysqld/mysqld.pid); rm -rf /var/lib/mysql/*", check=False)
    on("control", "rm -rf /root/.ssh /root/upgrade")
    began = time.monotonic()
    reset()
    print(f"# reset from ruins {time.monotonic() - began:.1f} s")
    expect(measures.sums(LAB) == before, "the sums differ")
    expect_initial_state()
    began = time.monotonic()
    reset()
    took = time.monotonic() - began
    print(f"# reset {took:.1f} s")
    expect(took < 5.0, f"reset took {took:.1f} s")


def test_packages_are_the_same_bytes_every_time():
    digests = []
    for _ in range(2):
        with tempfile.TemporaryDirectory() as directory:
            subprocess.run([TOOL, "packages", directory], check=True, timeout=CHILD_LIMIT_S)
            whole = hashlib.sha256()
            for name, path in packages.files_under(directory):
                whole.update(name.encode() + packages.read(path))
            digests.append(whole.hexdigest())
            good = subprocess.run(["sha256sum", "--quiet", "-c", f"{packages.RELEASES['2.5.6']}.sha256"], cwd=directory)
            bad = subprocess.run(["sha256sum", "--quiet", "-c", f"{packages.RELEASES['2.5.6']}.sha256"], cwd=f"{directory}/corrupt",
                                 capture_output=True)
            expect(good.returncode == 0 and bad.returncode != 0, "sums of good and corrupt packages")
    expect(digests[0] == digests[1], "different bytes")


def test_down_cleans_up_what_is_half_made():
    name = "labtest-half"
    for delay_s in (0.05, 0.15, 0.3, 0.6, 1.2):
        making = subprocess.Popen([TOOL, "up", "--name", name], stderr=subprocess.DEVNULL)
        time.sleep(delay_s)
        making.kill()
        making.wait()
        subprocess.run([TOOL, "down", "--name", name], check=True, timeout=CHILD_LIMIT_S)
        left = subprocess.run([TOOL, "check-clean", "--name", name], capture_output=True, text=True, timeout=CHILD_LIMIT_S)
        expect(left.returncode == 0, f"after {delay_s} s: {left.stdout}")
