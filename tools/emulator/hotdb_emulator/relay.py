"""The service port: relays MySQL clients to the real server behind, and follows what they do.

One asyncio event loop, no threads. The server's greeting is rewritten: HotDB's version string, and neither TLS,
compression nor the newer result format is offered, so that commands can be read and result sets end with EOF.
"""
import asyncio
import itertools

import wire
from sessions import Session

CONNECT_LIMIT_S = 2.0
BACKLOG = 512
HIDDEN = wire.SSL | wire.COMPRESS | wire.DEPRECATE_EOF
HEADER_BYTES = 4
READ_BYTES = 4096


class Framer:
    """Splits a byte stream into packets and hands out the beginning of each."""

    def __init__(self, take):
        self._take = take
        self._kept = bytearray()
        self._skip = 0

    def feed(self, data):
        self._kept += data
        while True:
            if self._skip:
                dropped = min(self._skip, len(self._kept))
                del self._kept[:dropped]
                self._skip -= dropped
            if self._skip or len(self._kept) < HEADER_BYTES:
                return
            size = int.from_bytes(self._kept[:3], "little")
            wanted = min(size, READ_BYTES)
            if len(self._kept) < HEADER_BYTES + wanted:
                return
            if wanted:
                self._take(self._kept[3], bytes(self._kept[HEADER_BYTES:HEADER_BYTES + wanted]))
            del self._kept[:HEADER_BYTES + wanted]
            self._skip = size - wanted


class Side(asyncio.Protocol):
    """One of the two connections of a session; what arrives is written to the other."""

    def __init__(self, link, is_client):
        self.link, self.is_client = link, is_client
        self.transport = None

    def connection_made(self, transport):
        self.transport = transport
        if self.is_client:
            self.link.client_came(transport)

    def data_received(self, data):
        self.link.carry(data, self.is_client)

    def connection_lost(self, _cause):
        self.link.close()

    def pause_writing(self):
        self.link.other(self).pause_reading()

    def resume_writing(self):
        other = self.link.other(self)
        if not other.is_closing():
            other.resume_reading()


class Link:
    """One client, its connection to the server behind, and its session."""

    def __init__(self, relay, number):
        self.relay, self.number = relay, number
        self.client, self.server = Side(self, True), Side(self, False)
        self.session = None
        self._greeted = False
        self._held = bytearray()
        self._frames = Framer(self._client_packet)
        self._closed = False

    def other(self, side):
        return (self.server if side.is_client else self.client).transport

    def client_came(self, transport):
        self.session = Session(self.number, transport.get_extra_info("peername"))
        self.relay.links[self.number] = self
        transport.pause_reading()
        self._connecting = asyncio.ensure_future(self._connect_behind())

    async def _connect_behind(self):
        target = self.relay.node.target()
        try:
            if target is None:
                raise OSError("no usable data source")
            loop = asyncio.get_running_loop()
            await asyncio.wait_for(loop.create_connection(lambda: self.server, *target), CONNECT_LIMIT_S)
        except (OSError, asyncio.TimeoutError) as cause:
            if not self._closed:
                self.client.transport.write(wire.packet(0, wire.error(10238, f"datasource unusable: {cause or 'timed out'}")))
                self.client.transport.close()
            return
        if self._closed:
            self.server.transport.abort()
            return
        self.client.transport.resume_reading()

    def carry(self, data, from_client):
        if from_client:
            self.session.bytes_in += len(data)
            self._frames.feed(data)
            self.server.transport.write(data)
            return
        self.session.bytes_out += len(data)
        if self._greeted:
            self.client.transport.write(data)
            return
        self._held += data
        size = int.from_bytes(self._held[:3], "little") if len(self._held) >= HEADER_BYTES else None
        if size is not None and len(self._held) >= HEADER_BYTES + size:
            self._greeted = True
            first, rest = bytes(self._held[HEADER_BYTES:HEADER_BYTES + size]), bytes(self._held[HEADER_BYTES + size:])
            self.client.transport.write(wire.packet(self._held[3], self._rewritten(first)) + rest)
            self._held.clear()

    def _rewritten(self, payload):
        if payload[:1] != b"\x0a":
            return payload
        server = wire.Greeting(payload)
        self.session.backend_thread = server.connection_id
        capabilities = (server.capabilities | wire.LONG_PASSWORD) & ~HIDDEN
        return wire.greeting(self.relay.version, server.connection_id, server.salt, capabilities, server.status)

    def _client_packet(self, sequence, payload):
        if sequence == 0:
            self.session.command(payload, self.relay.counts)
        elif sequence == 1 and not self.session.user and len(payload) > 32:
            try:
                told = wire.Login(payload)
            except (ValueError, IndexError):
                return
            self.session.user, self.session.schema = told.user, told.database

    def close(self):
        if self._closed:
            return
        self._closed = True
        self.relay.links.pop(self.number, None)
        for side in (self.client, self.server):
            if side.transport is not None:
                side.transport.close()

    def abort(self):
        for side in (self.client, self.server):
            if side.transport is not None:
                side.transport.abort()
        self.close()


class Relay:
    def __init__(self, node, version):
        self.node, self.version = node, version
        self.links = {}
        self.counts = {"select": 0, "insert": 0, "update": 0, "delete": 0, "other": 0}
        self._numbers = itertools.count(1)
        self._listener = None

    @property
    def is_open(self):
        return self._listener is not None

    async def open(self, port):
        loop = asyncio.get_running_loop()
        self._listener = await loop.create_server(
            lambda: Link(self, next(self._numbers)).client, "0.0.0.0", port, backlog=BACKLOG, reuse_address=True)

    def close(self):
        """Closes the port and drops its clients."""
        if self._listener is not None:
            self._listener.close()
            self._listener = None
        for link in list(self.links.values()):
            link.abort()

    def sessions(self):
        return [link.session for link in self.links.values()]
