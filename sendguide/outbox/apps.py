from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "sendguide.outbox"
    verbose_name = "E-mail"
