"""Where Chromium is and how it is started: one place for the browser tests and for ``make bench``."""

import os
import shutil
from typing import Any

# The first is Chromium without its windows, which nobody would see: a new page costs less than half.
NAMES = ("chromium-headless-shell", "/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome")
# Without its own sandbox, which root cannot have, and without calls to its maker.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium_path() -> str | None:
    """The Chromium that is installed here (CHROMIUM names another one), or None. None is ever downloaded."""
    return next(
        (found for name in (os.environ.get("CHROMIUM"), *NAMES) if name and (found := shutil.which(name))), None
    )


def chromium_options() -> dict[str, Any]:
    """What Playwright's ``launch`` needs to start it."""
    return {"executable_path": chromium_path(), "args": ARGUMENTS}
