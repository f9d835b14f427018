"""Asking another site whether a page is there: politely, and never anything that is not on the public internet.

An address comes from a text, and a site may send us on to another one. Whoever controls either could have us ask the
machines behind our own firewall. So each hop must be https, and the connection is made to the very address that was
looked up and found public: a name that says something else a moment later is of no use.
"""

import socket
import ssl
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import IPv6Address, IPv6Network, ip_address
from urllib.parse import quote, urljoin, urlsplit

from django.conf import settings

SECONDS = 10
HOPS = 5
# The page is there, and does not want to be read by a program, or by so many.
THERE = frozenset({401, 402, 403, 405, 406, 407, 409, 418, 425, 429, 451, 999})
MOVED = frozenset({301, 302, 303, 307, 308})
OUT_THERE = IPv6Network("2000::/3")
Connect = Callable[[str, int], HTTPConnection]


class Unreached(Exception):
    """The message says why in a sentence for editors."""


def look(address: str, connect: Connect | None = None) -> None:
    """Raises Unreached unless there is a page at ``address``. ``connect`` makes the connection to a host and port."""
    connect = connect or connection_to
    for _ in range(HOPS):
        status, onwards = _ask(address, connect)
        if status not in MOVED:
            break
        address = urljoin(address, onwards)
    else:
        raise Unreached("It leads from one address to the next without an end.")
    if status >= 400 and status not in THERE:
        raise Unreached(_in_words(status))


def _in_words(status: int) -> str:
    if status in {404, 410}:
        return f"The other site has no such page ({status})."
    return f"The other site has a fault ({status})." if status >= 500 else f"The other site refuses it ({status})."


def _ask(address: str, connect: Connect) -> tuple[int, str]:
    """The status, and where it leads to. HEAD asks for no page; who fails at it is asked again."""
    status, onwards = _request("HEAD", address, connect)
    if status >= 400:
        status, onwards = _request("GET", address, connect)
    return status, onwards


def _request(method: str, address: str, connect: Connect) -> tuple[int, str]:
    host, port, path = _parts(address)
    try:
        connection = connect(host, port)
        try:
            connection.request(method, path, headers={"User-Agent": user_agent(), "Accept": "*/*"})
            answer = connection.getresponse()
            return answer.status, answer.getheader("Location", "")
        finally:
            connection.close()
    except socket.gaierror as error:
        raise Unreached("There is no site of this name.") from error
    except TimeoutError as error:
        raise Unreached("The other site did not answer in time.") from error
    except ssl.SSLError as error:
        raise Unreached("The other site's certificate is not valid.") from error
    except (OSError, HTTPException, UnicodeError) as error:
        raise Unreached("The other site does not answer.") from error


def _parts(address: str) -> tuple[str, int, str]:
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port or 443
    except ValueError:
        host = ""
    if not host or parts.scheme != "https":
        raise Unreached("It leads to an address that does not begin with https://.")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    return host, port, f"{path}?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?[]')}" if parts.query else path


def connection_to(host: str, port: int) -> HTTPSConnection:
    """To be opened with its first request, and only to a public address."""
    connection = HTTPSConnection(host, port, timeout=SECONDS, context=ssl.create_default_context())
    # http.client asks this attribute for its socket; certificates are still checked against the name.
    connection._create_connection = public_socket  # type: ignore[attr-defined]  # not in its types
    return connection


def public_socket(place: tuple[str, int], timeout: float, source: object = None) -> socket.socket:
    """Connected to ``place``: a host and a port. Raises Unreached if any of its addresses is not public."""
    host, port = place
    found = [each[4][0] for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not all(is_public(str(each)) for each in found):
        raise Unreached("It leads to a place inside a private network.")
    return socket.create_connection((str(found[0]), port), timeout)


def is_public(text: str) -> bool:
    """Of IPv6 only what is really out there: other blocks, 6to4 and Teredo hold an IPv4 address that may be inside."""
    address = ip_address(text.partition("%")[0])
    if isinstance(address, IPv6Address):
        return address.is_global and address in OUT_THERE and not (address.sixtofour or address.teredo)
    return address.is_global and not address.is_multicast


def user_agent() -> str:
    return f"SEND Guide link check (+{settings.SITE_URL}/)"
