"""Every e-mail about calls: one function each.

They are called when the e-mail is sent, perhaps long after it was queued: each looks whether it is still true. None
holds a text that a family typed, so that whoever enters somebody else's address sends them no message of their own. Of
what they typed there are only the first and the last letter of their word, by which they know that the e-mail is from
us: who gets it by mistake learns nothing of them from two letters.
"""

from bookings.emails import advisers, calls, endings, waiting

__all__ = ["advisers", "calls", "endings", "waiting"]
