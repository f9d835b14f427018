"""Writes that touch several things, named for the act."""

import secrets
from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F

from guides.addresses import Addresses
from guides.models import Guide, Picture
from guides.publishing import Faults, guide_faults
from sendguide.lib.pictures import EncodedPicture


def publish(*, guides: Iterable[Guide], by: AbstractBaseUser) -> dict[Guide, Faults]:
    """Publish those of ``guides`` that have no faults; the others stay as they are and are returned with theirs."""
    guides, addresses = list(guides), Addresses.from_database()
    # Guides that are published together may link to each other.
    for guide in guides:
        addresses.add("guide", guide.slug, (heading.id for heading in guide.rendered().headings))
    refused = {guide: faults for guide in guides if (faults := guide_faults(guide, addresses))}
    _set_status([guide for guide in guides if guide not in refused], Guide.Status.PUBLISHED, by)
    return refused


def withdraw(*, guides: Iterable[Guide], by: AbstractBaseUser) -> None:
    """Back to draft: the public no longer sees them."""
    _set_status(list(guides), Guide.Status.DRAFT, by)


def _set_status(guides: list[Guide], status: Guide.Status, by: AbstractBaseUser) -> None:
    with transaction.atomic():
        for guide in guides:
            guide.status = status
            guide.publish_at = None
            guide._history_user = by  # django-simple-history's way to name the editor
            guide._change_reason = f"Set to {status.label.lower()} from the list"
            guide.save()


def renew_preview_links(*, guides: Iterable[Guide]) -> None:
    """Links given out before stop working."""
    Guide.objects.filter(pk__in=[guide.pk for guide in guides]).update(preview_version=F("preview_version") + 1)


def write_files(picture: Picture, encoded: EncodedPicture) -> None:
    """Give a new ``picture`` its name and sizes and write its files; the caller saves the row."""
    picture.name = secrets.token_hex(8)
    picture.widths, picture.height = list(encoded.files), encoded.height
    for name, content in zip(picture.files, encoded.files.values(), strict=True):
        default_storage.save(name, ContentFile(content))


def keep_picture(*, encoded: EncodedPicture, alt: str, by: AbstractBaseUser) -> Picture:
    """A new picture with its files. A file without a row (if saving fails) is never shown to anybody."""
    picture = Picture(alt=alt, uploaded_by=by)
    write_files(picture, encoded)
    picture.save()
    return picture
