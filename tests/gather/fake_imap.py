"""An IMAP server that says what it is told to say: for answers that no real server gives."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

# What a server answers to a command, by its name; `%` stands for the command's tag. What is not here is answered with OK.
USUAL: Mapping[str, bytes] = {
    "CAPABILITY": b"* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n% OK .\r\n",
    "EXAMINE": b"* 1 EXISTS\r\n* OK [UIDVALIDITY 9] .\r\n% OK [READ-ONLY]\r\n",
    "UID SEARCH": b"* SEARCH 5\r\n% OK .\r\n",
    "UID FETCH": b"* 1 FETCH (UID 5 RFC822.SIZE 40)\r\n% OK .\r\n",
    "UID FETCH BODY": b"* 1 FETCH (UID 5 BODY[] {22}\r\nSubject: x\r\n\r\nThe weir)\r\n% OK .\r\n",
}


def _key(words: list[str]) -> str:
    name = " ".join(words[:2]).upper() if words[0].upper() == "UID" else words[0].upper()
    return f"{name} BODY" if any("BODY" in word for word in words) else name


def _serve(connection: socket.socket, answers: Mapping[str, bytes], greeting: bytes, pause: float) -> None:
    def say(answer: bytes) -> None:
        for at in range(0, len(answer), 1 if pause else len(answer) or 1):
            connection.sendall(answer[at : at + (1 if pause else len(answer))])
            time.sleep(pause)

    say(greeting)
    for line in connection.makefile("rb"):
        tag, *words = line.decode("utf-8", "replace").split()
        answer = answers.get(_key(words), b"% OK .\r\n")
        say(answer.replace(b"%", tag.encode()))
        if not answer:
            return


@contextmanager
def fake(
    home: Path, answers: Mapping[str, bytes], greeting: bytes = b"* OK ready\r\n", *, tls: bool = True, pause: float = 0
) -> Iterator[int]:
    """Serve on loopback, with the certificate in `home`; gives the port. An empty answer ends the connection."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(home / "cert.pem", home / "key.pem")
    said = {**USUAL, **answers}
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def accept() -> None:
            with contextlib.suppress(OSError):
                plain, _ = listener.accept()
                with plain, context.wrap_socket(plain, server_side=True) if tls else plain as connection, contextlib.suppress(ValueError):
                    connection.settimeout(20)
                    _serve(connection, said, greeting, pause)

        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
    thread.join(20)
