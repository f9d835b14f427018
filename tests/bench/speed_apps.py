"""What our pages are measured against: the least that the same server can do, with Django and without.

``python -m gunicorn … tests.bench.speed_apps:bare`` and ``…:empty_view``. The page that ``bare`` sends is in the file
that BARE_PAGE names, its headers (JSON) in the one that BARE_HEADERS names.
"""

import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import re_path

PAGE = Path(os.environ["BARE_PAGE"]).read_bytes()
HEADERS = [(name, value) for name, value in json.loads(Path(os.environ["BARE_HEADERS"]).read_text("utf-8"))]


def bare(environ: dict, start_response: Callable[..., object]) -> Iterable[bytes]:
    start_response("200 OK", HEADERS)
    return [PAGE]


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [re_path("", empty)]
if not settings.configured:
    settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1"], SECRET_KEY="only for this measurement")
empty_view = get_wsgi_application()
