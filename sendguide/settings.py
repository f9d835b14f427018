"""All settings. The environment decides; .env.example describes every variable that is read here."""

import tomllib
from datetime import timedelta
from email.utils import parseaddr
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from sendguide.from_environment import mail_server, secret_key

BASE_DIR = Path(__file__).resolve().parent.parent

with (BASE_DIR / "pyproject.toml").open("rb") as _file:
    VERSION: str = tomllib.load(_file)["project"]["version"]

env = environ.Env()
env.read_env(env.str("ENV_FILE", str(BASE_DIR / ".env")))

# "local": one computer, plain http, its own secret key. Anything else is production.
LOCAL = env.str("MODE", "production") == "local"
DEBUG = env.bool("DEBUG", False)
# Everything that must outlive a restart and is not in the repository: database file, uploads, mail folder.
DATA_DIR = Path(env.str("DATA_DIR", str(BASE_DIR / "var")))
SITE_URL = env.str("SITE_URL", "http://127.0.0.1:8000" if LOCAL else "https://sendguide.example").rstrip("/")
HTTPS = SITE_URL.startswith("https://")

SECRET_KEY = secret_key(env, data_dir=DATA_DIR, is_local=LOCAL)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"] if LOCAL else [])

INSTALLED_APPS = [
    "sendguide.apps.StaffSiteConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",  # its templates, for FORM_RENDERER
    "csp",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "markdownx",
    "simple_history",
    "sendguide.apps.SendGuideConfig",
    "sendguide.accounts",
    "sendguide.freshness",
    "sendguide.outbox",
    "sendguide.privacy",
    "sendguide.guard",
    "sendguide.troubles",
    "guides",
    "workshops",
    "bookings",
    "sendguide.staff",
]

MIDDLEWARE = [
    # First, so that everything has them: static files, errors and redirects too.
    "sendguide.headers.add_headers",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "sendguide.request_log.log_requests",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "sendguide.body_size.limit_body_size",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "sendguide.accounts.middleware.let_in_whole_log_ins_only",
    "django.contrib.messages.middleware.MessageMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "sendguide.busy.AskToTryAgain",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "sendguide.urls"
WSGI_APPLICATION = "sendguide.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["sendguide.templatetags.page"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
FORMS_URLFIELD_ASSUME_HTTPS = True  # Django 6's default; without it "www.hull.gov.uk" would become http://

# Not as an address: a folder may have "#" or "?" in its name.
SQLITE: dict[str, Any] = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(DATA_DIR / "db.sqlite3")}
DATABASES: dict[str, dict[str, Any]] = {"default": env.db("DATABASE_URL") if env.str("DATABASE_URL", "") else SQLITE}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Writers queue instead of failing with "database is locked": of 3,840 transactions by 24 processes none was lost,
    # against about 3,000 with the defaults.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA journal_size_limit=67108864; "
            "PRAGMA foreign_keys=ON"
        ),
    }
else:
    DATABASES["default"] |= {
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": "-c lock_timeout=3s", "connect_timeout": 5, **DATABASES["default"].get("OPTIONS", {})},
    }

# Where processes tell each other that something changed. SQLite is for one machine, and so is a file; whoever has a
# database server may have several machines.
_SQLITE = DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"
CACHE_URL = env.str("CACHE_URL", "") or ("file" if _SQLITE else "database")
if CACHE_URL not in {"file", "database"} and not CACHE_URL.startswith(("redis://", "rediss://")):
    raise ImproperlyConfigured(
        'CACHE_URL is neither "file", "database" nor the address of a Redis server. That looks like this: '
        "redis://:PASSWORD@redis.example.org:6379/0"
    )
# How much memory each web process may use for public pages that it keeps; 0 keeps none.
PAGE_CACHE_MB = env.int("PAGE_CACHE_MB", 32)

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False
FORMAT_MODULE_PATH = "sendguide.formats"

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
# As the National Cyber Security Centre advises: long, none that everybody tries, and nothing else. No rules on which
# characters, and no end: both lead to passwords that are easier to guess.
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "sendguide.accounts.passwords.NotTheSitesName"},
]
# Staff need a second step, a code from their phone, to log in.
STAFF_TWO_FACTOR = env.bool("STAFF_TWO_FACTOR", not LOCAL)
OTP_TOTP_ISSUER = "SEND Guide"
# Wrong passwords: after so many, with the same name from the same connection, nobody gets in for so long.
AXES_FAILURE_LIMIT = env.int("LOGIN_TRIES", 5)
LOGIN_LOCKED_MINUTES = env.int("LOGIN_LOCKED_MINUTES", 15)
AXES_COOLOFF_TIME = timedelta(minutes=LOGIN_LOCKED_MINUTES)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_HANDLER = "sendguide.accounts.lockout.Tries"
AXES_CLIENT_IP_CALLABLE = "sendguide.accounts.lockout.address_of"
AXES_CLIENT_STR_CALLABLE = "sendguide.accounts.lockout.nobody_named"
AXES_LOCKOUT_CALLABLE = "sendguide.accounts.lockout.locked_out_page"
AXES_RESET_ON_SUCCESS = True
# Trying again while locked out makes it no longer: the page says until when, and it is true.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
# Of what the library could keep only what it needs: no list of when staff logged in, no forms.
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = AXES_VERBOSE = False

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
WHITENOISE_ALLOW_ALL_ORIGINS = False  # nothing of ours is for other sites
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "sendguide.static_files.SmallStaticFiles"},
}
FILE_UPLOAD_PERMISSIONS = 0o644
# A picture from a phone is under 12 MB; the largest guide is under 100 KB.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
PICTURE_MAX_BYTES = 15 * 1024 * 1024
PICTURE_MAX_PIXELS = 50_000_000

CONTENT_DIR = BASE_DIR / "content"
CONTACT_EMAIL = env.str("CONTACT_EMAIL", "hello@sendguide.example")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "") or f"SEND Guide <{CONTACT_EMAIL}>"
if "@" not in parseaddr(DEFAULT_FROM_EMAIL)[1]:
    raise ImproperlyConfigured("DEFAULT_FROM_EMAIL is no sender. It looks like this: SEND Guide <hello@example.org>")
# Without a mail server e-mails become files in DATA_DIR/mail.
EMAIL_BACKEND = "sendguide.outbox.folder.EmailBackend"
if _address := env.str("EMAIL_URL", ""):
    vars().update(mail_server(env, _address))
# Seconds that a mail server may take for each of its answers.
EMAIL_TIMEOUT = 10
DRAFT_PREVIEW_DAYS = env.int("DRAFT_PREVIEW_DAYS", 14)
# Until how long before a workshop people on its waiting list are given places that become free.
WAITING_CUT_OFF_HOURS = env.int("WAITING_CUT_OFF_HOURS", 12)
# A library or a school shares one connection; a program fills a workshop with nobody.
SIGN_UPS_AN_HOUR = env.int("SIGN_UPS_AN_HOUR", 20)
# Calls: minutes between two of an adviser, working hours' notice before the first, days ahead that can be booked.
CALL_GAP_MINUTES = env.int("CALL_GAP_MINUTES", 5)
CALL_NOTICE_HOURS = env.int("CALL_NOTICE_HOURS", 4)
CALL_HORIZON_DAYS = env.int("CALL_HORIZON_DAYS", 28)
# How long a time that came free is held for the family on the waiting list to whom it is offered.
CALL_OFFER_HOURS = env.int("CALL_OFFER_HOURS", 12)
# The number that families see when we call. This one is kept for examples (Ofcom).
CALLS_COME_FROM = env.str("CALLS_COME_FROM", "020 7946 0018")
# A family sends one form; a program takes all times.
CALLS_AN_HOUR = env.int("CALLS_AN_HOUR", 20)
# For how many days personal details are kept; then the daily purge blanks them.
PLACE_KEPT_DAYS = env.int("PLACE_KEPT_DAYS", 30)
CALL_KEPT_DAYS = env.int("CALL_KEPT_DAYS", 90)
EMAIL_KEPT_DAYS = env.int("EMAIL_KEPT_DAYS", 30)
LOGIN_TRIES_KEPT_DAYS = env.int("LOGIN_TRIES_KEPT_DAYS", 7)
# Errors are reported to the service at this address, without what was typed; without one to nobody.
SENTRY_DSN = env.str("SENTRY_DSN", "")
# Who knows it may read /metrics; without one there is no such page.
METRICS_TOKEN = env.str("METRICS_TOKEN", "")
# Whether links to other sites are looked at each night.
LINK_CHECK = env.bool("LINK_CHECK", not LOCAL)
# From how many milliseconds on a query of the database is counted as slow.
SLOW_QUERY_MS = env.int("SLOW_QUERY_MS", 500)
# Backups are encrypted for these public keys of `age`; without any they are not.
BACKUP_RECIPIENTS = env.list("BACKUP_RECIPIENT", default=[])
# Nobody fills in a form in less; programs do.
FORM_FASTEST_SECONDS = env.int("FORM_FASTEST_SECONDS", 2)

MARKDOWNX_URLS_PATH = "/admin/markdown/preview/"
MARKDOWNX_UPLOAD_URLS_PATH = "/admin/markdown/upload/"
MARKDOWNX_SERVER_CALL_LATENCY = 500
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = False

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
# Browsers take a name with "__Host-" from this very host and over https only: nobody else can plant such a cookie.
COOKIE_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid", f"{COOKIE_PREFIX}csrftoken"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
# A working day. Whoever does nothing for as long as a workshop may last is logged out before.
SESSION_COOKIE_AGE = 60 * 60 * env.int("SESSION_HOURS", 12)
SESSION_IDLE_SECONDS = 60 * env.int("SESSION_IDLE_MINUTES", 120)
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no cookie of its own
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
LOGIN_REDIRECT_URL = "admin:index"
CSRF_FAILURE_VIEW = "sendguide.pages.form_refused"
if HTTPS:
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    # A promise also for other sites under the same name, which whoever runs this one may know nothing of.
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = env.bool("HSTS_WHOLE_DOMAIN", False)
    SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
# How many proxies of ours stand in front. Only then is their word on the visitor's scheme taken.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0)
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# One line of JSON for each event, or lines to read, with the server's own for each request.
LOG_FORMAT = env.str("LOG_FORMAT", "") or ("text" if LOCAL else "json")
if LOG_FORMAT not in {"json", "text"}:
    raise ImproperlyConfigured("LOG_FORMAT is json or text.")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "text": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
        "json": {"()": "sendguide.logs.JsonLines"},
    },
    "filters": {"masked": {"()": "sendguide.logs.Masked"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT, "filters": ["masked"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # Without this Django mails errors to ADMINS and prints them only under DEBUG.
    "loggers": {
        "django": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", "WARNING"), "propagate": False},
        "sendguide.request_log": {"level": "INFO" if LOG_FORMAT == "json" else "WARNING"},
    },
}
