"""server.xml, the release, the licence and the places of one installation: read once, at start."""
import glob
import json
import os
import re
import xml.etree.ElementTree

SECRET_FILE = "/etc/hotdb-emulator.secret"
STATE_DIRECTORY = "/var/lib/hotdb-emulator"


class Release:
    """Which HotDB this package plays."""

    def __init__(self, home):
        with open(f"{home}/lib/hotdb_emulator/release.json", encoding="utf-8") as file:
            told = json.load(file)
        self.version, self.build = told["version"], told["build"]
        self.java, self.licence_scheme = told["java"], told["licence_scheme"]
        self.config_version = told["config_version"]


class Settings:
    def __init__(self, home):
        self.home = home
        tree = xml.etree.ElementTree.parse(f"{home}/conf/server.xml")
        self._values = {item.get("name"): (item.text or "").strip() for item in tree.iter("property")}

    def text(self, name, otherwise=""):
        return self._values.get(name, "") or otherwise

    def number(self, name, otherwise):
        return int(self.text(name, str(otherwise)))

    @property
    def is_master(self):
        return self.text("haState", "master") == "master"

    @property
    def service_port(self):
        return self.number("serverPort", 3323)

    @property
    def manager_port(self):
        return self.number("managerPort", 3325)

    @property
    def peer(self):
        """(host, management port) of the other node, or None."""
        host, _, port = self.text("haNodeHost").partition(":")
        return (host, int(port or 3325)) if host else None

    def config_databases(self):
        """(host, port, database, user, password) of the config databases in the order in which they are tried."""
        found = []
        for prefix in ("", "bak"):
            url, user, password = (("url", "username", "password") if not prefix else ("bakUrl", "bakUsername", "bakPassword"))
            match = re.match(r"jdbc:mysql://([^:/]+)(?::(\d+))?/([^?]+)", self.text(url))
            if match:
                entry = (match[1], int(match[2] or 3306), match[3], self.text(user), self.text(password))
                if entry not in found:
                    found.append(entry)
        return found


def licensed_nodes(home, scheme):
    """Nodes and days of the best key of that scheme in keys/, or (0, 0). Keys of another scheme do not count."""
    best = (0, 0)
    for path in sorted(glob.glob(f"{home}/keys/*")):
        if not os.path.isfile(path):
            continue
        with open(path, encoding="utf-8", errors="replace") as file:
            told = dict(line.strip().split("=", 1) for line in file if "=" in line and not line.startswith("#"))
        if told.get("scheme") == scheme:
            best = max(best, (int(told.get("nodes", 0)), int(told.get("days", 0))))
    return best


def manager_password():
    with open(SECRET_FILE, encoding="utf-8") as file:
        return file.read().strip()
