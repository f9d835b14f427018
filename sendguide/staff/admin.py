"""Accounts of staff, their roles, and what they did. Registering here replaces Django's own pages for them."""

from sendguide.staff import accounts, activity, troubles

__all__ = ["accounts", "activity", "troubles"]
