"""A small mail server on the loopback that keeps what it gets, and may misbehave when asked."""

import contextlib
import email
import email.policy
import socketserver
import threading
from collections.abc import Callable
from email.message import EmailMessage


class Sink(socketserver.ThreadingTCPServer):
    """`got` is every mail that was taken, in order. `on_mail(number)` runs after one is taken, before the yes."""

    allow_reuse_address = daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Talk)
        self.got: list[EmailMessage] = []
        self.refuses: dict[str, str] = {}  # address: the answer to RCPT
        self.on_mail: Callable[[int], None] = lambda number: None
        self.lock = threading.Lock()

    @property
    def port(self) -> int:
        return self.server_address[1]

    @property
    def ids(self) -> list[str]:
        return [mail["Message-ID"] for mail in self.got]

    def __enter__(self):
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_args):
        self.shutdown()
        self.server_close()


class Talk(socketserver.StreamRequestHandler):
    server: Sink

    def handle(self) -> None:
        self.say("220 sink")
        while line := self.rfile.readline().decode("ascii", "replace").strip():
            match line.split(":")[0].upper().split()[0]:
                case "RCPT":
                    address = line.partition("<")[2].partition(">")[0]
                    self.say(self.server.refuses.get(address, "250 yes"))
                case "DATA":
                    self.say("354 go on")
                    self.take()
                    self.say("250 taken")
                case "QUIT":
                    self.say("221 bye")
                    return
                case _:
                    self.say("250 yes")

    def take(self) -> None:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b"."))
        mail = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
        with self.server.lock:
            self.server.got.append(mail)
            number = len(self.server.got)
        self.server.on_mail(number)

    def say(self, text: str) -> None:
        with contextlib.suppress(OSError):  # whoever we spoke with may be gone
            self.wfile.write(text.encode() + b"\r\n")
