"""Fills the database with a site as it may be one day. Most rows are copied inside PostgreSQL, a million in seconds."""

import random
import re
from collections.abc import Iterator
from datetime import date, time, timedelta
from itertools import chain, islice

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from django.db.models import Max
from django.utils import timezone

from bookings.availability import terms
from bookings.models import Adviser, Booking, TimeOff, WeeklyHours
from guides.models import Council, Guide, GuideChange, Topic
from sendguide.lib.dates import monday_of
from tests import factories
from workshops.models import Workshop

GUIDES, SECTIONS = 5_000, 8
WORKSHOPS, DATES, SIGN_UPS = 100, 10_000, 200_000
ADVISERS, CALLS, CALLS_A_DAY = 200, 1_000_000, 4  # of each adviser, on each working day of five years
EMAILS, ACTS, WAITING = 100_000, 50_000, 500
# Of past calls so many still have the family's details although their time is over.
DUE = 100_000
HEADING = re.compile(r"(?=<h2 )|(?m:^(?=## ))")


def empty() -> None:
    """Nothing but what is loaded from content/."""
    tables = "bookings_adviser, bookings_waitingentry, workshops_workshopdate, outbox_queuedemail"
    _sql(f"TRUNCATE {tables} RESTART IDENTITY CASCADE")
    Guide.objects.filter(slug__startswith="bench-").delete()


def fill() -> None:
    _guides()
    _workshops()
    _calls()
    _traces()
    settle()


def settle() -> None:
    """What PostgreSQL does by itself within minutes of so many changes."""
    _sql("VACUUM ANALYZE")


def copies(row: models.Model, number: int, **columns: str) -> None:
    """``number`` copies of ``row``; ``columns`` say in SQL what is another in each, by its number ``n``, from 1 on."""
    meta = row._meta
    others = [field.column for field in meta.concrete_fields if not field.primary_key]
    values = ", ".join(columns.get(name, f't."{name}"') for name in others)
    names = ", ".join(f'"{name}"' for name in others)
    rows = f"{meta.db_table} t, generate_series(1, {number}) n"
    _sql(f"INSERT INTO {meta.db_table} ({names}) SELECT {values} FROM {rows} WHERE t.id = {row.pk} ORDER BY n")


def _sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _one_of(model: type[models.Model]) -> str:
    """In SQL: the key of one of all rows of ``model``, another one for the next ``n``."""
    keys = list(model._base_manager.order_by("pk").values_list("pk", flat=True))
    return f"(ARRAY{keys})[1 + n * 7 % {len(keys)}]"


def _guides() -> None:
    """Each of sections of ours, in new company: so that words are as rare and as frequent as they are."""
    chance, topics = random.Random(1), list(Topic.objects.all())
    ours = list(Guide.objects.published())
    sections = list(chain.from_iterable(map(_sections, ours)))

    def made() -> Iterator[Guide]:
        for number in range(GUIDES):
            chosen = chance.sample(sections, SECTIONS)
            guide = Guide(**_fields(ours[number % len(ours)]))
            guide.slug, guide.title, guide.order = f"bench-{number}", f"{chosen[0][3]} ({number})"[:120], 200
            guide.topic = topics[number % len(topics)]
            guide.body, guide.body_html, guide.marked = (
                "\n".join(each[0] for each in chosen),
                "\n".join(each[1] for each in chosen),
                {"body": "\n".join(each[2] for each in chosen)},
            )
            yield guide

    guides = made()
    while part := list(islice(guides, 500)):
        Guide.objects.bulk_create(part)
    line = GuideChange.objects.create(guide=ours[0], note="What changed, and why.")
    copies(line, 2 * GUIDES, guide_id=_one_of(Guide), date="t.date - n % 2000")


def _fields(guide: Guide) -> dict[str, object]:
    return {field.attname: getattr(guide, field.attname) for field in guide._meta.concrete_fields if field.name != "id"}


def _sections(guide: Guide) -> list[tuple[str, str, str, str]]:
    """Of each section the Markdown, the HTML, the same with its words explained, and what it is called."""
    texts = (guide.body, guide.body_html, guide.marked.get("body", guide.body_html))
    parts = zip(*(HEADING.split(text)[1:] for text in texts), strict=False)
    return [(body, html, marked, re.sub(r"## | *\{#.*", "", body.partition("\n")[0])) for body, html, marked in parts]


def _workshops() -> None:
    councils = list(Council.objects.all()[:4])
    topics = list(Topic.objects.all())
    for number in range(WORKSHOPS):
        area = {"reach": "except", "councils": councils} if number % 4 == 0 else {}
        factories.workshop(topic=topics[number % len(topics)], **area)
    pks = list(Workshop.objects.order_by("-pk").values_list("pk", flat=True)[:WORKSHOPS])
    long_ago = timezone.now() - timedelta(days=3000)
    date_row = factories.workshop_date(workshop=Workshop.objects.get(pk=pks[0]), starts_at=long_ago, capacity=30)
    # Seven of ten are over.
    starts = "date_trunc('day', now()) + interval '19 hours' + ((n / {0} - {1}) * 7 + n % 5) * interval '1 day'"
    starts = starts.format(WORKSHOPS, DATES * 7 // 10 // WORKSHOPS)
    copies(
        date_row,
        DATES,
        workshop_id=f"(ARRAY{pks})[1 + n % {WORKSHOPS}]",
        starts_at=starts,
        ends_at=f"{starts} + interval '90 minutes'",
        closes_at=f"{starts} - interval '1 hour'",
        taken="18",
    )
    each = SIGN_UPS // DATES
    first = factories.sign_up(date=date_row)
    of_date = f"{date_row.pk} + 1 + (n - 1) / {each}"
    copies(
        first,
        SIGN_UPS,
        date_id=of_date,
        name="'Ann ' || n",
        email="'ann-' || n || '@example.org'",
        email_key="'ann-' || n || '@example.org'",
        council_id=_one_of(Council),
        status=f"CASE WHEN n % {each} < 18 THEN 'placed' ELSE 'given back' END",
        submission_id="gen_random_uuid()",
    )
    _sql("""UPDATE workshops_signup SET name = '', email = '', email_key = '' FROM workshops_workshopdate d
         WHERE d.id = date_id AND d.ends_at < now() - interval '29 days'""")


def _advisers() -> list[Adviser]:
    advisers = Adviser.objects.bulk_create(
        Adviser(name=f"Adviser {number:03}", email=f"adviser-{number}@staff.example") for number in range(ADVISERS)
    )
    now = timezone.now()
    WeeklyHours.objects.bulk_create(
        WeeklyHours(
            adviser=each,
            weekday=weekday,
            starts=time(9 + number % 2),
            ends=time(17 + number % 2),
            from_day=date(2020, 1, 1),
        )
        for number, each in enumerate(advisers)
        for weekday in range(5)
    )
    TimeOff.objects.bulk_create(
        TimeOff(
            adviser=each, starts_at=now + timedelta(days=number % 20), ends_at=now + timedelta(days=number % 20 + 5)
        )
        for number, each in enumerate(advisers)
    )
    topics = list(Topic.objects.all())
    for number, each in enumerate(advisers):
        each.topics.set(topics[: number % 3])
    return advisers


def _calls() -> None:
    """Five years of them until three weeks from now. One in twelve was cancelled; few of those ahead need a relay."""
    advisers = _advisers()
    row = factories.booking(adviser=advisers[0], status="cancelled", is_upcoming=False)
    days = CALLS // ADVISERS // CALLS_A_DAY
    first = monday_of(timezone.now()) - timedelta(weeks=days // 5 - 4)
    day, slot = f"(n - 1) / {ADVISERS * CALLS_A_DAY}", f"(n - 1) / {ADVISERS} % {CALLS_A_DAY}"
    local = f"date '{first}' + ({day} / 5 * 7 + {day} % 5) + time '10:00' + {slot} * interval '100 minutes'"
    starts = f"(({local}) AT TIME ZONE 'Europe/London')"
    cancelled = "n % 12 = 0"
    # Calls are kept for 90 days; of what is older as much as is to be purged.
    is_blank = f"n <= {CALLS - ADVISERS * CALLS_A_DAY * (20 + 65) - DUE}"

    def details(value: str) -> str:
        return f"CASE WHEN {is_blank} THEN '' ELSE {value} END"

    copies(
        row,
        CALLS,
        adviser_id=f"{advisers[0].pk} + (n - 1) % {ADVISERS}",
        starts_at=starts,
        ends_at=f"{starts} + interval '15 minutes'",
        status=f"CASE WHEN {cancelled} THEN 'cancelled' ELSE 'booked' END",
        is_upcoming=f"{starts} > now() AND NOT {cancelled}",
        outcome=f"""CASE WHEN {cancelled} OR {starts} > now() OR n % 29 = 0 THEN ''
                    WHEN n % 10 = 1 THEN 'not reached' WHEN n % 10 < 4 THEN 'follow-up' ELSE 'helped' END""",
        tries=f"CASE WHEN {cancelled} OR {starts} > now() THEN 0 ELSE 1 END",
        topic_id=f"CASE WHEN n % 3 = 0 THEN NULL ELSE {_one_of(Topic)} END",
        council_id=f"CASE WHEN n % 5 = 0 THEN NULL ELSE {_one_of(Council)} END",
        name=details("'Ann ' || n"),
        phone=details("'+4477' || lpad(n::text, 8, '0')"),
        email=details("'family-' || n || '@example.org'"),
        email_key=details("'family-' || n || '@example.org'"),
        word=details("'sunshine'"),
        about=details("repeat('What they would like to talk about. ', 4)"),
        access_needs=f"CASE WHEN NOT {is_blank} AND n % 40 = 0 THEN '[\"relay\"]'::jsonb ELSE '[]'::jsonb END",
        # New ones have no 0.
        reference="overlay(lpad(upper(to_hex(n)), 6, '0') PLACING '-' FROM 4 FOR 0)",
        submission_id="gen_random_uuid()",
        created_at=f"{starts} - interval '6 days'",
        timed_at=f"{starts} - interval '6 days'",
        updated_at=f"{starts} - interval '6 days'",
        cancelled_at=f"CASE WHEN {cancelled} THEN {starts} - interval '1 day' END",
        cancelled_by=f"CASE WHEN {cancelled} THEN 'family' ELSE '' END",
    )
    held = terms().held
    cell = "(extract(epoch FROM starts_at) / 300)::int"
    _sql(f"""INSERT INTO bookings_bookedcell (adviser_id, cell, held, booking_id)
         SELECT adviser_id, {cell} + k, CASE k WHEN 0 THEN {held} ELSE 0 END, id
         FROM bookings_booking, generate_series(0, {held - 1}) k
         WHERE id > {row.pk} AND status = 'booked' AND starts_at > now() - interval '7 days'""")


def _traces() -> None:
    """What calls and people leave elsewhere: e-mails of a month, acts of staff, a waiting list."""
    now = "now() - n * interval '26 seconds'"
    copies(
        factories.queued_email(status="sent", sent_at=timezone.now(), kind="bookings.booked", sent_subject="Your call"),
        EMAILS,
        key="'bench-' || n",
        to="'family-' || n || '@example.org'",
        about="n",
        created_at=now,
        sent_at=now,
        next_attempt_at=now,
        message_id="'<' || n || '@sendguide.example>'",
        sent_text="repeat('What stood in it. ', 80)",
    )
    kind, staff = ContentType.objects.get_for_model(Booking), factories.staff()
    entry = staff.logentry_set.model.objects.create(
        user=staff, content_type=kind, object_id="1", object_repr="Call", action_flag=2
    )
    last = Booking.objects.aggregate(last=Max("pk"))["last"]
    number = f"({last} - n * 10)::text"
    copies(entry, ACTS, object_id=number, action_time="now() - n * interval '10 minutes'")
    copies(
        factories.waiting_entry(),
        WAITING,
        email="'waits-' || n || '@example.org'",
        email_key="'waits-' || n || '@example.org'",
        queued_at=now,
        submission_id="gen_random_uuid()",
    )
