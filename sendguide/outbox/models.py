import uuid
from datetime import datetime, timedelta
from typing import Self
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Max, Q, Value, When
from django.utils import timezone

from sendguide.lib.dates import date_and_time
from sendguide.outbox.registry import in_words
from sendguide.privacy.registry import Personal

# An e-mail that is due for longer than this needs somebody's eye, and so does a job worker that is silent for longer.
STUCK_AFTER = timedelta(minutes=15)
# Each attempt that fails makes an e-mail due later, so time alone would not show a server that puts everything off.
# Servers that are merely wary of strangers take it at the second attempt, or the third.
STUCK_ATTEMPTS = 3
# Of why an e-mail was not sent only this stays: a mail server may quote anything. "Sent" needs no reason, an end does.
OUT_OF_TIME = "Not sent within"
WHY_BLANK = Case(
    When(why__startswith=OUT_OF_TIME, then=F("why")),
    When(status__in=["skipped", "dead"], then=Value("Details removed.")),
    default=Value(""),
    output_field=models.TextField(),
)
SILENT_AFTER = timedelta(minutes=5)


def new_message_id() -> str:
    """RFC 5322, 3.6.4: unique for ever, on the site's own host."""
    return f"<{uuid.uuid4()}@{urlsplit(settings.SITE_URL).hostname}>"


class QueuedEmailQuerySet(models.QuerySet["QueuedEmail"]):
    def ready(self, now: datetime) -> Self:
        """To be sent now: waiting and due, or in the hands of a worker whose lease has run out."""
        Status = self.model.Status  # noqa: N806 - a class
        return self.filter(
            Q(status=Status.WAITING, next_attempt_at__lte=now) | Q(status=Status.SENDING, lease_until__lte=now)
        )

    def stuck(self, now: datetime) -> Self:
        """Dead, or due for more than a quarter of an hour and still not sent, or tried three times in vain."""
        Status = self.model.Status  # noqa: N806 - a class
        late = Q(status__in=[Status.WAITING, Status.SENDING], next_attempt_at__lt=now - STUCK_AFTER)
        put_off = Q(status=Status.WAITING, attempts__gte=STUCK_ATTEMPTS)
        return self.filter(Q(status=Status.DEAD) | late | put_off)

    def out_of_time(self, now: datetime) -> Self:
        """Still to be sent when EMAIL_KEPT_DAYS are over, and in no worker's hands."""
        Status = self.model.Status  # noqa: N806 - a class
        unsent = Q(status=Status.WAITING) | Q(status=Status.SENDING, lease_until__lte=now)
        old = self.filter(unsent, created_at__lte=now - timedelta(days=settings.EMAIL_KEPT_DAYS))
        # What is to be sent later has not been tried in vain.
        return old.exclude(attempts=0, next_attempt_at__gt=now)


class QueuedEmail(models.Model):
    """One e-mail to one address, written in the transaction of what it tells about, and sent by the job worker.

    ``key`` names the event, so that it is told once. ``about`` is the number of the row that the e-mail is about; its
    text is written when it is sent; the three fields ``sent_…`` hold what was really sent.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", "Waiting"
        SENDING = "sending", "Being sent"
        SENT = "sent", "Sent"
        SKIPPED = "skipped", "No longer needed"
        DEAD = "dead", "Could not be sent"

    ENDED = (Status.SENT, Status.SKIPPED, Status.DEAD)

    key = models.CharField(max_length=200)
    kind = models.CharField(max_length=100)
    to = models.EmailField("to", blank=True)
    about = models.BigIntegerField()
    details = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField("queued", default=timezone.now)
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField("next attempt", default=timezone.now)
    # A worker has the e-mail in hand until then; the token says which one.
    lease_until = models.DateTimeField(null=True, blank=True)
    lease_token = models.UUIDField(null=True, blank=True)
    # The same at every attempt: whoever gets the e-mail twice can see that it is one.
    message_id = models.CharField("Message-ID", max_length=200, default=new_message_id)
    why = models.TextField(blank=True, help_text="Why it was not sent, or not yet: a sentence for staff.")
    sent_at = models.DateTimeField("sent", null=True, blank=True)
    sent_subject = models.TextField("subject", blank=True)
    sent_text = models.TextField("text", blank=True)
    sent_html = models.TextField("HTML", blank=True)

    objects = QueuedEmailQuerySet.as_manager()
    PERSONAL = Personal(
        fields={"to": "", "details": {}, "sent_subject": "", "sent_text": "", "sent_html": "", "why": WHY_BLANK},
        kept="EMAIL_KEPT_DAYS",
        after="it was sent, or was queued and never sent",
        due=lambda rows, moment: rows.filter(
            Q(sent_at__lte=moment) | Q(status__in=["skipped", "dead"], created_at__lte=moment)
        ),
    )

    NOT_PERSONAL = {"message_id": "a random number and our own host"}

    class Meta:
        verbose_name = "e-mail"
        ordering = ["-created_at", "-pk"]
        default_permissions = ["view"]  # nobody writes or deletes one by hand
        permissions = [
            ("view_email_body", "Can read the text of e-mails"),
            ("send_email_again", "Can have e-mails sent again"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["key"], name="outbox_email_key_once"),
            models.CheckConstraint(
                condition=Q(status__in=["waiting", "sending", "sent", "skipped", "dead"]), name="outbox_email_status"
            ),
            models.CheckConstraint(
                condition=Q(status="sending", lease_until__isnull=False, lease_token__isnull=False)
                | (~Q(status="sending") & Q(lease_until__isnull=True, lease_token__isnull=True)),
                name="outbox_email_lease_while_sending",
            ),
            models.CheckConstraint(
                condition=~Q(status="sent") | Q(sent_at__isnull=False), name="outbox_email_sent_has_time"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["skipped", "dead"]) | ~Q(why=""), name="outbox_email_end_has_reason"
            ),
        ]
        indexes = [
            # What is ready, and what is stuck. One for all states: SQLite would not use parts of it for "or".
            models.Index(fields=["status", "next_attempt_at"], name="outbox_email_state_due"),
            models.Index(fields=["-created_at", "-id"], name="outbox_email_newest"),
        ]

    def __str__(self) -> str:
        """Without the address: it is written in logs and in the history of what staff did."""
        return f"{self.kind_in_words}, {date_and_time(self.created_at)}"

    @property
    def can_be_sent_again(self) -> bool:
        """Twin for many rows: ``actions.send_again``."""
        return self.status in self.ENDED and bool(self.to)

    @property
    def kind_in_words(self) -> str:
        return in_words(self.kind)


class JobRun(models.Model):
    """The last run of a job: the worker's heartbeat. ``problem`` is empty when it went well."""

    name = models.CharField(max_length=100)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    problem = models.TextField(blank=True)

    NOT_PERSONAL = {"name": "that of a job"}

    class Meta:
        verbose_name = "run of a job"
        verbose_name_plural = "runs of jobs"
        default_permissions = ["view"]
        constraints = [models.UniqueConstraint(fields=["name"], name="outbox_job_run_name_once")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def last_sign_of_life(cls) -> datetime | None:
        """When the job worker last ended a job, on any machine; None if it never did."""
        return cls.objects.aggregate(last=Max("finished_at"))["last"]
