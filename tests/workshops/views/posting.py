"""Forms as a browser sends them back."""

import re
from html import unescape
from typing import Any

from django.http import HttpResponse
from django.test import Client

PERSONAL = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex", "Referrer-Policy": "strict-origin"}
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


def hidden_fields(page: HttpResponse) -> dict[str, str]:
    return {name: unescape(value) for name, value in HIDDEN.findall(page.content.decode())}


def send(client: Client, path: str, **fields: Any) -> HttpResponse:
    """Opens the page at ``path`` and sends its form, filled in with ``fields``."""
    return client.post(path, {**hidden_fields(client.get(path)), **fields})


def text_of(page: HttpResponse) -> str:
    """What is to be read, with single spaces."""
    body = re.sub(r"(?s)<head>.*?</head>|<script.*?</script>", " ", page.content.decode())
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def privacy_of(page: HttpResponse) -> dict[str, str]:
    """Those of its headers that say PERSONAL of a page that a secret link opens."""
    return {name: page[name] for name in PERSONAL}
