"""What the Markdown editor asks of the server. Only for staff: markdownx's own views would answer anybody."""

from collections.abc import Callable
from functools import wraps

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render as render_template
from django.views.decorators.http import require_POST

from guides.actions import keep_picture
from guides.addresses import Addresses
from guides.forms.pictures import PictureForm
from guides.models import Picture, picture_sizes
from guides.models.explained import Glossary
from guides.publishing import text_faults
from sendguide.lib.jargon.advice import advice
from sendguide.lib.readability import HARDEST_GRADE
from sendguide.lib.rich_text import render

LOGGED_OUT = "You are logged out. Your text is still here: log in again in another tab, then go on."
REFUSED = "Your account does not have the right to do this. Ask whoever looks after the accounts."


def staff_only(permission: str) -> Callable:
    """403 instead of a redirect to the login page: these are asked by a script."""

    def decorate(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
        @wraps(view)
        def checked(request: HttpRequest) -> HttpResponse:
            user = request.user
            if user.is_active and user.is_staff and user.has_perm(permission):
                response = view(request)
            else:
                sentence = REFUSED if user.is_authenticated else LOGGED_OUT
                response = HttpResponse(sentence, status=403, content_type="text/plain; charset=utf-8")
            response["Cache-Control"] = "no-store"
            return response

        return checked

    return decorate


@require_POST
@staff_only("guides.view_guide")
def markdown_preview(request: HttpRequest) -> HttpResponse:
    """The text as readers will see it. On top what would keep it from being published, and how hard it is to read."""
    source = request.POST.get("content", "")
    text = render(source, pictures=picture_sizes)
    context = {
        "html": text.html,
        "faults": text_faults(text, Addresses.from_database()),
        "advice": advice(source, Glossary.now().vocabulary),
        "hardest": HARDEST_GRADE,
    }
    return render_template(request, "admin/guides/preview.html", context)


@require_POST
@staff_only("guides.add_picture")
def markdown_upload(request: HttpRequest) -> JsonResponse:
    """``image`` and ``alt`` → ``{"image_code": Markdown}``, or 400 and ``{"error": sentence}``."""
    form = PictureForm(request.POST, request.FILES)
    if not form.is_valid():
        return JsonResponse(
            {"error": " ".join(str(error) for errors in form.errors.values() for error in errors)}, status=400
        )
    picture = keep_picture(encoded=form.encoded, alt=form.cleaned_data["alt"], by=request.user)  # type: ignore[arg-type]
    admin.site.get_model_admin(Picture).log_addition(request, picture, "Put into a text.")
    return JsonResponse({"image_code": picture.markdown})
