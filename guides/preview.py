"""Preview links for drafts: signed, running out, and revocable by raising the guide's ``preview_version``."""

from django.conf import settings
from django.core import signing
from django.db.models import QuerySet
from django.urls import reverse

from guides.models import Guide

SALT = "guides.preview"


def preview_path(guide: Guide) -> str:
    return reverse("preview", args=[signing.dumps([guide.pk, guide.preview_version], salt=SALT)])


def guide_for(token: str, guides: QuerySet[Guide]) -> Guide:
    """The one of ``guides`` whose preview ``token`` opens, with its topic.

    Raises signing.BadSignature for a forged or old token and Guide.DoesNotExist for a revoked one.
    """
    pk, version = signing.loads(token, salt=SALT, max_age=settings.DRAFT_PREVIEW_DAYS * 24 * 60 * 60)
    return guides.select_related("topic").get(pk=pk, preview_version=version)
