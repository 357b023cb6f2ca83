"""The node's log with the vendor's markers, and the counters that tests read. Appends; never rotates."""
import os
import time

from settings import STATE_DIRECTORY


class Journal:
    def __init__(self, home, version):
        os.makedirs(f"{home}/logs", exist_ok=True)
        os.makedirs(STATE_DIRECTORY, exist_ok=True)
        self._log = open(f"{home}/logs/hotdb.log", "a", encoding="utf-8", buffering=1)
        self._version = version

    def say(self, message, level="INFO", area="MANAGER"):
        now = time.time()
        stamp = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(now)) + f".{int(now * 1000) % 1000:03d}"
        try:
            self._log.write(f"{stamp} [{level}] [{area}] [{os.getpid()}] cn.hotpu.hotdb.HotdbStartup - {message}\n")
        except OSError:
            pass  # a full disk must not end the service, as it does not end log4j's

    def count(self, event):
        """One line per event; lines this short are appended whole."""
        line = f"{time.time():.3f} {event} {self._version} {os.getpid()}\n"
        fd = os.open(f"{STATE_DIRECTORY}/events.log", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            os.write(fd, line.encode())
        finally:
            os.close(fd)
