"""The HotDB emulator: clients, transactions, reload, misbehaviour, releases, a whole upgrade by hand."""
import json
import time

from probe import Client, GapMeter, SqlError, namespaces
from support import LAB, expect, manager, on, opened, refused, reset, tool, wait
from labkit import keepalived, packages, services
from labkit.layout import ADDRESSES, HOME, MANAGER_PORT, SERVICE_PORT, VIP


def test_clients_work_through_the_vip_with_a_real_client():
    reset()
    sql = "insert into visits (who) values (\"me\"); select who from visits; select repeat(\"x\", 10000000)"
    out = on("control", f"mariadb -N --max-allowed-packet=64M -h {VIP} -P {SERVICE_PORT} -uapp -p$(cat /root/secrets/app) app -e '{sql}'").stdout
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


def test_a_node_that_hangs_dies_or_denies():
    reset()
    def told(*faults):
        tool("fault", "hotdb-2", "behave")
        tool("fault", "hotdb-2", "misbehave", *faults)
    told("reload_hang=true")
    try:
        manager("hotdb-2", "reload @@config")
        raise AssertionError("reload_hang: it came back")
    except TimeoutError:
        expect("10186" in refused("hotdb-2", "reload @@config"), "a second reload was taken")
        manager("hotdb-2", "reset @@reloading")
    told("only_version=2.5.6", "deny_login=true")
    manager("hotdb-2", "show @@server")
    told("deny_login=true")
    expect("1045" in refused("hotdb-2", "show @@server"), "deny_login")
    told("online_fail=true")
    expect("10151" in refused("hotdb-2", "online"), "online_fail")
    told("online_late_s=1.5")
    began = time.monotonic()
    manager("hotdb-2", "online")
    expect(1.8 < time.monotonic() - began < 3, "online_late_s")
    told("datasource_down=true")
    with namespaces.in_netns(LAB.netns_path("control")):
        try:
            Client(ADDRESSES["hotdb-2"], SERVICE_PORT, "app", LAB.secrets()["app"], timeout_s=2)
            raise AssertionError("datasource_down: a client got in")
        except ValueError as cause:
            expect("10238" in str(cause), str(cause))
    told("service_dies_after_s=0")
    wait("3323 to close", lambda: not opened("hotdb-2", SERVICE_PORT), 3)
    told("stop_hang=true")
    done = on("hotdb-2", f"timeout 1 sh {HOME}/bin/hotdb_server stop", check=False)
    expect(done.returncode == 124, f"stop_hang: {done.returncode}")
    told("crash_after_s=0")
    wait("the crash", lambda: not services.processes(LAB, "hotdb-2", services.is_node), 3)


def test_a_node_that_follows_the_vip_by_itself():
    reset()
    on("hotdb-2", f"sed -i 's|name=\"VIP\">|&{VIP}|' {HOME}/conf/server.xml; sh {HOME}/bin/hotdb_server stop; sh {HOME}/bin/hotdb_server start")
    wait("3325", lambda: opened("hotdb-2", MANAGER_PORT), 5)
    expect(not opened("hotdb-2", SERVICE_PORT), "open without the VIP")
    tool("fault", "hotdb-2", "vip-add")
    wait("3323 with the VIP", lambda: opened("hotdb-2", SERVICE_PORT), 3)
    tool("fault", "hotdb-2", "vip-del")
    wait("3323 without the VIP", lambda: not opened("hotdb-2", SERVICE_PORT), 3)


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
