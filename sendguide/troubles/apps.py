from django.apps import AppConfig
from django.db.backends.signals import connection_created


class TroublesConfig(AppConfig):
    name = "sendguide.troubles"
    verbose_name = "The site itself"

    def ready(self) -> None:
        from sendguide.troubles.counting import watch

        connection_created.connect(watch, dispatch_uid="troubles")
