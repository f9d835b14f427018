"""Requests as a server hands them to an application, and applications to hand them to."""

from collections.abc import Callable
from io import BytesIO
from typing import Any, NamedTuple


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


def environ(address: str, **more: Any) -> dict[str, Any]:
    path, _, query = address.partition("?")
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "HTTP_HOST": "127.0.0.1",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "192.0.2.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        **more,
    }


def ask(application: Callable[..., Any], address: str, **more: Any) -> Answer:
    told: list[tuple[str, list[tuple[str, str]]]] = []

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: object = None) -> None:
        told[:] = [(status, headers)]

    parts = application(environ(address, **more), start_response)
    try:
        body = b"".join(parts)
    finally:
        getattr(parts, "close", lambda: None)()
    status, headers = told[0]
    return Answer(int(status[:3]), dict(headers), body)


class Parts(list):
    """What an application answers with, and whether it was closed."""

    closed = False

    def close(self) -> None:
        self.closed = True


class Small:
    """A tiny application in Django's place: says how often it was asked, and with what."""

    def __init__(self, body: str = "", status: str = "200 OK", **headers: str) -> None:
        self.body, self.status = body, status
        self.headers = {"Cache-Control": "public, no-cache", **{k.replace("_", "-"): v for k, v in headers.items()}}
        self.asked: list[dict[str, Any]] = []
        self.answers: list[Parts] = []

    def __call__(self, about: dict[str, Any], start_response: Callable[..., object]) -> Parts:
        self.asked.append(about)
        start_response(self.status, [(name, value) for name, value in self.headers.items() if value])
        self.answers.append(Parts([f"{self.body}{len(self.asked)}".encode()]))
        return self.answers[-1]
