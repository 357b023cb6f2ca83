"""The management port: MySQL protocol, text queries only, one coroutine per client.

Knows the protocol; what the commands mean stands in commands.py. Prepared statements get an error.
"""
import asyncio
import itertools
import time

import commands
import wire

CAPABILITIES = (wire.LONG_PASSWORD | wire.LONG_FLAG | wire.CONNECT_WITH_DB | wire.PROTOCOL_41 | wire.TRANSACTIONS
                | wire.SECURE_CONNECTION | wire.PLUGIN_AUTH)
LOGIN_LIMIT_S = 10.0
USER = "root"


class Gone(Exception):
    """The client is gone, or speaks another protocol."""


class Conversation:
    """One client of the management port."""

    def __init__(self, number, reader, writer):
        self.id, self.reader, self.writer = number, reader, writer
        self.peer = writer.get_extra_info("peername") or ("", 0)
        self.user, self.schema, self.query = "", "", None
        self.began = time.time()

    async def receive(self):
        try:
            header = await self.reader.readexactly(4)
            return header[3], await self.reader.readexactly(int.from_bytes(header[:3], "little"))
        except (asyncio.IncompleteReadError, OSError) as cause:
            raise Gone(str(cause)) from cause

    async def send(self, data):
        self.writer.write(data)
        try:
            await self.writer.drain()
        except OSError as cause:
            raise Gone(str(cause)) from cause


class Manager:
    def __init__(self, node, version, password):
        self._node, self._version, self._password = node, version, password
        self._numbers = itertools.count(1)
        self._listener = None
        self._tasks = set()
        self.conversations = {}

    async def open(self, port):
        self._listener = await asyncio.start_server(self._serve, "0.0.0.0", port, reuse_address=True)

    def close(self):
        if self._listener is not None:
            self._listener.close()
            self._listener = None
        for task in list(self._tasks):
            task.cancel()

    async def _serve(self, reader, writer):
        task = asyncio.current_task()
        self._tasks.add(task)
        talk = Conversation(next(self._numbers), reader, writer)
        try:
            if self._node.faults.get("manager_hang"):
                await asyncio.Event().wait()
            if await asyncio.wait_for(self._login(talk), LOGIN_LIMIT_S):
                self.conversations[talk.id] = talk
                while await self._command(talk):
                    pass
        except (Gone, asyncio.TimeoutError, asyncio.CancelledError, ValueError, IndexError):
            pass
        finally:
            self._tasks.discard(task)
            self.conversations.pop(talk.id, None)
            writer.close()

    async def _login(self, talk):
        salt = wire.new_salt()
        await talk.send(wire.packet(0, wire.greeting(self._version, talk.id, salt, CAPABILITIES)))
        sequence, payload = await talk.receive()
        told = wire.Login(payload)
        proof = told.proof
        if told.capabilities & wire.PLUGIN_AUTH and told.plugin != wire.NATIVE:
            await talk.send(wire.packet(sequence + 1, b"\xfe" + wire.NATIVE + b"\0" + salt + b"\0"))
            sequence, proof = await talk.receive()
        expected = wire.scramble(self._password.encode(), salt)
        if told.user != USER or proof != expected or self._node.faults.get("deny_login"):
            given = "YES" if proof else "NO"
            text = f"Access denied for user '{told.user}'@'{talk.peer[0]}' (using password: {given})"
            await talk.send(wire.packet(sequence + 1, wire.error(1045, text, "28000")))
            return False
        talk.user, talk.schema = told.user, told.database
        await talk.send(wire.packet(sequence + 1, wire.ok()))
        return True

    async def _command(self, talk):
        _, payload = await talk.receive()
        code = payload[0] if payload else wire.COM_QUIT
        if code == wire.COM_QUIT:
            return False
        if code in (wire.COM_PING, wire.COM_INIT_DB):
            await talk.send(wire.packet(1, wire.ok()))
        elif code == wire.COM_QUERY:
            talk.query = payload[1:].decode("utf-8", "replace")
            await talk.send(await self._answer(talk))
        else:
            await talk.send(wire.packet(1, wire.error(1047, "Unknown command: the management port speaks text queries only", "08S01")))
        return True

    async def _answer(self, talk):
        try:
            reply = await commands.execute(self._node, talk)
        except commands.Refused as cause:
            return wire.packet(1, wire.error(cause.code, str(cause)))
        if isinstance(reply, str):
            return wire.packet(1, wire.ok(info=reply))
        return wire.result_set(*reply)
