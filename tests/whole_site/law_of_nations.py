"""Which nation's law an address leads to."""

import re

from sendguide.lib.law import LAWS

# Law about SEND that holds in England only; what is named for another nation holds there; the rest in several.
ENGLAND = {
    *("cfa", "send-regs", "personal-budget-regs", "recommendations-regs", "hesc-rules", "code"),
    *("attendance-guidance", "exclusion-guidance", "health-needs-guidance", "eyfs"),
    *("pupil-information-regs", "pupil-registration-regs", "exclusion-regs", "restraint-regs", "penalty-notice-regs"),
    *("special-school-regs", "teacher-qualification-regs", "specified-work-regs", "health-visitor-regs"),
    *("nhs-choice-regs", "short-breaks-regs"),
}
NAMED_FOR = {"Scotland": "-scotland", "Wales": "-wales", "Northern Ireland": "-ni"}


def nation_of(address: str) -> str | None:
    """The one nation whose law is at ``address``; None if it holds in several or is no law."""
    laws = {
        law.address: key for key, law in LAWS.items() if address == law.address or address.startswith(f"{law.address}/")
    }
    if not laws:
        return None
    key = laws[max(laws, key=len)]
    named = [nation for nation, part in NAMED_FOR.items() if re.search(rf"{part}(?:-|$)", key)]
    return "England" if key in ENGLAND else (named or [None])[0]
