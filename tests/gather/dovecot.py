"""A private IMAP server for the tests: Debian's Dovecot on loopback, with its own users and certificate."""

from __future__ import annotations

import grp
import imaplib
import os
import pwd
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PASSWORD = "sea-wall 7 größer"  # noqa: S105 - of users who are made up
PROGRAM = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
_CONF = """
protocols = imap
listen = 127.0.0.1
base_dir = {home}/run
state_dir = {home}/run
log_path = {home}/log
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
ssl = yes
ssl_cert = <{home}/cert.pem
ssl_key = <{home}/key.pem
disable_plaintext_auth = yes
auth_mechanisms = plain login
auth_failure_delay = 0 secs
mail_location = maildir:{home}/mail/%u
mail_uid = {mail}
mail_gid = {mailgroup}
first_valid_uid = 1
mail_max_userip_connections = 100
passdb {{
  driver = passwd-file
  args = scheme=PLAIN {home}/users
}}
userdb {{
  driver = static
  args = home={home}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {plain}
  }}
  inet_listener imaps {{
    port = {tls}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
"""


@dataclass(slots=True)
class Dovecot:
    """A running server; every user name is let in with the one password, and has a mailbox of his own."""

    home: Path
    tls: int
    plain: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def certificate(self) -> Path:
        return self.home / "cert.pem"

    def start(self) -> None:
        assert PROGRAM
        command = [PROGRAM, "-F", "-c", str(self.home / "dovecot.conf")]
        self.process = subprocess.Popen(command, start_new_session=True)  # noqa: S603 - Debian's program
        until = time.monotonic() + 30
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", self.tls), 5).close()
            except OSError:
                time.sleep(0.1)
            else:
                return
        log = self.home / "log"
        raise AssertionError(f"dovecot does not start: {log.read_text() if log.exists() else 'no log'}")

    def kill(self) -> None:
        """Gone from one moment to the next, with every process of its own."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(20)
            self.process = None
            for left in (self.home / "run").glob("*.pid"):
                left.unlink()

    @contextmanager
    def client(self, user: str) -> Iterator[imaplib.IMAP4_SSL]:
        """The standard library's own client, as a user's mail program."""
        context = ssl.create_default_context(cafile=str(self.certificate))
        client = imaplib.IMAP4_SSL("127.0.0.1", self.tls, ssl_context=context, timeout=20)
        client.authenticate("PLAIN", lambda _: f"\0{user}\0{PASSWORD}".encode())
        try:
            yield client
        finally:
            client.logout()

    def put(self, user: str, mails: Sequence[bytes], folder: str = "INBOX") -> None:
        """New mails, unread, at the end of the folder, which is made where it is missing."""
        with self.client(user) as client:
            if folder != "INBOX":
                client.create(folder)
            for mail in mails:
                kind, said = client.append(folder, "", "", mail.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
                assert kind == "OK", said

    def flags(self, user: str, folder: str = "INBOX") -> list[bytes]:
        with self.client(user) as client:
            client.select(folder, readonly=True)
            return [line for line in client.fetch("1:*", "(FLAGS)")[1] if isinstance(line, bytes)]


def made(users: Sequence[str]) -> Dovecot:
    """A server laid out and running; the caller ends it with `ended`."""
    home = Path(tempfile.mkdtemp(prefix="dove", dir="/tmp"))  # the sockets in it need a short path
    root = os.geteuid() == 0
    me = pwd.getpwuid(os.geteuid()).pw_name
    mail = "nobody" if root else me
    home.chmod(0o755)
    (home / "mail").mkdir()
    group = grp.getgrgid(pwd.getpwnam(mail).pw_gid).gr_name
    if root:
        shutil.chown(home / "mail", mail, group)
    names = {"internal": "dovecot", "group": "dovecot", "login": "dovenull"} if root else {"internal": me, "group": group, "login": me}
    tls, plain = ports(2)
    certify(home)
    (home / "users").write_text("".join(f"{user}:{{PLAIN}}{PASSWORD}\n" for user in users), encoding="utf-8")
    (home / "dovecot.conf").write_text(_CONF.format(home=home, tls=tls, plain=plain, mail=mail, mailgroup=group, **names), encoding="utf-8")
    server = Dovecot(home, tls, plain)
    server.start()
    return server


def certify(home: Path) -> None:
    """A certificate for 127.0.0.1 that no authority knows: `cert.pem` and `key.pem`."""
    subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *subject, "-keyout", "key.pem", "-out", "cert.pem"]
    subprocess.run(command, cwd=home, check=True, capture_output=True, timeout=60)  # noqa: S603 - the system's openssl


def ended(server: Dovecot) -> None:
    server.kill()
    shutil.rmtree(server.home, ignore_errors=True)


def ports(number: int) -> list[int]:
    """Ports that nobody listens at."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    found = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return found
