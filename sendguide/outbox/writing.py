"""From a row of the outbox to the message that a mail server takes."""

from dataclasses import dataclass
from email.charset import QP, Charset

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context, Engine

from sendguide.lib.email_addresses import email_key
from sendguide.outbox.models import QueuedEmail
from sendguide.outbox.registry import Calendar, NotNeeded, writer_of

# RFC 3834 and Microsoft's own: no out-of-office notice comes back.
UNANSWERED = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
CALENDAR_FILE = "invite.ics"
OTHER_ADDRESS = "The address was changed since: this one is no longer theirs."
# What every server on the way takes. RFC 6047, 2.5, asks for it in calendar files.
SEVEN_BIT = Charset("utf-8")
SEVEN_BIT.body_encoding = QP


@dataclass(frozen=True, slots=True)
class Written:
    subject: str
    text: str
    html: str
    calendar: Calendar | None


def write(row: QueuedEmail) -> Written:
    """The e-mail as it is to be sent now. Raises NotNeeded, UnknownKind, and whatever its function or templates do."""
    email = writer_of(row.kind)(row.about, row.details)
    if email.only_to and email_key(row.to) != email_key(email.only_to):
        raise NotNeeded(OTHER_ADDRESS)
    # A line break in a subject, for example in a name, would let its author write headers.
    subject = " ".join(email.subject.split())
    context = {
        "subject": subject,
        "site_url": settings.SITE_URL,
        "contact_email": settings.CONTACT_EMAIL,
        **email.context,
    }
    return Written(
        subject=subject,
        text=_rendered(f"{email.template}.txt", Context(context, autoescape=False)),
        html=_rendered(f"{email.template}.html", Context(context)),
        calendar=email.calendar,
    )


def _rendered(template: str, context: Context) -> str:
    return Engine.get_default().get_template(template).render(context).strip() + "\n"


def message_of(row: QueuedEmail, written: Written) -> EmailMultiAlternatives:
    """Text and HTML as alternatives, and the calendar file twice.

    RFC 6047, 2.4: the type of the part says the same method as the file. As an alternative it gives the buttons of
    Outlook and Gmail, as an attachment it can be opened in Apple's and all other programs.
    """
    message = EmailMultiAlternatives(
        subject=written.subject,
        body=written.text,
        to=[row.to],
        reply_to=[settings.CONTACT_EMAIL],
        headers={"Message-ID": row.message_id, **UNANSWERED},
    )
    message.encoding = SEVEN_BIT
    message.attach_alternative(written.html, "text/html")
    if calendar := written.calendar:
        # Django adds the charset.
        content, kind = calendar.content.decode(), f"text/calendar; method={calendar.method}"
        message.attach_alternative(content, kind)
        message.attach(CALENDAR_FILE, content, kind)
    return message
