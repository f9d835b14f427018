"""One look at one link. Whoever is killed in the middle has looked in vain, and looks again the next night."""

from collections.abc import Callable
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from guides.models import OutsideLink
from guides.outside.asking import Unreached, look
from guides.outside.listing import list_links

# While few people read, here and there.
NIGHT = range(1, 6)
MOST_A_NIGHT = 1500


def check_one(now: datetime, look: Callable[[str], None] = look) -> bool:
    """Look at the link that is due, if any is; False if none is. Several machines never look at the same one."""
    moment = timezone.localtime(now)
    today = moment.date()
    if link := OutsideLink.objects.filter(look_again=True).first():
        if OutsideLink.objects.filter(pk=link.pk, look_again=True).update(look_again=False):
            _look(link, today, look, counts=False)
        return True
    if moment.hour not in NIGHT:
        return False
    if not OutsideLink.objects.filter(listed_on=today).exists() and not list_links(today):
        return False
    if OutsideLink.objects.filter(checked_on=today).count() >= MOST_A_NIGHT:
        return False
    link = OutsideLink.objects.due(today).first()
    if link is None:
        return False
    others = Q(checked_on__isnull=True) | Q(checked_on__lt=today)
    if OutsideLink.objects.filter(others, pk=link.pk).update(checked_on=today):
        _look(link, today, look, counts=True)
    return True


def _look(link: OutsideLink, today: date, look: Callable[[str], None], *, counts: bool) -> None:
    try:
        look(link.address)
    except Unreached as reason:
        link.was_not_reached(str(reason), today, counts=counts)
    else:
        link.was_reached(today)
