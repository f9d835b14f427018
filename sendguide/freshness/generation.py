import logging
from functools import cache

from django.conf import settings

from sendguide.freshness.stores import FILE_BELIEVED_SECONDS, Away, Believed, DatabaseStore, FileStore, Store

logger = logging.getLogger(__name__)


@cache
def store() -> Store:
    """As CACHE_URL says."""
    where = settings.CACHE_URL
    if where == "file":
        return Believed(FileStore(settings.DATA_DIR / "generation"), FILE_BELIEVED_SECONDS)
    if where == "database":
        return Believed(DatabaseStore())
    # Not imported where there is no Redis: it takes its time and memory.
    from sendguide.freshness.redis_store import RedisStore

    return Believed(RedisStore(where))


def current() -> str | None:
    """None while nobody can say: then nothing that was kept may be used."""
    try:
        return store().read()
    except Away:
        return None


def renew() -> None:
    """To be called when a change is committed. What is done stays done: a failure is only logged."""
    try:
        store().renew()
    except Exception:
        logger.exception("Pages may be old for up to a minute: their generation could not be renewed (see CACHE_URL).")
