"""Rows for tests: plain functions, every argument optional, only what a test is about need be said."""

import itertools
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission, User
from django.db.models import F

from bookings.actions import Caller
from bookings.actions.cells import hold
from bookings.models import Adviser, Booking, Offer, WaitingEntry, WeeklyHours
from bookings.slots import LENGTH
from guides.models import (
    Council,
    GlossaryTerm,
    Guide,
    Picture,
    Role,
    SearchMiss,
    SearchSynonym,
    SitePage,
    Situation,
    Testimonial,
    Topic,
)
from sendguide.lib.phones import Phone
from sendguide.outbox.models import QueuedEmail
from workshops.models import SignUp, Workshop, WorkshopDate

numbers = itertools.count(1)


def topic(**fields: Any) -> Topic:
    number = next(numbers)
    return Topic.objects.create(**{"name": f"Topic {number}", "slug": f"topic-{number}", "summary": "S."} | fields)


def guide(**fields: Any) -> Guide:
    """Published, about England, reviewed on 24 November 2026."""
    number = next(numbers)
    values = {
        "title": f"Guide {number}",
        "slug": f"guide-{number}",
        "nations": ["England"],
        "summary": "What it is about.",
        "body": "Hello.\n\n## First question {#first}\n\nAn answer.\n",
        "reviewed_on": date(2026, 11, 24),
        "status": Guide.Status.PUBLISHED,
    }
    return Guide.objects.create(**{"topic": fields.pop("topic", None) or topic()} | values | fields)


def page(**fields: Any) -> SitePage:
    number = next(numbers)
    values = {"title": f"Page {number}", "slug": f"page-{number}", "summary": "S.", "body": "Text.\n"}
    return SitePage.objects.create(**values | fields)


def term(**fields: Any) -> GlossaryTerm:
    number = next(numbers)
    values = {
        "term": f"Term {number}",
        "slug": f"term-{number}",
        "category": "law-and-plans",
        "definition": "A meaning.",
        "nations": ["England"],
    }
    return GlossaryTerm.objects.create(**values | fields)


def role(**fields: Any) -> Role:
    number = next(numbers)
    values = {
        "title": f"Role {number}",
        "slug": f"role-{number}",
        "sector": Role.Sector.EDUCATION,
        "works_where": "In schools.",
        "what_they_do": "They help.",
        "when_you_meet_them": "At school.",
        "questions_to_ask": ["What helps?", "Who helps?", "When do we meet?"],
        "nations": ["England"],
    }
    return Role.objects.create(**values | fields)


def council(**fields: Any) -> Council:
    number = next(numbers)
    values = {
        "code": f"E{number:08}",
        "slug": f"council-{number}",
        "name": f"Council {number}",
        "nation": "England",
        "region": "London",
        "confidence": Council.Confidence.EVIDENCE,
    }
    return Council.objects.create(**values | fields)


def testimonial(**fields: Any) -> Testimonial:
    number = next(numbers)
    values = {"slug": f"said-{number}", "quote": "They listened.", "attribution": "A parent", "published": True}
    return Testimonial.objects.create(**values | fields)


testimonial.__test__ = False  # type: ignore[attr-defined] - begins like a test, is none


def situation(**fields: Any) -> Situation:
    number = next(numbers)
    return Situation.objects.create(**{"slug": f"s-{number}", "words": "It is hard", "address": "/guides/"} | fields)


def search_synonym(**fields: Any) -> SearchSynonym:
    """Leads to a page that is not there."""
    number = next(numbers)
    values = {"slug": f"typed-{number}", "typed": f"typed {number}", "official": "Term", "targets": ["glossary:none"]}
    return SearchSynonym.objects.create(**values | fields)


def search_miss(**fields: Any) -> SearchMiss:
    return SearchMiss.objects.create(**{"words": "trampoline", "month": date(2026, 12, 1), "count": 7} | fields)


def picture(**fields: Any) -> Picture:
    """A row only; no files."""
    values = {"name": f"{next(numbers):016x}", "alt": "A child draws", "widths": [480, 960], "height": 640}
    return Picture.objects.create(**values | fields)


def staff(*permissions: str, **fields: Any) -> User:
    """A member of staff with ``permissions`` such as "change_guide"; a superuser with ``is_superuser=True``."""
    user = get_user_model().objects.create_user(
        **{"username": f"staff-{next(numbers)}", "password": "a long password 1", "is_staff": True} | fields
    )
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return user


def queued_email(**fields: Any) -> QueuedEmail:
    """Waiting and due."""
    number = next(numbers)
    values = {"key": f"key-{number}", "kind": "outbox.trial", "to": f"parent-{number}@family.example", "about": number}
    return QueuedEmail.objects.create(**values | fields)


def workshop(**fields: Any) -> Workshop:
    """Published, for everyone; ``councils`` is a list."""
    number = next(numbers)
    councils = fields.pop("councils", [])
    values = {"title": f"Workshop {number}", "slug": f"workshop-{number}", "summary": "S.", "published": True}
    made = Workshop.objects.create(**{"topic": fields.pop("topic", None) or topic()} | values | fields)
    made.councils.set(councils)
    return made


def workshop_date(**fields: Any) -> WorkshopDate:
    """Open, with 10 places, on 10 December 2026 at 7pm for 90 minutes."""
    starts_at = fields.pop("starts_at", datetime(2026, 12, 10, 19, tzinfo=UTC))
    values = {
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=90),
        "closes_at": starts_at - timedelta(hours=1),
        "capacity": 10,
        "joining_link": "https://meet.example/secret-room",
        "status": WorkshopDate.Status.OPEN,
    }
    return WorkshopDate.objects.create(**{"workshop": fields.pop("workshop", None) or workshop()} | values | fields)


def next_month() -> datetime:
    """For tests that go by the real clock."""
    return datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(days=30)


def sign_up(**fields: Any) -> SignUp:
    """A row only: the date's count of places is not touched, unless it has a place, which is counted."""
    number = next(numbers)
    values = {"name": "Ann", "email": f"ann-{number}@example.org", "submission_id": uuid4(), "status": "placed"}
    made = SignUp.objects.create(**{"date": fields.pop("date", None) or workshop_date()} | values | fields)
    if made.is_placed:
        WorkshopDate.objects.filter(pk=made.date_id).update(taken=F("taken") + 1)
        made.date.refresh_from_db()
    return made


# A Wednesday, and a time at which calls of an adviser who begins at 9am can begin.
CALL_TIME = datetime(2026, 12, 2, 10, tzinfo=UTC)


def adviser(**fields: Any) -> Adviser:
    """Takes calls Monday to Friday, 9am to 5pm; ``weekdays=()`` for none, ``topics`` is a list. By name as by age."""
    number = next(numbers)
    weekdays, topics = fields.pop("weekdays", range(5)), fields.pop("topics", [])
    made = Adviser.objects.create(
        **{"name": f"Adviser {number:06}", "email": f"adviser-{number}@staff.example"} | fields
    )
    made.topics.set(topics)
    hours = {"starts": time(9), "ends": time(17), "from_day": date(2026, 1, 1)}
    for weekday in weekdays:
        WeeklyHours.objects.create(adviser=made, weekday=weekday, **hours)
    return made


def caller(**fields: Any) -> Caller:
    number = next(numbers)
    values = {"name": "Ann", "email": f"ann-{number}@example.org", "submission_id": uuid4()}
    return Caller(**{"phone": Phone(number=f"+44770090{number:04}")} | values | fields)


def booking(**fields: Any) -> Booking:
    """A row and the time that it holds, on Wednesday 2 December 2026 at 10am."""
    number = next(numbers)
    starts_at = fields.pop("starts_at", CALL_TIME)
    values = {
        "starts_at": starts_at,
        "ends_at": starts_at + LENGTH,
        "name": "Ann",
        "phone": f"+44770090{number:04}",
        "email": f"ann-{number}@example.org",
        "word": "sunshine",
        "submission_id": uuid4(),
    }
    made = Booking.objects.create(**{"adviser": fields.pop("adviser", None) or adviser()} | values | fields)
    if not made.is_cancelled:
        hold(made.adviser, made.starts_at, booking=made)
    return made


def waiting_entry(**fields: Any) -> WaitingEntry:
    """Of a family that has said yes to the list; ``confirmed_at=None`` for one that has not."""
    values = {"email": f"waiting-{next(numbers)}@example.org", "submission_id": uuid4(), "confirmed_at": CALL_TIME}
    return WaitingEntry.objects.create(**values | fields)


def offer(**fields: Any) -> Offer:
    """Open, of a time that it holds until it comes."""
    starts_at = fields.pop("starts_at", CALL_TIME)
    who = {"entry": fields.pop("entry", None) or waiting_entry(), "adviser": fields.pop("adviser", None) or adviser()}
    values = {"starts_at": starts_at, "ends_at": starts_at + LENGTH, "held_until": starts_at}
    made = Offer.objects.create(**who | values | fields)
    if made.is_open:
        hold(made.adviser, made.starts_at, offer=made)
    return made
