"""What the emulator was told to do wrong. Read afresh at every question, so that a test may change it any time.

The file lies outside the installation, so that it outlives an upgrade. README.md lists the keys.
"""
import json

FILE = "/etc/hotdb-emulator.json"
KEYS = {
    "refuse_start", "start_late_s", "hang_start", "stop_hang", "crash_after_s", "manager_dies_after_s",
    "service_dies_after_s", "manager_hang", "deny_login", "online_opens_nothing", "online_late_s", "online_fail",
    "online_crash", "offline_fail", "reload_hang", "reload_fail", "config_check_error", "config_check_warning",
    "datasource_down", "replication_error", "wrong_version", "role", "online_ddl", "only_version",
}


class Faults:
    def __init__(self, version, file=FILE):
        self._version = version
        self._file = file

    def get(self, key):
        """The fault's value, or None when the node is to behave."""
        if key not in KEYS:
            raise KeyError(key)
        try:
            with open(self._file, encoding="utf-8") as file:
                told = json.load(file)
        except (OSError, ValueError):
            return None
        if told.get("only_version") not in (None, self._version):
            return None
        value = told.get(key)
        return None if value is False else value

    def seconds(self, key, otherwise=0.0):
        value = self.get(key)
        return otherwise if value is None else float(value)
