"""The advisers' desk: hours, diary, calls, and the waiting list."""

from bookings.admin import advisers, calls, waiting

__all__ = ["advisers", "calls", "waiting"]
