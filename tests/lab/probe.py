"""A client of the lab's VIP: a new connection, login and `select 1` every few milliseconds, from the control host.

Pure Python; runs in a thread that has entered the control host's network namespace. `longest_gap_s` is the
longest time between the beginnings of two attempts that succeeded, one after the other.
"""
import os
import sys
import threading
import time

SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path[:0] = [f"{SOURCE}/tools", f"{SOURCE}/tools/emulator/hotdb_emulator"]
from client import Client, SqlError  # noqa: E402
from labkit import namespaces  # noqa: E402
from labkit.layout import SERVICE_PORT, VIP  # noqa: E402

PERIOD_S = 0.010
ATTEMPT_LIMIT_S = 0.1


class GapMeter:
    """Probes from `with` to its end."""

    def __init__(self, lab):
        self._netns, self._password = lab.netns_path("control"), lab.secrets()["app"]
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work, daemon=True)
        self.attempts, self.failures, self.longest_gap_s = 0, 0, 0.0

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        self._thread.join(timeout=5)

    def _work(self):
        with namespaces.in_netns(self._netns):
            last = time.monotonic()
            while not self._stop.is_set():
                began = time.monotonic()
                self.attempts += 1
                try:
                    with Client(VIP, SERVICE_PORT, "app", self._password, timeout_s=ATTEMPT_LIMIT_S) as client:
                        client.query("select 1")
                    self.longest_gap_s = max(self.longest_gap_s, began - last)
                    last = began
                except (OSError, SqlError, ValueError):
                    self.failures += 1
                self._stop.wait(max(0.0, PERIOD_S - (time.monotonic() - began)))
            self.longest_gap_s = max(self.longest_gap_s, time.monotonic() - last)
