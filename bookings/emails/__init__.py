"""Every e-mail about calls: one function each.

They are called when the e-mail is sent, perhaps long after it was queued: each looks whether it is still true. None
holds a word that a family typed: whoever enters somebody else's address sends them no text of their own, and who gets a
letter that was meant for somebody else learns nothing of them.
"""

from bookings.emails import advisers, calls, endings, waiting

__all__ = ["advisers", "calls", "endings", "waiting"]
