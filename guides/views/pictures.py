import re

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from guides.views.http import with_headers

HEADERS = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
}
OUR_NAME = re.compile(r"[a-z0-9-]+-\d{1,4}\.webp")


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponse:
    """An uploaded picture. Only files that we encoded have such names; a name is never used for another picture."""
    path = f"pictures/{name}"
    if not OUR_NAME.fullmatch(name) or not default_storage.exists(path):
        raise Http404
    # Read whole, a few hundred kilobytes: a stream would be gzipped, in vain and without its length.
    with default_storage.open(path) as file:
        return with_headers(HttpResponse(file.read(), content_type="image/webp"), HEADERS)
