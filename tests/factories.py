"""Rows for tests: plain functions, every argument optional, only what a test is about need be said."""

import itertools
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission, User

from guides.models import Council, GlossaryTerm, Guide, Picture, Role, SitePage, Situation, Testimonial, Topic
from sendguide.outbox.models import QueuedEmail

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
