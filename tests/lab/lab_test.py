#!/usr/bin/python3 -B
"""Tests the lab itself: hosts, services, the ways a VIP moves, faults, reset, and that nothing is left behind.

usage: tests/lab/lab_test.py [NAME...]   as root; prints `ok NAME` or `FAIL NAME reason`; exit 1 when one failed.
Makes a lab of its own (`labtest`) and takes it down. Measured times are printed as `# …` lines.
"""
import hashlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from probe import SOURCE, Client, GapMeter, SqlError, namespaces  # noqa: E402
from labkit import keepalived, lifecycle, measures, packages, services  # noqa: E402
from labkit.layout import ADDRESSES, HOME, MANAGER_PORT, SERVICE_PORT, VIP, Lab  # noqa: E402

LAB = Lab("labtest")
TOOL = f"{SOURCE}/tools/lab"
CHILD_LIMIT_S = 90


def tool(*words, check=True, **kept):
    verb, rest = words[0], words[1:]
    done = subprocess.run([TOOL, verb, "--name", LAB.name, *rest], capture_output=True, text=True, timeout=CHILD_LIMIT_S, **kept)
    if check and done.returncode != 0:
        raise AssertionError(f"lab {' '.join(words)}: exit {done.returncode}: {done.stderr}{done.stdout}")
    return done


def on(host, script, check=True):
    return tool("exec", host, "--", "sh", "-c", script, check=check)


def ssh(host, script):
    return on("control", f"ssh -o BatchMode=yes {host} '{script}'").stdout


def expect(condition, text):
    if not condition:
        raise AssertionError(text)


def wait(what, holds, limit_s):
    services.wait_until(what, holds, limit_s)


def opened(host, port):
    return services.open_on(LAB, host, port)


def manager(host, statement):
    with namespaces.in_netns(LAB.netns_path("control")):
        with Client(ADDRESSES[host], MANAGER_PORT, "root", LAB.secrets()["hotdb"], timeout_s=3) as client:
            columns, rows = client.query(statement)
    return [dict(zip(columns, row)) for row in rows]


def refused(host, statement):
    try:
        manager(host, statement)
    except SqlError as cause:
        return str(cause)
    raise AssertionError(f"{statement} was not refused")


def reset():
    tool("reset")


# --- the hosts -----------------------------------------------------------------------------------

def test_exec_passes_streams_status_and_directory():
    done = tool("exec", "hotdb-2", "--", "sh", "-c", "hostname; pwd; cat; exit 7", check=False, input="fed", cwd=SOURCE)
    expect(done.returncode == 7, f"exit {done.returncode}")
    expect(done.stdout == f"hotdb-2\n{SOURCE}\nfed", repr(done.stdout))
    sleeper = subprocess.Popen([TOOL, "exec", "--name", LAB.name, "hotdb-2", "sh", "-c", "echo up; trap 'echo int; exit 9' INT; sleep 0.1;"
                                "while :; do sleep 0.05; done"], stdout=subprocess.PIPE, text=True)
    sleeper.stdout.readline()
    time.sleep(0.05)
    sleeper.send_signal(signal.SIGINT)
    out, _ = sleeper.communicate(timeout=5)
    expect((out, sleeper.returncode) == ("int\n", 9), f"SIGINT: {out!r} {sleeper.returncode}")
    expect(tool("exec", "hotdb-2", "--", "no-such-program", check=False).returncode == 127, "127 for a missing program")


def test_ssh_reaches_every_host_and_knows_its_key():
    for host in ADDRESSES:
        expect(ssh(host, "hostname").strip() == host, f"ssh {host}")
    on("hotdb-1", "rm /etc/ssh/ssh_host_ed25519_key*; ssh-keygen -q -t ed25519 -N '' -f /etc/ssh/ssh_host_ed25519_key;"
       "kill $(cat /run/sshd.pid); sleep 0.2; /usr/sbin/sshd")
    done = on("control", "ssh -o BatchMode=yes hotdb-1 true", check=False)
    expect(done.returncode == 255 and "IDENTIFICATION HAS CHANGED" in done.stderr, "a changed host key was taken")


def test_hosts_are_apart_and_the_source_is_for_reading():
    on("hotdb-1", "echo mine >/usr/local/own; touch /lab/shared")
    expect(on("hotdb-2", "test -e /usr/local/own", check=False).returncode != 0, "a file of hotdb-1 is on hotdb-2")
    expect(not os.path.exists("/usr/local/own"), "a file of hotdb-1 is on the machine")
    expect(os.path.exists(f"{LAB.share}/shared"), "/lab is not shared")
    expect(on("hotdb-2", f"touch {SOURCE}/x", check=False).returncode != 0, "a host may write into the source tree")
    expect(int(on("hotdb-1", "ls /proc | grep -c '^[0-9]'").stdout) < 30, "processes of the machine are seen")


def test_initial_state_is_the_runbooks():
    reset()
    expect_initial_state()


def expect_initial_state():
    expect(services.has_vip(LAB, "hotdb-1") and not services.has_vip(LAB, "hotdb-2"), "VIP")
    expect(opened("hotdb-1", SERVICE_PORT) and not opened("hotdb-2", SERVICE_PORT), "service port")
    for host, role, state in (("hotdb-1", "MASTER", "ON"), ("hotdb-2", "BACKUP", "OFF")):
        row = manager(host, "show @@server")[0]
        expect((row["role"], row["status"], row["version"]) == (role, state, "2.5.4"), str(row))
        expect(ssh(host, "keepalived -t && service keepalived status").find("is running") >= 0, "keepalived")
        expect([row for row in manager(host, "check @@datasource_config") if row["Level"] == "Error"] == [], "check")
        owner = ssh(host, f"stat -c %U:%G {HOME}/conf/server.xml").strip()
        expect(owner == "hotdb:hotdb", owner)


# --- the ways a VIP moves ------------------------------------------------------------------------

def moved(begin, limit_s):
    """Longest gap while `begin` makes the VIP go to hotdb-2 and hotdb-2 serve."""
    reset()
    with GapMeter(LAB) as meter:
        time.sleep(0.5)
        begin()
        wait("VIP on hotdb-2", lambda: services.has_vip(LAB, "hotdb-2"), limit_s)
        wait("3323 on hotdb-2", lambda: opened("hotdb-2", SERVICE_PORT), 5)
        time.sleep(0.5)
    expect(not services.has_vip(LAB, "hotdb-1"), "two holders")
    expect(not opened("hotdb-1", SERVICE_PORT), "two serve")
    expect(meter.attempts > 100, f"only {meter.attempts} attempts")
    return meter.longest_gap_s


def test_service_first_takes_the_runbooks_ten_seconds():
    gap = moved(lambda: ssh("hotdb-1", f"sh {HOME}/bin/hotdb_server stop"), 20)
    print(f"# gap service-first {gap:.2f} s")
    expect(7.0 < gap < 16.0, f"gap {gap:.2f} s")


def test_vip_first_takes_about_a_second():
    gap = moved(lambda: ssh("hotdb-1", "service keepalived stop"), 10)
    print(f"# gap vip-first {gap:.2f} s")
    expect(0.3 < gap < 2.0, f"gap {gap:.2f} s")


def test_priority_takes_about_half_a_second():
    gap = moved(lambda: ssh("hotdb-2", f'sed -i "s/priority 95/priority 110/" {keepalived.FILE} && service keepalived reload'), 10)
    print(f"# gap priority {gap:.2f} s")
    expect(0.3 < gap < 1.5, f"gap {gap:.2f} s")


def test_online_without_the_vip_is_an_outage():
    reset()
    manager("hotdb-2", "online")
    expect(opened("hotdb-2", SERVICE_PORT) and not opened("hotdb-1", SERVICE_PORT), "online does not take over")
    expect(services.has_vip(LAB, "hotdb-1"), "the VIP followed")


# --- the emulator --------------------------------------------------------------------------------

def test_clients_work_through_the_vip_with_a_real_client():
    reset()
    password = LAB.secrets()["app"]
    sql = "insert into visits (who) values (\"me\"); select who from visits; select repeat(\"x\", 10000000)"
    out = on("control", f"mariadb -N --max-allowed-packet=64M -h {VIP} -P {SERVICE_PORT} -uapp -p{password} app -e '{sql}'").stdout
    expect(out.startswith("me\n") and len(out) > 10000000, f"{len(out)} characters")
    done = on("control", f"mariadb -h {VIP} -P {SERVICE_PORT} -uapp -pwrong app -e 'select 1'", check=False)
    expect("1045" in done.stderr, done.stderr)
    expect("1045" in on("control", f"mariadb -h hotdb-1 -P {MANAGER_PORT} -uroot -pwrong -e 'show @@server'", check=False).stderr, "3325")


def test_open_transactions_are_seen():
    reset()
    with namespaces.in_netns(LAB.netns_path("control")):
        client = Client(VIP, SERVICE_PORT, "app", LAB.secrets()["app"], "app", 3)
    with client:
        def begun():
            return [row for row in manager("hotdb-1", "show @@session") if row["trx_started"] is not None]
        expect(begun() == [], "a transaction before there is one")
        for begin, end in (("BEGIN", "commit"), ("/* x */ start transaction", "ROLLBACK;"), ("set autocommit=0", "set autocommit=1")):
            client.query(begin)
            client.query("insert into visits (who) values ('t')")
            expect(len(begun()) == 1, f"not seen after {begin}")
            client.query(end)
            expect(begun() == [], f"still seen after {end}")
        client.query("begin")
        manager("hotdb-1", "offline")
        try:
            client.query("select 1")
            raise AssertionError("offline kept its client")
        except (OSError, SqlError):
            pass


def test_reload_copies_memory_and_check_finds_errors():
    reset()
    def twin():
        return services.database.sql(LAB, "select count(*) from hotdb_config.hotdb_datanode_running").stdout.strip()
    services.database.sql(LAB, "insert into hotdb_config.hotdb_datanode values (5, 'dn_05', 1, 0)")
    expect(twin() == "4", "the twin changed by itself")
    errors = [row for row in manager("hotdb-1", "check @@datasource_config") if row["Level"] == "Error"]
    expect([row["Value"] for row in errors] == ["dn_05"], str(errors))
    expect("1003 Reload config failure" in refused("hotdb-1", "reload @@config"), "reload of a wrong configuration")
    services.database.sql(LAB, "insert into hotdb_config.hotdb_datasource select 5, 5, 'ds_05', 1, 1, host, port, db from "
                          "hotdb_config.hotdb_datasource where datasource_id = 1")
    manager("hotdb-1", "reload @@config")
    expect(twin() == "5", "the twin did not follow")


def test_misbehaviours_do_what_they_say():
    reset()
    tool("fault", "hotdb-2", "misbehave", "reload_fail=broken", "config_check_error=bad", "deny_login=false", "wrong_version=9.9.9")
    expect("broken" in refused("hotdb-2", "reload @@config"), "reload_fail")
    expect(manager("hotdb-2", "check @@datasource_config")[0]["Message"] == "bad", "config_check_error")
    tool("fault", "hotdb-2", "misbehave", "online_opens_nothing=true")
    manager("hotdb-2", "online")
    expect(not opened("hotdb-2", SERVICE_PORT), "online_opens_nothing")
    start = f"sh {HOME}/bin/hotdb_server stop && sh {HOME}/bin/hotdb_server start"
    for fault in ("refuse_start=true", "hang_start=true", "start_late_s=3"):
        tool("fault", "hotdb-2", "behave")
        tool("fault", "hotdb-2", "misbehave", fault)
        on("hotdb-2", start)
        time.sleep(1.2)
        expect(not opened("hotdb-2", MANAGER_PORT), fault)
        alive = bool(services.processes(LAB, "hotdb-2", services.is_node))
        expect(alive != fault.startswith("refuse"), f"{fault}: alive {alive}")
    wait("the late start", lambda: opened("hotdb-2", MANAGER_PORT), 5)
    expect("KEY=VALUE" in tool("fault", "hotdb-2", "misbehave", "nonsense=1", check=False).stderr, "an unknown key was taken")
    counts = json.loads(tool("counts").stdout)
    expect((counts["hotdb-2"]["start"], counts["hotdb-2"]["stop"], counts["hotdb-2"]["online"]) == (3, 2, 1), str(counts))


def test_the_new_release_wants_java_8_and_a_licence():
    reset()
    unpack = (f"cd /usr/local/hotdb && sh hotdb-server/bin/hotdb_server stop && mv hotdb-server hotdb_server_254 && "
              f"tar -xf /root/new.tar.gz && cp hotdb_server_254/conf/server.xml hotdb-server/conf/ && "
              f"sh hotdb-server/bin/hotdb_server start")
    on("control", f"scp -q /root/upgrade/{packages.RELEASES['2.5.6']} hotdb-2:/root/new.tar.gz;"
       f"scp -q /root/upgrade/{packages.JDK8} hotdb-2:/root/jdk.tar.gz")
    on("hotdb-2", unpack)
    time.sleep(1.0)
    expect("UnsupportedClassVersionError" in on("hotdb-2", f"cat {HOME}/logs/console.log").stdout, "it ran with Java 7")
    on("hotdb-2", "mkdir -p /usr/local/jdk8 && tar -xf /root/jdk.tar.gz -C /usr/local/jdk8 && sed -i "
       "-e 's|^JAVA_BIN=.*|JAVA_BIN=/usr/local/jdk8/jdk8u252-b09/bin/java|' -e 's|^JAVA_VERSION=.*|JAVA_VERSION=\"1.8.0_252\"|' "
       f"{HOME}/bin/hotdb_server && sh {HOME}/bin/hotdb_server start")
    wait("2.5.6", lambda: opened("hotdb-2", MANAGER_PORT), 5)
    expect(manager("hotdb-2", "show @@server")[0]["version"] == "2.5.6", "version")
    expect(manager("hotdb-2", "show @@usbkey")[0]["node_limit"] == "16", "trial licence")
    rows = ",".join(f"({number},'dn_{number}',1,0)" for number in range(5, 18))
    services.database.sql(LAB, f"insert into hotdb_config.hotdb_datanode values {rows}")
    on("hotdb-2", f"sh {HOME}/bin/hotdb_server stop; sh {HOME}/bin/hotdb_server start")
    time.sleep(1.0)
    expect("17 data nodes, 16 licensed" in on("hotdb-2", f"cat {HOME}/logs/hotdb.log").stdout, "more nodes than licensed")
    expect(not opened("hotdb-2", MANAGER_PORT), "it started without a licence")


UPGRADE = f"""set -e
cd /usr/local/hotdb
mv hotdb-server hotdb_server_254
tar -xf /root/new.tar.gz -C /usr/local/hotdb
chown -R hotdb:hotdb hotdb-server
cp -rp hotdb_server_254/ndbsql* hotdb-server/
cp hotdb_server_254/conf/server.xml hotdb-server/conf/
mkdir -p /usr/local/jdk8
tar -xf /root/jdk.tar.gz -C /usr/local/jdk8
sed -i -e 's|^JAVA_BIN=.*|JAVA_BIN=/usr/local/jdk8/jdk8u252-b09/bin/java|' -e 's|^JAVA_VERSION=.*|JAVA_VERSION="1.8.0_252"|' \\
  hotdb-server/bin/hotdb_server
"""


def test_the_runbooks_upgrade_by_hand():
    """The whole chapter, with the VIP moved first; clients keep working, both nodes end at 2.5.6, roles swapped."""
    reset()
    on("control", f"for h in hotdb-1 hotdb-2; do scp -q /root/upgrade/{packages.RELEASES['2.5.6']} $h:/root/new.tar.gz;"
       f"scp -q /root/upgrade/{packages.JDK8} $h:/root/jdk.tar.gz; done")
    with GapMeter(LAB) as meter:
        on("control", "for v in 2.5.5 2.5.6; do mariadb -h config-db -uhotdb_config -p$(cat /root/secrets/config-db) hotdb_config "
           "</root/upgrade/sql/safe/$v.sql; done")
        on("hotdb-2", f"sh {HOME}/bin/hotdb_server stop; {UPGRADE} sh {HOME}/bin/hotdb_server start")
        wait("2.5.6 on hotdb-2", lambda: opened("hotdb-2", MANAGER_PORT), 5)
        on("hotdb-1", "service keepalived stop")
        wait("3323 on hotdb-2", lambda: opened("hotdb-2", SERVICE_PORT), 10)
        on("hotdb-1", f"sh {HOME}/bin/hotdb_server stop; {UPGRADE}")
        property_of = "s|(name=.{}.>)[^<]*|\\1{}|"
        for host, state, peer in (("hotdb-2", "master", ""), ("hotdb-1", "backup", f"{ADDRESSES['hotdb-2']}:3325")):
            on(host, f"sed -Ei -e '{property_of.format('haState', state)}' -e '{property_of.format('haNodeHost', peer)}' "
               f"{HOME}/conf/server.xml")
            services.provision.write(LAB.root(host) + keepalived.FILE, keepalived.configuration(state, LAB.secrets()["vrrp"]))
        on("hotdb-2", "service keepalived reload")
        on("hotdb-1", f"sh {HOME}/bin/hotdb_server start")
        wait("2.5.6 on hotdb-1", lambda: opened("hotdb-1", MANAGER_PORT), 5)
        on("hotdb-1", "service keepalived start")
        time.sleep(6)  # two advertisement timeouts and a check: nothing may move any more
    print(f"# gap of a whole upgrade by hand {meter.longest_gap_s:.2f} s")
    expect(meter.longest_gap_s < 2.0, f"gap {meter.longest_gap_s:.2f} s")
    expect(services.has_vip(LAB, "hotdb-2") and not services.has_vip(LAB, "hotdb-1"), "VIP")
    expect(opened("hotdb-2", SERVICE_PORT) and not opened("hotdb-1", SERVICE_PORT), "service port")
    rows = [manager(host, "show @@server")[0] for host in ("hotdb-1", "hotdb-2")]
    expect([row["version"] for row in rows] == ["2.5.6", "2.5.6"], str(rows))
    expect([row["role"] for row in rows] == ["BACKUP", "BACKUP"], "the running master carries the haState it booted with")
    manager("hotdb-2", "reload @@config")
    expect(manager("hotdb-2", "check @@datasource_config") == [], "check after the upgrade")
    counted = json.loads(tool("counts").stdout)
    expect((counted["hotdb-1"]["start"], counted["hotdb-2"]["online"]) == (1, 1), str(counted))


# --- faults, reset, cleanliness ------------------------------------------------------------------

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


def main(wanted):
    tests = {name: test for name, test in globals().items() if name.startswith("test_") and (not wanted or name in wanted)}
    failed = 0
    began = time.monotonic()
    subprocess.run([TOOL, "down", "--name", LAB.name], check=False)
    tool("up")
    print(f"# up {time.monotonic() - began:.1f} s", flush=True)
    try:
        for name, test in tests.items():
            try:
                test()
                print(f"ok {name}", flush=True)
            except Exception as cause:  # a test's failure, whatever it is, is told and the next one runs
                failed += 1
                print(f"FAIL {name} {type(cause).__name__}: {cause}", flush=True)
    finally:
        began = time.monotonic()
        lifecycle.down(LAB)
        print(f"# down {time.monotonic() - began:.1f} s")
    left = subprocess.run([TOOL, "check-clean", "--name", LAB.name], capture_output=True, text=True, timeout=CHILD_LIMIT_S)
    print("ok nothing_is_left_behind" if left.returncode == 0 else f"FAIL nothing_is_left_behind {left.stdout}")
    return 1 if failed or left.returncode != 0 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
