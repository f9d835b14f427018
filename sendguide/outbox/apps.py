from django.apps import AppConfig
from django.core.checks import register
from django.utils.module_loading import autodiscover_modules

from sendguide.outbox.checks import check_mail_server


class OutboxConfig(AppConfig):
    name = "sendguide.outbox"
    verbose_name = "E-mail"

    def ready(self) -> None:
        autodiscover_modules("emails")
        register(check_mail_server, deploy=True)
