"""How another site is asked: by a server of the test's own, and never inside a private network."""

import socket
import ssl
import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from guides.outside import asking
from guides.outside.asking import HOPS, Unreached, connection_to, is_public, look, public_socket


class OtherSite(ThreadingHTTPServer):
    """Answers each path with what ``answers`` says: a status, or where it leads to; notes what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.answers: dict[str, int | str | dict[str, int]] = {}
        self.asked: list[tuple[str, str, str, str]] = []

    def connect(self, host: str, port: int) -> HTTPConnection:
        """Stands for the connection to any host."""
        return HTTPConnection("127.0.0.1", self.server_port, timeout=asking.SECONDS)


class Answering(BaseHTTPRequestHandler):
    server: OtherSite

    def do_GET(self) -> None:
        answer = self.server.answers.get(self.path, 200)
        self.server.asked.append((self.command, self.path, self.headers["User-Agent"], self.headers["Host"]))
        if isinstance(answer, dict):
            answer = answer[self.command]
        self.send_response(answer if isinstance(answer, int) else 302)
        if isinstance(answer, str):
            self.send_header("Location", answer)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_GET  # noqa: N815 - as above

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as above
        pass


@pytest.fixture
def other() -> Iterator[OtherSite]:
    with OtherSite() as site:
        thread = threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield site
        site.shutdown()
        thread.join()


def reason(address, connect):
    with pytest.raises(Unreached) as unreached:
        look(address, connect)
    return str(unreached.value)


def test_page_that_is_there_is_asked_for_once_and_told_who_asks(other, settings):
    look("https://council.example/send?x=1#part", other.connect)
    ((method, path, agent, _),) = other.asked
    assert (method, path) == ("HEAD", "/send?x=1")
    assert agent == f"SEND Guide link check (+{settings.SITE_URL}/)"


def test_letters_that_no_address_may_have_are_written_otherwise(other):
    look("https://council.example/Nôtre page/%20?q=é", other.connect)
    assert other.asked[0][1] == "/N%C3%B4tre%20page/%20?q=%C3%A9"


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (404, "The other site has no such page (404)."),
        (410, "The other site has no such page (410)."),
        (500, "The other site has a fault (500)."),
        (503, "The other site has a fault (503)."),
        (400, "The other site refuses it (400)."),
    ],
)
def test_page_that_is_not_there_is_asked_for_twice(other, status, said):
    other.answers["/gone"] = status
    assert reason("https://council.example/gone", other.connect) == said
    assert [method for method, *_ in other.asked] == ["HEAD", "GET"]


def test_site_that_does_not_know_head_is_asked_otherwise(other):
    other.answers["/old"] = {"HEAD": 404, "GET": 200}
    look("https://council.example/old", other.connect)


@pytest.mark.parametrize("status", [401, 403, 405, 429])
def test_page_that_only_programs_may_not_read_is_there(other, status):
    other.answers["/"] = status
    look("https://council.example", other.connect)


def test_it_follows_where_it_is_led(other):
    other.answers |= {"/a": "/b", "/b": "https://other.example/c"}
    look("https://council.example/a", other.connect)
    assert [path for _, path, *_ in other.asked] == ["/a", "/b", "/c"]
    other.answers["/c"] = 404
    assert reason("https://council.example/a", other.connect) == "The other site has no such page (404)."


def test_circle_ends(other):
    other.answers["/a"] = "/a"
    assert reason("https://x.example/a", other.connect) == "It leads from one address to the next without an end."
    assert len(other.asked) == HOPS


@pytest.mark.parametrize("address", ["http://x.example/", "ftp://x.example/", "file:///etc/passwd"])
def test_nothing_but_https_is_asked(other, address):
    other.answers["/a"] = address
    said = "It leads to an address that does not begin with https://."
    assert reason(address, other.connect) == said
    assert other.asked == []
    assert reason("https://x.example/a", other.connect) == said
    assert len(other.asked) == 1


@pytest.mark.parametrize("address", ["", "https:///x", "https://[", "https://x.example:port/", "//x.example/"])
def test_address_that_is_none_is_not_asked(other, address):
    assert reason(address, other.connect) == "It leads to an address that does not begin with https://."
    assert other.asked == []


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (socket.gaierror(), "There is no site of this name."),
        (TimeoutError(), "The other site did not answer in time."),
        (ssl.SSLCertVerificationError(), "The other site's certificate is not valid."),
        (ConnectionRefusedError(), "The other site does not answer."),
    ],
)
def test_what_keeps_us_from_it_is_said_in_words(error, said):
    def fail(host, port):
        raise error

    assert reason("https://x.example/", fail) == said


@pytest.mark.parametrize(
    "address",
    [
        *(
            "127.0.0.1",
            "10.1.2.3",
            "192.168.0.1",
            "172.16.0.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
        ),
        *("::1", "fe80::1%eth0", "fc00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "2001::a00:1"),
    ],
)
def test_private_address_is_never_connected_to(monkeypatch, address):
    """Not even if the name has a public one beside it."""
    connected = []
    found = [(0, 0, 0, "", (each, 443)) for each in ("93.184.215.14", address)]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *arguments, **options: found)
    monkeypatch.setattr(socket, "create_connection", lambda place, *rest: connected.append(place))
    assert not is_public(address)
    with pytest.raises(Unreached, match="It leads to a place inside a private network"):
        public_socket(("sneaky.example", 443), 1)
    assert connected == []


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_public_address_is_connected_to_as_it_was_looked_up(monkeypatch, address):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *arguments, **options: [(0, 0, 0, "", (address, 443))])
    monkeypatch.setattr(socket, "create_connection", lambda place, timeout: (place, timeout))
    assert public_socket(("council.example", 443), 7) == ((address, 443), 7)


def test_real_connections_are_made_that_way():
    """The library's own way would look up the name a second time. No network is needed: the name is one of ours."""
    with pytest.raises(Unreached) as unreached:
        connection_to("localhost", 443).connect()
    assert str(unreached.value) == "It leads to a place inside a private network."
    assert reason("https://127.0.0.1/", None) == "It leads to a place inside a private network."
