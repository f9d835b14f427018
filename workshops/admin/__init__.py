"""The staff's desk for workshops: what they are about, their dates, and who comes."""

from workshops.admin import dates, sign_ups, workshops

__all__ = ["dates", "sign_ups", "workshops"]
