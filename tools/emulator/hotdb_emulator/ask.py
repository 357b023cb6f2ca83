"""One management command on the local node: `ask.py PORT COMMAND`. Exit 0 when the node answers OK, else 1.

For bin/check_hotdb_process.sh. Its run time is part of an outage, so it imports next to nothing.
"""
import sys

from client import Client, SqlError

SECRET_FILE = "/etc/hotdb-emulator.secret"
LIMIT_S = 30.0

if __name__ == "__main__":
    try:
        with open(SECRET_FILE, encoding="utf-8") as file:
            password = file.read().strip()
        with Client("127.0.0.1", int(sys.argv[1]), "root", password, timeout_s=LIMIT_S) as node:
            node.query(sys.argv[2])
    except (OSError, SqlError, ValueError) as cause:
        sys.exit(f"{sys.argv[2]}: {cause}")
