from django.apps import AppConfig
from django.db.backends.signals import connection_created


class FreshnessConfig(AppConfig):
    name = "sendguide.freshness"

    def ready(self) -> None:
        from sendguide.freshness.changes import watch

        # Django's way to reach every connection, in whichever thread and command it is made.
        connection_created.connect(watch, dispatch_uid="freshness")
