"""The staff's desk for everything in this app."""

from guides.admin import guides, home, pictures, reference, searching

__all__ = ["guides", "home", "pictures", "reference", "searching"]
