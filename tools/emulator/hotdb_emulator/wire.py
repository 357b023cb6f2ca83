"""The MySQL client/server protocol, as much as a HotDB compute node needs: pure encoding and decoding.

Source: "MySQL Client/Server Protocol", text protocol with EOF packets, mysql_native_password. No sockets here.
Kept light on imports: the notify script loads it while clients wait for the service port.
"""
import os

try:
    from _sha1 import sha1
except ImportError:
    from hashlib import sha1

LONG_PASSWORD, LONG_FLAG, CONNECT_WITH_DB, COMPRESS = 1 << 0, 1 << 2, 1 << 3, 1 << 5
PROTOCOL_41, SSL, TRANSACTIONS, SECURE_CONNECTION = 1 << 9, 1 << 11, 1 << 13, 1 << 15
PLUGIN_AUTH, PLUGIN_AUTH_LENENC, DEPRECATE_EOF = 1 << 19, 1 << 21, 1 << 24
COM_QUIT, COM_INIT_DB, COM_QUERY, COM_PING = 0x01, 0x02, 0x03, 0x0E
COM_CHANGE_USER, COM_STMT_PREPARE, COM_STMT_EXECUTE, COM_RESET_CONNECTION = 0x11, 0x16, 0x17, 0x1F
STATUS_AUTOCOMMIT = 0x0002
NATIVE = b"mysql_native_password"
UTF8 = 33
TYPE_VAR_STRING = 0xFD
MAX_PAYLOAD_BYTES = 0xFFFFFF


def packet(sequence, payload):
    return len(payload).to_bytes(3, "little") + bytes([sequence & 0xFF]) + payload


def lenenc_int(value):
    if value < 251:
        return bytes([value])
    if value < 1 << 16:
        return b"\xfc" + value.to_bytes(2, "little")
    if value < 1 << 24:
        return b"\xfd" + value.to_bytes(3, "little")
    return b"\xfe" + value.to_bytes(8, "little")


def lenenc(data):
    return lenenc_int(len(data)) + data


def read_lenenc_int(data, at):
    first = data[at]
    size = {0xFC: 2, 0xFD: 3, 0xFE: 8}.get(first, 0)
    if not size:
        return first, at + 1
    return int.from_bytes(data[at + 1:at + 1 + size], "little"), at + 1 + size


def read_lenenc(data, at):
    """A length-encoded string, or None for NULL."""
    if data[at] == 0xFB:
        return None, at + 1
    size, at = read_lenenc_int(data, at)
    return data[at:at + size], at + size


def scramble(password, salt):
    """mysql_native_password: SHA1(password) XOR SHA1(salt + SHA1(SHA1(password)))."""
    if not password:
        return b""
    once = sha1(password).digest()
    mask = sha1(salt + sha1(once).digest()).digest()
    return bytes(left ^ right for left, right in zip(once, mask))


def new_salt():
    """Twenty bytes without NUL and without the characters that some clients stop at."""
    return bytes(0x21 + byte % 0x5D for byte in os.urandom(20))


def greeting(version, connection_id, salt, capabilities, status=STATUS_AUTOCOMMIT):
    return b"".join((
        b"\x0a", version.encode(), b"\0", connection_id.to_bytes(4, "little"), salt[:8], b"\0",
        (capabilities & 0xFFFF).to_bytes(2, "little"), bytes([UTF8]), status.to_bytes(2, "little"),
        (capabilities >> 16).to_bytes(2, "little"), bytes([len(salt) + 1]), b"\0" * 10, salt[8:], b"\0", NATIVE, b"\0"))


class Greeting:
    """A server's greeting, taken apart."""

    def __init__(self, payload):
        if not payload or payload[0] != 0x0A:
            raise ValueError("not a version 10 greeting: " + describe_error(payload))
        end = payload.index(b"\0", 1)
        self.version = payload[1:end].decode("utf-8", "replace")
        at = end + 1
        self.connection_id = int.from_bytes(payload[at:at + 4], "little")
        salt = payload[at + 4:at + 12]
        at += 13
        self.capabilities = int.from_bytes(payload[at:at + 2], "little") | int.from_bytes(payload[at + 5:at + 7], "little") << 16
        self.status = int.from_bytes(payload[at + 3:at + 5], "little")
        rest = payload[at + 18:]
        self.salt = salt + rest[:12]
        self.plugin = rest[13:].split(b"\0")[0]


class Login:
    """A client's answer to the greeting, taken apart."""

    def __init__(self, payload):
        self.capabilities = int.from_bytes(payload[0:4], "little")
        end = payload.index(b"\0", 32)
        self.user = payload[32:end].decode("utf-8", "replace")
        at = end + 1
        if self.capabilities & PLUGIN_AUTH_LENENC:
            self.proof, at = read_lenenc(payload, at)
        else:
            self.proof, at = payload[at + 1:at + 1 + payload[at]], at + 1 + payload[at]
        self.database = ""
        if self.capabilities & CONNECT_WITH_DB:
            end = payload.find(b"\0", at)
            end = len(payload) if end < 0 else end
            self.database, at = payload[at:end].decode("utf-8", "replace"), end + 1
        self.plugin = payload[at:].split(b"\0")[0] if self.capabilities & PLUGIN_AUTH else NATIVE


def login(user, password, server, database=""):
    capabilities = LONG_PASSWORD | LONG_FLAG | PROTOCOL_41 | TRANSACTIONS | SECURE_CONNECTION | PLUGIN_AUTH
    capabilities |= CONNECT_WITH_DB if database else 0
    proof = scramble(password.encode(), server.salt)
    tail = database.encode() + b"\0" if database else b""
    return b"".join((capabilities.to_bytes(4, "little"), MAX_PAYLOAD_BYTES.to_bytes(4, "little"), bytes([UTF8]), b"\0" * 23,
                     user.encode(), b"\0", bytes([len(proof)]), proof, tail, NATIVE, b"\0"))


def ok(affected=0, info=""):
    return b"\0" + lenenc_int(affected) + b"\0" + STATUS_AUTOCOMMIT.to_bytes(2, "little") + b"\0\0" + (lenenc(info.encode()) if info else b"")


def error(code, message, state="HY000"):
    return b"\xff" + code.to_bytes(2, "little") + b"#" + state.encode() + message.encode()


def describe_error(payload):
    if payload[:1] != b"\xff":
        return "unexpected packet"
    code = int.from_bytes(payload[1:3], "little")
    text = payload[9:] if payload[3:4] == b"#" else payload[3:]
    return f"{code} {text.decode('utf-8', 'replace')}"


def result_set(columns, rows, sequence=1):
    """Column count, columns, EOF, rows, EOF: every value as text, None as NULL."""
    eof = b"\xfe\0\0" + STATUS_AUTOCOMMIT.to_bytes(2, "little")
    payloads = [lenenc_int(len(columns))]
    for name in columns:
        label = lenenc(name.encode())
        payloads.append(lenenc(b"def") + lenenc(b"") * 3 + label + label + b"\x0c" + UTF8.to_bytes(2, "little")
                        + (4096).to_bytes(4, "little") + bytes([TYPE_VAR_STRING]) + b"\0\0" + b"\0" + b"\0\0")
    payloads.append(eof)
    for row in rows:
        payloads.append(b"".join(b"\xfb" if value is None else lenenc(str(value).encode()) for value in row))
    payloads.append(eof)
    return b"".join(packet(sequence + index, payload) for index, payload in enumerate(payloads))
