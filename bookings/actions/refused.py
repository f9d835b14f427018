from enum import StrEnum


class Reason(StrEnum):
    """Why nothing was booked, moved, swapped or corrected."""

    TAKEN = "taken"
    HAS_A_CALL = "has a call"
    CANCELLED = "cancelled"
    BEGUN = "begun"
    OFFER_ENDED = "offer ended"
    CANNOT_HELP = "cannot help"
    CHANGED = "changed"


class Refused(Exception):
    """Nothing was changed."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason
