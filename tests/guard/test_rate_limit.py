"""How hits are counted, whom they are counted for, and what the database holds of it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import RequestFactory

from sendguide.guard.models import Counter
from sendguide.guard.rate_limit import count_hit, forget_old, visitor_address, wait_after, window_end

NOW = datetime(2026, 12, 1, 10, 37, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def hit(identity="192.0.2.1", name="sign-up", per=HOUR, most=2, now=NOW):
    return count_hit(name, identity, per=per, most=most, now=now)


@pytest.mark.django_db
def test_as_many_as_are_allowed_pass_and_no_more():
    assert [hit() for _ in range(4)] == [True, True, False, False]
    assert list(Counter.objects.values_list("count", "ends_at")) == [(4, datetime(2026, 12, 1, 11, tzinfo=UTC))]


@pytest.mark.django_db
def test_next_window_begins_at_nought():
    assert [hit() for _ in range(3)] == [True, True, False]
    assert hit(now=NOW.replace(hour=11, minute=0, second=0)) is True


@pytest.mark.django_db
@pytest.mark.parametrize("other", [{"identity": "192.0.2.2"}, {"name": "move"}, {"per": timedelta(minutes=30)}])
def test_others_are_counted_apart(other):
    assert [hit() for _ in range(3)] == [True, True, False]
    assert hit(**other) is True


@pytest.mark.django_db
def test_visitor_and_typed_address_have_each_their_own_number(rf, monkeypatch):
    def wait(visitor: str, email: str) -> timedelta:
        request = rf.post("/", REMOTE_ADDR=visitor)
        return wait_after("sign-up", request, email, an_hour=2, now=NOW)

    monkeypatch.setattr("sendguide.guard.rate_limit.MOST_FOR_ONE_EMAIL", 1)
    goes_on, has_to_wait = timedelta(), timedelta(minutes=22, seconds=48)
    assert wait("192.0.2.1", "ann@example.org") == goes_on
    assert wait("192.0.2.2", " Ann@Example.org") == has_to_wait
    assert wait("192.0.2.1", "bea@example.org") == goes_on
    # A visitor who is refused uses up nobody's address.
    assert wait("192.0.2.1", "cem@example.org") == has_to_wait
    assert wait("192.0.2.3", "cem@example.org") == goes_on


@pytest.mark.django_db
def test_address_is_not_kept_and_cannot_be_tried_out_without_the_secret_key(settings):
    hit()
    settings.SECRET_KEY = "another"
    hit()
    first, second = Counter.objects.values_list("key", flat=True)
    assert (len(first), len(second)) == (64, 64)
    assert first != second


@pytest.mark.django_db
def test_each_hit_is_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        hit()


@pytest.mark.django_db
def test_windows_that_ended_are_forgotten():
    hit()
    hit(per=timedelta(days=1))
    assert forget_old(NOW) == 0
    assert forget_old(NOW.replace(hour=11, minute=0, second=0)) == 1
    assert Counter.objects.get().ends_at == datetime(2026, 12, 2, tzinfo=UTC)


@pytest.mark.django_db
def test_database_refuses_a_second_counter_for_one_key_and_window():
    Counter.objects.create(key="k", ends_at=NOW, count=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Counter.objects.create(key="k", ends_at=NOW, count=1)


def test_counter_says_nothing_about_anybody():
    assert str(Counter(key="k", ends_at=NOW, count=3)) == "3 until 2026-12-01 10:37"


@pytest.mark.parametrize(
    ("now", "end"),
    [
        (NOW, datetime(2026, 12, 1, 11, tzinfo=UTC)),
        (datetime(2026, 12, 1, 11, tzinfo=UTC), datetime(2026, 12, 1, 12, tzinfo=UTC)),
        (datetime(2026, 12, 1, 10, 59, 59, 999999, tzinfo=UTC), datetime(2026, 12, 1, 11, tzinfo=UTC)),
    ],
)
def test_window_ends_at_the_next_full_hour(now, end):
    assert window_end(HOUR, now) == end


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "198.51.100.7", "192.0.2.9"),  # nobody is trusted
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "10.0.0.1, 198.51.100.7", "198.51.100.7"),  # the first part was made up by the visitor
        (2, "10.0.0.1, 198.51.100.7, 203.0.113.5", "198.51.100.7"),
        (2, "198.51.100.7", "192.0.2.9"),  # did not come through both proxies
        (1, None, "192.0.2.9"),
        (1, "", "192.0.2.9"),
        (1, "unknown", "192.0.2.9"),
        (1, "198.51.100.7, ", "192.0.2.9"),
        (1, "198.51.100.7:4711", "192.0.2.9"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (1, "2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        (1, "::ffff:198.51.100.7", "198.51.100.7"),
        (1, "fe80::1%eth0", "fe80::/64"),
    ],
)
def test_address_is_what_our_own_proxies_say(settings, proxies, forwarded, address):
    settings.TRUSTED_PROXIES = proxies
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    assert visitor_address(RequestFactory().get("/", headers=headers, REMOTE_ADDR="192.0.2.9")) == address


@pytest.mark.parametrize(("direct", "address"), [("2001:db8::7", "2001:db8::/64"), ("", ""), ("unix:", "unix:")])
def test_address_without_proxies_is_that_of_the_connection(direct, address):
    assert visitor_address(RequestFactory().get("/", REMOTE_ADDR=direct)) == address
