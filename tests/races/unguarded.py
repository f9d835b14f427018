"""Places given by looking first and writing then, for negative controls."""

import time

from workshops.models import WorkshopDate


def unguarded_lock(pk: int) -> WorkshopDate:
    return WorkshopDate.objects.select_related("workshop").get(pk=pk)


def unguarded_take(date: WorkshopDate) -> bool:
    """Look, then write: what was seen may be long gone."""
    if date.taken >= date.capacity:
        return False
    time.sleep(0.05)
    date.taken += 1
    WorkshopDate.objects.filter(pk=date.pk).update(taken=date.taken)
    return True
