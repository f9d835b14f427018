"""Everything that gives, moves or takes away calls. Pages, admin and jobs all come here: the rules hold everywhere.

Time is given and taken only in a transaction that locks the row of its adviser first (``lock_advisers``): whatever else
concerns this adviser's time waits. Behind it stand the cells of each call, which a named constraint lets exist once.
"""

from bookings.actions.booking import book, book_offer
from bookings.actions.callers import Caller
from bookings.actions.correcting import correct_details
from bookings.actions.moving import cancel, move, move_to, swap
from bookings.actions.offers import decline, offer_free_times, withdraw
from bookings.actions.refused import Reason, Refused
from bookings.actions.renewing import renew_link
from bookings.actions.waiting import Wish, confirm, join, leave

__all__ = [
    "Caller",
    "Reason",
    "Refused",
    "Wish",
    "book",
    "book_offer",
    "cancel",
    "confirm",
    "correct_details",
    "decline",
    "join",
    "leave",
    "move",
    "move_to",
    "offer_free_times",
    "renew_link",
    "swap",
    "withdraw",
]
