import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sendguide.settings")
django = get_wsgi_application()

# These read the settings and the models, which are there from now on.
from django.conf import settings  # noqa: E402

from sendguide.page_cache.application import PageCache  # noqa: E402

most = settings.PAGE_CACHE_MB * 1024 * 1024
# For the checker Django's answers are no bytes to be read one after the other. They are.
application = PageCache(django, most) if most else django  # type: ignore[arg-type]
