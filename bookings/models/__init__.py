from bookings.models.advisers import Adviser, ExtraHours, TimeOff, WeeklyHours
from bookings.models.bookings import BookedCell, Booking
from bookings.models.waiting import Offer, WaitingEntry

__all__ = ["Adviser", "BookedCell", "Booking", "ExtraHours", "Offer", "TimeOff", "WaitingEntry", "WeeklyHours"]
