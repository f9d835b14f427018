"""A real mail server for tests, which refuses, stalls and hangs up when told to."""

import asyncio
import email.policy
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.project.running import free_port

OK = "250 OK"


class MailServer:
    """What it answers can be changed at any time; ``received`` holds what it took, in the order in which it came.

    ``answers`` are given once each, in their order, at the step that they are for: {"RCPT": ["550 No such user"]}.
    "hang up" ends the connection instead. While ``stalled`` is set the end of an e-mail is not answered; ``unanswered``
    counts the e-mails that wait for it.
    """

    def __init__(self) -> None:
        self.received: list[tuple[str, EmailMessage]] = []
        self.answers: dict[str, list[str]] = {}
        self.connections = 0
        self.unanswered = 0
        self.stalled = threading.Event()
        self.is_reading = threading.Event()
        self.port = 0

    @property
    def recipients(self) -> list[str]:
        return [recipient for recipient, _ in self.received]

    @property
    def message_ids(self) -> list[str]:
        return [message["Message-ID"] for _, message in self.received]

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self._answer("MAIL", server)
        if answer == OK:
            envelope.mail_from = address
        return answer

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self._answer("RCPT", server)
        if answer == OK:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.is_reading.set()
        answer = self._answer("DATA", server)
        if answer == OK:
            message: Any = email.message_from_bytes(envelope.content, policy=email.policy.default)
            self.received.append((envelope.rcpt_tos[0], message))
        self.unanswered += 1
        try:
            while self.stalled.is_set():
                await asyncio.sleep(0.02)
        finally:
            self.unanswered -= 1
        return answer

    def _answer(self, step: str, server: SMTP) -> str:
        answer = self.answers[step].pop(0) if self.answers.get(step) else OK
        if answer == "hang up":
            server.transport.abort()
        return answer


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """On a free port of this computer, in a thread of its own, for the block."""
    server = MailServer()
    server.port = free_port()
    controller = Controller(server, hostname="127.0.0.1", port=server.port, ready_timeout=20)
    controller.start()
    try:
        yield server
    finally:
        server.stalled.clear()
        controller.stop()
