from bookings.forms.details import DetailsForm
from bookings.forms.times import TimeForm

__all__ = ["DetailsForm", "TimeForm"]
