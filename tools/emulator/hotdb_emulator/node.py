"""A compute node of a master/backup pair: starts, opens and closes its ports, goes online and offline.

Owns the relay, the manager port and the memory of the config tables. One event loop; blocking work (config
database, peer) runs in worker threads. Cluster mode and disaster recovery are not played.
"""
import asyncio
import os
import signal
import socket
import time

import configdb
from client import Client, SqlError
from manager import Manager
from refused import Refused
from relay import Relay
from settings import licensed_nodes, manager_password

ONLINE_S = 0.4            # seen in the field between "VIP online start" and listening
PORTS_OPEN_AFTER_S = 0.5  # a real node takes longer; this is enough to be noticed
PEER_LIMIT_S = 1.5        # for telling the peer to go offline, best effort
STOP_TAKES_S = 0.1


class Node:
    def __init__(self, release, settings, faults, journal, java):
        self.release, self.settings, self.faults, self.journal, self.java = release, settings, faults, journal, java
        self.version = faults.get("wrong_version") or release.version
        self.role = "MASTER" if settings.is_master else "BACKUP"
        self.memory = None
        self.started = time.time()
        self.online_since = None
        self.reloaded = time.time()
        self.relay = Relay(self, f"5.7.23 HotDB-{self.version} HotDB Server by Hotpu Tech")
        self.manager = Manager(self, f"5.1.27-HotDB-{self.version} HotDB Manager by Hotpu Tech", manager_password())
        self._switching = asyncio.Lock()
        self._reloading = None
        self._stopped = asyncio.Event()

    def target(self):
        return None if self.faults.get("datasource_down") else self.memory.target()

    async def run(self):
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._asked_to_stop)
        await asyncio.sleep(PORTS_OPEN_AFTER_S + self.faults.seconds("start_late_s"))
        if self.faults.get("hang_start"):
            self.journal.say("waiting for a lock", area="INIT")
            await self._stopped.wait()
            return
        self.memory = await asyncio.to_thread(self._load_memory)
        self._check_licence()
        await self.manager.open(self.settings.manager_port)
        self.journal.say(f"HotDB-Manager listening on {self.settings.manager_port}", area="INIT")
        if self.settings.is_master and not self._follows_vip():
            await self._open_service()
        self.journal.count("started")
        background = [asyncio.ensure_future(task) for task in (self._follow_vip(), self._fail_in_time())]
        await self._stopped.wait()
        for task in background:
            task.cancel()

    def _load_memory(self):
        with configdb.connect(self.settings) as client:
            memory = configdb.read(client)
            if self.settings.is_master:
                configdb.write_twins(client)
        return memory

    def _check_licence(self):
        nodes, days = licensed_nodes(self.settings.home, self.release.licence_scheme)
        used = len(self.memory.datanodes)
        if used > nodes:
            raise configdb.Unusable(f"licence: {used} data nodes, {nodes} licensed; the node does not start")
        self.journal.say(f"licence: {used} of {nodes} data nodes, {days} days", area="INIT")

    async def _open_service(self):
        try:
            await self.relay.open(self.settings.service_port)
        except OSError as cause:
            raise Refused(10250, f"open service port failed: {cause}") from cause
        self.online_since = time.time()
        self.journal.count("service-open")
        self.journal.say(f"HotDB-Server listening on {self.settings.service_port}", area="INIT")

    def _close_service(self):
        if self.relay.is_open:
            self.relay.close()
            self.online_since = None
            self.journal.count("service-close")

    def _asked_to_stop(self):
        self.journal.count("stop")
        if self.faults.get("stop_hang"):
            self.journal.say("asked to stop, waiting for a lock", "WARN")
            return
        self.journal.say("begin to exit...")
        self._close_service()
        self.manager.close()
        asyncio.get_running_loop().call_later(STOP_TAKES_S, self._stopped.set)

    async def online(self, why="MANAGER"):
        async with self._switching:
            if self.relay.is_open:
                return
            self.journal.say(f"{why} online start")
            self.journal.count("online")
            if self.faults.get("online_fail"):
                raise Refused(10151, "online failed")
            if self.faults.get("online_crash"):
                os.kill(os.getpid(), signal.SIGKILL)
            began = time.monotonic()
            await asyncio.to_thread(self._send_peer_offline)
            spent = time.monotonic() - began
            await asyncio.sleep(max(0.0, ONLINE_S - spent) + self.faults.seconds("online_late_s"))
            if not self.faults.get("online_opens_nothing"):
                await self._open_service()
            self.journal.say(f"{why} online end")

    async def offline(self, asker, why="MANAGER"):
        self.journal.say(f"received offline command from:[{asker}]")
        self.journal.count("offline")
        async with self._switching:
            self.journal.say(f"{why} offline start")
            if self.faults.get("offline_fail"):
                raise Refused(10150, "offline failed")
            self._close_service()
            self.journal.say(f"{why} offline end")

    def _send_peer_offline(self):
        """Best effort: a dead peer leaves a line in the log, no more."""
        if self.settings.peer is None:
            return
        host, port = self.settings.peer
        try:
            with Client(host, port, "root", manager_password(), timeout_s=PEER_LIMIT_S) as peer:
                peer.query("offline")
        except (OSError, SqlError, ValueError) as cause:
            self.journal.say(f"offline sent to {host}:{port} failed: {cause}", "WARN")

    async def problems(self):
        """The configuration check, over the config database as it is now."""
        found = []
        for fault, level in (("config_check_error", "Error"), ("config_check_warning", "Warning")):
            if self.faults.get(fault):
                found.append((level, 10001, str(self.faults.get(fault)), ""))
        try:
            return found + await asyncio.to_thread(self._check_now)
        except (configdb.Unusable, OSError, SqlError) as cause:
            return found + [("Error", 10187, str(cause), "")]

    def _check_now(self):
        with configdb.connect(self.settings) as client:
            return configdb.problems(configdb.read(client), self.release.config_version)

    async def reload(self):
        if self._reloading is not None:
            raise Refused(10186, "another reload is running")
        self._reloading = asyncio.Event()
        try:
            if self.faults.get("reload_hang"):
                self.journal.say("reload: waiting for a lock", "WARN")
                await self._reloading.wait()
                raise Refused(10191, "reload was reset")
            if self.faults.get("reload_fail"):
                raise Refused(1003, f"Reload config failure, {self.faults.get('reload_fail')}")
            errors = [row for row in await self.problems() if row[0] == "Error"]
            if errors:
                raise Refused(1003, f"Reload config failure, {errors[0][2]} {errors[0][3]}".rstrip())
            self.memory = await asyncio.to_thread(self._reload_now)
            self.reloaded = time.time()
            self.journal.count("reload")
        except (configdb.Unusable, OSError, SqlError) as cause:
            raise Refused(1003, f"Reload config failure, {cause}") from cause
        finally:
            self._reloading = None

    def _reload_now(self):
        with configdb.connect(self.settings) as client:
            memory = configdb.read(client)
            configdb.write_twins(client)
        return memory

    def reset_reloading(self):
        if self._reloading is not None:
            self._reloading.set()

    def _follows_vip(self):
        return bool(self.settings.text("VIP"))

    async def _follow_vip(self):
        """With VIP set in server.xml the node goes online when it sees the VIP on its host, offline when not."""
        while self._follows_vip():
            here = owns_address(self.settings.text("VIP"))
            try:
                if here and not self.relay.is_open:
                    await self.online("VIP")
                elif not here and self.relay.is_open:
                    await self.offline("VIP", "VIP")
            except Refused as cause:
                self.journal.say(f"VIP: {cause}", "ERROR")
            await asyncio.sleep(self.settings.number("checkVIPPeriod", 500) / 1000)

    async def _fail_in_time(self):
        """The faults that come some seconds after the start."""
        begin = time.monotonic()
        ends = {"crash_after_s": lambda: os.kill(os.getpid(), signal.SIGKILL),
                "manager_dies_after_s": self.manager.close, "service_dies_after_s": self._close_service}
        while ends:
            for fault in list(ends):
                due = self.faults.get(fault)
                if due is not None and time.monotonic() - begin >= float(due):
                    ends.pop(fault)()
            await asyncio.sleep(0.2)


def owns_address(address):
    """A socket can be bound only to an address of this host."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.bind((address, 0))
        except OSError:
            return False
    return True
