"""What every answer says to browsers, whoever made it: pages, static files, uploads, errors and redirects."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

# What the site never does, and what nothing that got into a page could do either.
UNUSED = (
    *("accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media"),
    *("fullscreen", "gamepad", "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer"),
    *("microphone", "midi", "payment", "picture-in-picture", "publickey-credentials-create"),
    *("publickey-credentials-get", "screen-wake-lock", "serial", "storage-access", "usb", "window-management"),
    "xr-spatial-tracking",
)
HEADERS = {
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in UNUSED),
    # No other site may show anything of ours as its own.
    "Cross-Origin-Resource-Policy": "same-origin",
}
# But for the picture that stands beside a link to us in a chat or a post.
FOR_SHARING = f"{settings.STATIC_URL}images/og."


def add_headers(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware. A view's own header comes first."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path.startswith(FOR_SHARING):
            response.headers.setdefault("Cross-Origin-Resource-Policy", "cross-origin")
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return middleware
