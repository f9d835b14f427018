from django.http import HttpRequest, HttpResponse


def call_offer(request: HttpRequest, token: str) -> HttpResponse:
    return HttpResponse("An offer")
