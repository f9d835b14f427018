"""Everything that gives, takes or moves places. Pages, admin and jobs all come here, so the rules hold everywhere.

Each act is one transaction that locks the row of its date first (``lock_date``): whatever else concerns this date
waits. That alone would do; behind it stand conditional UPDATEs and named constraints, which hold on their own.
"""

from workshops.actions.clock import close_waiting_lists, fill_places, queue_reminders
from workshops.actions.dates import (
    CapacityTooLow,
    cancel_date,
    change_capacity,
    change_date,
    duplicate_date,
    queue_message,
    whom_to_tell,
)
from workshops.actions.sign_ups import Applicant, Outcome, Reason, Refused, give_back, renew_link, sign_up

__all__ = [
    "Applicant",
    "CapacityTooLow",
    "Outcome",
    "Reason",
    "Refused",
    "cancel_date",
    "change_capacity",
    "change_date",
    "close_waiting_lists",
    "duplicate_date",
    "fill_places",
    "give_back",
    "queue_message",
    "queue_reminders",
    "renew_link",
    "sign_up",
    "whom_to_tell",
]
