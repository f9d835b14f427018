from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class OutboxConfig(AppConfig):
    name = "sendguide.outbox"
    verbose_name = "E-mail"

    def ready(self) -> None:
        autodiscover_modules("emails")
