"""Writes that touch several things, named for the act."""

import secrets
from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from guides.addresses import Addresses
from guides.models import Guide, Picture
from guides.publishing import Faults, guide_faults
from sendguide.lib.pictures import EncodedPicture
from sendguide.lib.rich_text import Fault

MUST_STAY = "The menus of the site lead to it: it must stay published. You can change its text."
CHANGED_MEANWHILE = "Somebody saved it at this very moment. Look at it, then try again."


def publish(*, guides: Iterable[Guide], by: User) -> dict[Guide, Faults]:
    """Publish those of ``guides`` that have no faults; the others stay as they are and are returned with theirs."""
    guides = list(guides)
    found = _faulty(guides, Addresses.from_database())
    left = _set_status([guide for guide in guides if guide not in found], Guide.Status.PUBLISHED, by)
    return found | {guide: {"body": [Fault(CHANGED_MEANWHILE)]} for guide in left}


def _faulty(guides: list[Guide], addresses: Addresses) -> dict[Guide, Faults]:
    """Guides that are published together may link to each other, but not to one that is refused."""
    public = {guide for guide in guides if guide.is_published()}
    for guide in guides:
        addresses.add_guide(guide.slug, (heading.id for heading in guide.rendered().headings))
    found: dict[Guide, Faults] = {}
    while new := {g: faults for g in guides if g not in found and (faults := guide_faults(g, addresses))}:
        found |= new
        for guide in new.keys() - public:
            addresses.remove_guide(guide.slug)
    return found


def withdraw(*, guides: Iterable[Guide], by: User) -> dict[Guide, str]:
    """Back to draft: the public no longer sees them. Returns those that stay, each with the reason."""
    guides = list(guides)
    changed = _set_status([guide for guide in guides if not guide.is_fixed], Guide.Status.DRAFT, by)
    return {guide: MUST_STAY for guide in guides if guide.is_fixed} | dict.fromkeys(changed, CHANGED_MEANWHILE)


def _set_status(guides: list[Guide], status: Guide.Status, by: User) -> list[Guide]:
    """Returns those that somebody else changed since ``guides`` were read; they are left alone."""
    changed = []
    with transaction.atomic():
        rows = Guide.objects.select_for_update().filter(pk__in=[guide.pk for guide in guides]).order_by("pk")
        saved_at: dict[int, datetime] = dict(rows.values_list("pk", "updated_at"))
        for guide in guides:
            if saved_at.get(guide.pk) != guide.updated_at:
                changed.append(guide)
                continue
            guide.status = status
            guide.publish_at = None
            # django-simple-history's way to name the editor and the reason
            guide._history_user = by  # type: ignore[attr-defined]
            guide._change_reason = f"Set to {status.label.lower()} from the list"  # type: ignore[attr-defined]
            # Not the texts: rendering has no place in a transaction.
            guide.save(update_fields=["status", "publish_at", "updated_at"])
    return changed


def renew_preview_links(*, guides: Iterable[Guide]) -> None:
    """Links given out before stop working."""
    # Also a new time of saving: a form opened before would bring the old version back with its other fields.
    rows = Guide.objects.filter(pk__in=[guide.pk for guide in guides])
    rows.update(preview_version=F("preview_version") + 1, updated_at=timezone.now())


def write_files(picture: Picture, encoded: EncodedPicture) -> None:
    """Give a new ``picture`` its name and sizes and write its files, all or none; the caller saves the row."""
    picture.name = secrets.token_hex(8)
    picture.widths, picture.height = list(encoded.files), encoded.height
    try:
        for name, content in zip(picture.files, encoded.files.values(), strict=True):
            default_storage.save(name, ContentFile(content))
    except OSError:
        remove_files(picture)
        raise


def remove_files(picture: Picture) -> None:
    """A deleted picture is gone for good, also for those who kept its address."""
    for name in picture.files:
        default_storage.delete(name)


def keep_picture(*, encoded: EncodedPicture, alt: str, by: User) -> Picture:
    """A new picture with its files. A file without a row (if saving fails) is never shown to anybody."""
    picture = Picture(alt=alt, uploaded_by=by)
    write_files(picture, encoded)
    picture.save()
    return picture
