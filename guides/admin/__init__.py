"""The staff's desk for everything in this app."""

from guides.admin import guides, home, outside, pictures, reference, searching

__all__ = ["guides", "home", "outside", "pictures", "reference", "searching"]
