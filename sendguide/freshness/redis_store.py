from uuid import uuid4

from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from sendguide.freshness.stores import Away

KEY = "sendguide.generation"
# A visitor waits for it, seldom and never longer.
SECONDS = 0.3


class RedisStore:
    """What Redis has forgotten begins anew: no page that was kept before is taken for a fresh one."""

    def __init__(self, address: str) -> None:
        # Protocol 2 is what every Redis speaks; one more try would keep a visitor waiting.
        options = {
            "protocol": 2,
            "retry": Retry(NoBackoff(), 0),
            "socket_connect_timeout": SECONDS,
            "socket_timeout": SECONDS,
        }
        self.cache = RedisCache(address, {"OPTIONS": options})

    def read(self) -> str:
        try:
            return str(self.cache.get_or_set(KEY, _new, timeout=None))
        except (RedisError, OSError) as error:
            raise Away from error

    def renew(self) -> None:
        self.cache.set(KEY, _new(), timeout=None)


def _new() -> str:
    return uuid4().hex
