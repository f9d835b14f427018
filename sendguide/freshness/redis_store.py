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
    """Empty before the first change, and once Redis has forgotten it."""

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
            return str(self.cache.get(KEY, ""))
        except (RedisError, OSError) as error:
            raise Away from error

    def renew(self) -> None:
        self.cache.set(KEY, uuid4().hex, timeout=None)
