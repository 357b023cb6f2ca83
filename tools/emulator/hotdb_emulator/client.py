"""A blocking MySQL client on one socket: login, text queries, a deadline per operation. Standard library only.

Used by the compute node towards its config database and its peer, and by the notify script. Not for
applications: one statement at a time, results in memory.
"""
import socket

import wire


class SqlError(Exception):
    """The server's own refusal."""


class Client:
    def __init__(self, host, port, user, password, database="", timeout_s=5.0):
        self._socket = socket.create_connection((host, port), timeout=timeout_s)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._buffer = b""
        try:
            self.server = wire.Greeting(self._receive()[1])
            self._socket.sendall(wire.packet(1, wire.login(user, password, self.server, database)))
            self._finish_login(password)
        except BaseException:
            self._socket.close()
            raise

    def _finish_login(self, password):
        sequence, payload = self._receive()
        if payload[:1] == b"\xfe":
            plugin, _, salt = payload[1:].partition(b"\0")
            if plugin != wire.NATIVE:
                raise SqlError(f"the server wants {plugin.decode()}")
            proof = wire.scramble(password.encode(), salt.rstrip(b"\0"))
            self._socket.sendall(wire.packet(sequence + 1, proof))
            _, payload = self._receive()
        if payload[:1] != b"\0":
            raise SqlError(wire.describe_error(payload))

    def _receive(self):
        header = self._exactly(4)
        return header[3], self._exactly(int.from_bytes(header[:3], "little"))

    def _exactly(self, size):
        while len(self._buffer) < size:
            chunk = self._socket.recv(65536)
            if not chunk:
                raise ConnectionError("the server closed the connection")
            self._buffer += chunk
        data, self._buffer = self._buffer[:size], self._buffer[size:]
        return data

    def query(self, statement):
        """Column names and rows of strings (None for NULL); both empty for a statement without a result."""
        self._socket.sendall(wire.packet(0, bytes([wire.COM_QUERY]) + statement.encode()))
        _, first = self._receive()
        if first[:1] == b"\xff":
            raise SqlError(wire.describe_error(first))
        if first[:1] == b"\0":
            return [], []
        columns = []
        for _ in range(wire.read_lenenc_int(first, 0)[0]):
            columns.append(self._column_name(self._receive()[1]))
        self._receive()
        rows = []
        while True:
            _, payload = self._receive()
            if payload[:1] == b"\xff":
                raise SqlError(wire.describe_error(payload))
            if payload[:1] == b"\xfe" and len(payload) < 9:
                return columns, rows
            rows.append(self._row(payload, len(columns)))

    @staticmethod
    def _column_name(payload):
        at = 0
        for _ in range(5):
            value, at = wire.read_lenenc(payload, at)
        return value.decode()

    @staticmethod
    def _row(payload, width):
        at, row = 0, []
        for _ in range(width):
            value, at = wire.read_lenenc(payload, at)
            row.append(None if value is None else value.decode("utf-8", "replace"))
        return row

    def close(self):
        try:
            self._socket.sendall(wire.packet(0, bytes([wire.COM_QUIT])))
        except OSError:
            pass
        self._socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
