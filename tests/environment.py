"""The environment of every test run, whatever the user's is. The test settings import it before they read anything.

The folder for data is new and empty, with a part for each worker of xdist, and is removed in the end.
"""

import os
import tempfile
from pathlib import Path

# Of the variables that the settings read, only DATABASE_URL may come from outside.
OTHERS = (
    *("DEBUG", "SITE_URL", "ALLOWED_HOSTS", "CONTACT_EMAIL", "DRAFT_PREVIEW_DAYS", "TRUSTED_PROXIES", "LOG_LEVEL"),
    *("FORM_FASTEST_SECONDS", "PLACE_KEPT_DAYS", "CALL_KEPT_DAYS", "EMAIL_KEPT_DAYS", "EMAIL_URL"),
    *("DEFAULT_FROM_EMAIL", "WAITING_CUT_OFF_HOURS", "SIGN_UPS_AN_HOUR"),
    *("CALL_GAP_MINUTES", "CALL_NOTICE_HOURS", "CALL_HORIZON_DAYS", "CALL_OFFER_HOURS"),
    *("STAFF_TWO_FACTOR", "SESSION_HOURS", "SESSION_IDLE_MINUTES"),
    *("LOGIN_TRIES", "LOGIN_LOCKED_MINUTES", "LOGIN_TRIES_KEPT_DAYS"),
    *("CALLS_COME_FROM", "CALLS_AN_HOUR", "CACHE_URL", "PAGE_CACHE_MB"),
    *("BACKUP_RECIPIENT", "LOG_FORMAT", "LINK_CHECK", "METRICS_TOKEN", "SENTRY_DSN"),
)
WORKER = os.environ.get("PYTEST_XDIST_WORKER")

if WORKER:
    data_dir = Path(os.environ["DATA_DIR"], WORKER)
else:
    # Removed when the interpreter ends.
    run_dir = tempfile.TemporaryDirectory(prefix="sendguide-tests-")
    data_dir = Path(run_dir.name)

for name in OTHERS:
    os.environ.pop(name, None)
os.environ |= {"MODE": "local", "DATA_DIR": str(data_dir), "SECRET_KEY": "only for tests", "ENV_FILE": os.devnull}
# WhiteNoise warns when there is no such folder, and warnings are errors.
(data_dir / "static").mkdir(parents=True, exist_ok=True)
