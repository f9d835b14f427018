"""The project's settings, but for what tests need to be quick and apart from each other."""

import tests.environment  # noqa: F401 - first, the settings read it
from sendguide.settings import *  # noqa: F403
from sendguide.settings import DATA_DIR, DATABASES, INSTALLED_APPS, STORAGES

INSTALLED_APPS = [*INSTALLED_APPS, "tests.privacy.people"]

# A file, not memory: threads and processes of one test share it as they do on a real site.
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
    # Nothing has to outlive a power cut here.
    DATABASES["default"]["OPTIONS"]["init_command"] += "; PRAGMA synchronous=OFF"

# Names of static files as they are in the repository, found there without collectstatic.
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
# As on one machine, whichever the database: otherwise the number of queries of a page depends on the clock.
CACHE_URL = "file"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["*"]
