"""A private Postfix for the tests: Debian's, on loopback, with its own queue, certificate and Maildirs.

It must be started by root, as Postfix gives its parts to other users by itself; the system's own
Postfix, its settings and its queue are not touched.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.gather.dovecot import certify, ports

PROGRAM = shutil.which("postfix", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
_MAIN = """
compatibility_level = 3.6
queue_directory = {home}/queue
data_directory = {home}/data
maillog_file = {home}/log
maillog_file_prefixes = {home}
mail_owner = postfix
setgid_group = postdrop
myhostname = mx.quay.example
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
alias_maps =
local_recipient_maps =
virtual_mailbox_domains = quay.example
virtual_mailbox_base = {home}/mail
virtual_mailbox_maps = inline:{{ {boxes} }}
virtual_minimum_uid = 1
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
smtpd_recipient_restrictions = reject_unauth_destination
smtpd_tls_security_level = may
smtpd_tls_cert_file = {home}/cert.pem
smtpd_tls_key_file = {home}/key.pem
smtpd_peername_lookup = no
smtpd_tls_received_header = yes
message_size_limit = 20000000
"""
_MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
showq unix n - n - - showq
flush unix n - n 1000? 0 flush
smtp unix - - n - - smtp
relay unix - - n - - smtp
local unix - n n - - local
"""


@dataclass(slots=True)
class Postfix:
    """A running server for the domain quay.example."""

    home: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def certificate(self) -> Path:
        return self.home / "cert.pem"

    def start(self) -> None:
        assert PROGRAM
        command = [PROGRAM, "-c", str(self.home / "etc"), "start-fg"]
        with (self.home / "told").open("wb") as told:
            self.process = subprocess.Popen(command, start_new_session=True, stdout=told, stderr=told)  # noqa: S603 - Debian's program
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                with socket.create_connection(("127.0.0.1", self.port), 5) as line:
                    if line.recv(100).startswith(b"220"):
                        return
            except OSError:
                time.sleep(0.1)
        raise AssertionError(f"postfix does not start: {self.told()}")

    def told(self) -> str:
        """What it wrote down."""
        return "".join(path.read_text(errors="replace") for path in (self.home / "told", self.home / "log") if path.exists())

    def mails(self, box: str, number: int = 1) -> list[bytes]:
        """The mails of a mailbox, once there are so many."""
        until = time.monotonic() + 60
        while time.monotonic() < until:
            found = sorted((self.home / "mail" / box / "new").glob("*"))
            if len(found) >= number:
                return [path.read_bytes() for path in found]
            time.sleep(0.1)
        raise AssertionError(f"nothing came to {box}: {self.told()}")

    def end(self) -> None:
        """Its master, which has a session of its own, with all that it started; and everything it wrote."""
        master = self.home / "queue/pid/master.pid"
        if master.exists():
            os.killpg(int(master.read_text()), signal.SIGTERM)
        if self.process is not None:
            self.process.wait(20)
        shutil.rmtree(self.home, ignore_errors=True)


def started(boxes: Sequence[str]) -> Postfix:
    """A server laid out and running; the caller ends it."""
    home = Path(tempfile.mkdtemp(prefix="post", dir="/tmp"))  # the sockets in it need a short path
    home.chmod(0o755)
    owner, reader = pwd.getpwnam("postfix"), pwd.getpwnam("nobody")
    for name in ("etc", "queue", "data", "mail"):
        (home / name).mkdir()
    os.chown(home / "data", owner.pw_uid, owner.pw_gid)
    os.chown(home / "mail", reader.pw_uid, reader.pw_gid)
    certify(home)
    (port,) = ports(1)
    listed = ", ".join(f"{{ {box}@quay.example = {box}/ }}" for box in boxes)
    main = _MAIN.format(home=home, boxes=listed, uid=reader.pw_uid, gid=reader.pw_gid)
    (home / "etc/main.cf").write_text(main, encoding="utf-8")
    (home / "etc/master.cf").write_text(_MASTER.format(port=port), encoding="utf-8")
    server = Postfix(home, port)
    try:
        server.start()
    except BaseException:
        server.end()
        raise
    return server
