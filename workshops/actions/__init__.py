"""Everything that gives, takes or moves places. Pages, admin and jobs all come here, so the rules hold everywhere.

Each act is one transaction that locks the row of its date first (``lock_date``): whatever else concerns this date
waits. That alone would do; behind it stand conditional UPDATEs and named constraints, which hold on their own.
"""

from workshops.actions.dates import (
    CapacityTooLow,
    cancel_date,
    change_capacity,
    change_date,
    close_waiting_lists,
    duplicate_date,
    queue_message,
    queue_reminders,
)
from workshops.actions.sign_ups import Applicant, Outcome, Reason, Refused, give_back, sign_up

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
    "give_back",
    "queue_message",
    "queue_reminders",
    "sign_up",
]
