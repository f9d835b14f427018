"""No request may be larger than the largest picture we take: an upload is refused before a byte of it is read."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

TOO_LARGE = "This is too large. A picture may have at most {} MB. Go back: what you typed is still there."


def limit_body_size(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware. Django reads no more of a body than Content-Length says, and nothing where that is no number."""

    def middleware(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH", "")
        # The rest of a form beside its picture is far below Django's own limit for texts.
        if length.isdecimal() and int(length) > settings.PICTURE_MAX_BYTES + settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            sentence = TOO_LARGE.format(settings.PICTURE_MAX_BYTES // 1024 // 1024)
            return HttpResponse(sentence, status=413, content_type="text/plain; charset=utf-8")
        return get_response(request)

    return middleware
