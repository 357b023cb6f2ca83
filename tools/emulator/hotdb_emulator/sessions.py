"""What one client of the service port does, followed from the commands it sends. Pure: bytes in, state out.

An open transaction is one that the client began and has not yet ended; autocommit off opens one with the
first statement. A transaction opened by a server-side prepared BEGIN is not seen.
"""
import re
import time

import wire

COMMENT = re.compile(r"\A(?:\s+|/\*.*?\*/|--[^\n]*\n|#[^\n]*\n)+", re.S)
AUTOCOMMIT = re.compile(r"\bautocommit\s*=\s*(\w+)", re.I)
DATA = {"select", "insert", "update", "delete", "replace", "call", "load"}
DEFINITION = {"create", "alter", "drop", "truncate", "rename"}
COUNTED = ("select", "insert", "update", "delete")
KEPT_CHARACTERS = 512


class Session:
    def __init__(self, number, peer):
        self.id, self.peer = number, peer
        self.user, self.schema = "", ""
        self.backend_thread = None
        self.autocommit = True
        self.trx_started = None
        self.query = None
        self.began = time.time()
        self.bytes_in = self.bytes_out = 0

    def command(self, payload, counts):
        """One command packet of the client; `counts` is the node's tally by verb."""
        code = payload[0]
        if code == wire.COM_QUERY:
            self._statement(payload[1:].decode("utf-8", "replace"), counts)
        elif code == wire.COM_INIT_DB:
            self.schema = payload[1:].decode("utf-8", "replace")
        elif code == wire.COM_STMT_EXECUTE:
            self._touches_data()
        elif code in (wire.COM_RESET_CONNECTION, wire.COM_CHANGE_USER):
            self.trx_started, self.autocommit = None, True

    def _statement(self, text, counts):
        text = COMMENT.sub("", text)
        self.query = text[:KEPT_CHARACTERS]
        words = text[:KEPT_CHARACTERS].lower().rstrip("; \n\t").split()
        verb = words[0] if words else ""
        counts[verb if verb in COUNTED else "other"] += 1
        if verb == "begin" or words[:2] == ["start", "transaction"]:
            self.trx_started = time.time()
        elif verb == "commit" or (verb == "rollback" and "to" not in words[1:3]) or verb in DEFINITION:
            self.trx_started = None
        elif verb == "set" and (match := AUTOCOMMIT.search(text)):
            self.autocommit = match[1].lower() not in ("0", "off", "false")
            if self.autocommit:
                self.trx_started = None
        elif verb == "use" and len(words) > 1:
            self.schema = words[1].strip("`;")
        elif verb in DATA:
            self._touches_data()

    def _touches_data(self):
        if not self.autocommit and self.trx_started is None:
            self.trx_started = time.time()
