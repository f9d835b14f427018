"""What it means when a mail server does not take an e-mail."""

import re
import smtplib
from dataclasses import dataclass

CLOSING = 421
# The sender's command also carries the size of this e-mail.
TOO_LARGE = 552
LONGEST_SENTENCE = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """``sentence`` is for staff and names no address.

    ``is_final``: this e-mail will never be taken. ``is_about_us``: the server refused the site, not this e-mail.
    ``is_connection_lost``: nothing more can be sent over this connection. ``code`` is None where there was no answer.
    """

    sentence: str
    code: int | None = None
    is_final: bool = False
    is_about_us: bool = False
    is_connection_lost: bool = False


def failure_of(error: OSError, address: str = "") -> Failure:
    """``error`` is what smtplib raised (all of its errors are OSErrors) while it sent to ``address``."""
    code: int
    said: bytes | str
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        ((code, said),) = error.recipients.values()
    elif isinstance(error, smtplib.SMTPResponseException):
        code, said = error.smtp_code, error.smtp_error
    elif isinstance(error, smtplib.SMTPNotSupportedError):
        return Failure(sentence=f"The mail server cannot take it: {error}.", is_final=True)
    else:
        return Failure(sentence=f"The mail server does not answer: {_reason(error)}.", is_connection_lost=True)
    # smtplib says -1 where the answer was none.
    is_lost = code == CLOSING or code < 0
    return Failure(
        sentence=f"The mail server said: {code} {_one_line(said, address)}",
        code=code,
        is_final=500 <= code < 600,
        is_about_us=isinstance(error, smtplib.SMTPSenderRefused) and code != TOO_LARGE and not is_lost,
        is_connection_lost=is_lost,
    )


def _reason(error: OSError) -> str:
    return error.strerror or str(error) or type(error).__name__


def _one_line(said: bytes | str, address: str) -> str:
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    # Also without NUL, which PostgreSQL does not store.
    text = " ".join("".join(each if each.isprintable() else " " for each in text).split())
    return _without(address, text)[:LONGEST_SENTENCE]


def _without(address: str, text: str) -> str:
    """Servers write it in small letters, at a host of their own, or as the mailbox alone: <anna>."""
    if not address:
        return text
    mailbox = re.escape(address.rpartition("@")[0] or address)
    return re.sub(rf"{mailbox}@[\w.-]*\w|(?<=<){mailbox}(?=>)", "(the address)", text, flags=re.IGNORECASE)
