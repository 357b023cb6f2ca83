"""The three ways a VIP moves, measured at a client, and the one way that is an outage."""
import time

from probe import GapMeter
from support import LAB, expect, manager, opened, reset, ssh, wait
from labkit import keepalived, services
from labkit.layout import HOME, SERVICE_PORT


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
