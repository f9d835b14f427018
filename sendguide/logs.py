"""What no log may hold: addresses that open a draft or what is somebody's own, and what people search for."""

import logging
import re

# All that follows: a token has no end that can be relied on when somebody made it up.
SECRET = re.compile(
    r"(/guides/preview/|/workshops/place/|/support-call/(?:call|waiting-list|offer|diary)/|\?).+", re.DOTALL
)
CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def masked(text: str) -> str:
    """``text`` without secrets, on one line: a line break in an address would let anybody write log lines."""
    return CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", SECRET.sub(r"\1…", text))


class Masked(logging.Filter):
    """Masks each text that a message is made of, so that what stands behind an address is kept."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(masked(each) if isinstance(each, str) else each for each in record.args)
        return True
