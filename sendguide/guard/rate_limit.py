"""How often one visitor may do something.

Counted in the database: of 800 hits by eight at once all are counted, on SQLite and on PostgreSQL. With Django's cache,
which reads and then writes, it was 102 to 169.
"""

from datetime import UTC, datetime, timedelta
from ipaddress import IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from sendguide.guard.models import Counter
from sendguide.lib.email_addresses import email_key

HOUR = timedelta(hours=1)
# What one person may mistype, and what is no use to who tries out other people's addresses.
MOST_FOR_ONE_EMAIL = 10
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Both databases know it, SQLite since 3.35. Finding and adding are one step: nobody can come between them.
COUNT = """
    INSERT INTO guard_counter (key, ends_at, count) VALUES (%s, %s, 1)
    ON CONFLICT (key, ends_at) DO UPDATE SET count = guard_counter.count + 1
    RETURNING count
"""


def count_hit(name: str, identity: str, *, per: timedelta, most: int, now: datetime) -> bool:
    """Count one more ``name`` by ``identity``. True while there were no more than ``most`` of them.

    Time is cut into windows of the length ``per`` that are the same for everybody, so twice as many can pass around
    the end of one. To be called outside of transactions: one that is rolled back would take the hit with it.
    """
    key = salted_hmac("sendguide.guard.rate_limit", f"{name}\n{per}\n{identity}", algorithm="sha256").hexdigest()
    with connection.cursor() as cursor:
        ends_at = connection.ops.adapt_datetimefield_value(window_end(per, now))
        cursor.execute(COUNT, [key, ends_at])
        count: int = cursor.fetchone()[0]
    return count <= most


def wait_after(name: str, request: HttpRequest, email: str, *, an_hour: int, now: datetime) -> timedelta:
    """Count one more form called ``name`` from this visitor, and with the address typed in it.

    Gives how long to wait before it is taken: nought while one has sent no more than ``an_hour``, and no more came
    with the address, from wherever. Who has been refused uses up nobody's address.
    """
    most = {visitor_address(request): an_hour, email_key(email): MOST_FOR_ONE_EMAIL}
    passes = all(count_hit(name, identity, per=HOUR, most=number, now=now) for identity, number in most.items())
    return timedelta() if passes else window_end(HOUR, now) - now


def window_end(per: timedelta, now: datetime) -> datetime:
    """When counting starts again at nought."""
    return now + per - (now - EPOCH) % per


def forget_old(now: datetime) -> int:
    """Delete what no longer counts; the number of rows that went."""
    deleted, _ = Counter.objects.filter(ends_at__lte=now).delete()
    return deleted


def visitor_address(request: HttpRequest) -> str:
    """Who asks, for ``count_hit``: an IPv4 address, or the network (/64) of an IPv6 address.

    Every proxy writes behind the others from whom it got the request. Of that list only what our own proxies wrote can
    be believed: the last TRUSTED_PROXIES entries, of which the first is the visitor. A household or a phone has a whole
    IPv6 network, and could take another address for each request.
    """
    direct: str = request.META["REMOTE_ADDR"]
    if settings.TRUSTED_PROXIES:
        told = request.headers.get("X-Forwarded-For", "").split(",")
        if len(told) >= settings.TRUSTED_PROXIES and (visitor := _network(told[-settings.TRUSTED_PROXIES])):
            return visitor
    return _network(direct) or direct


def _network(text: str) -> str:
    """Empty if ``text`` is no address."""
    try:
        address = ip_address(text.strip())
    except ValueError:
        return ""
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(IPv6Network((int(address), 64), strict=False))
