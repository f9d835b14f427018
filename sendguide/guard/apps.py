from django.apps import AppConfig


class GuardConfig(AppConfig):
    name = "sendguide.guard"
    verbose_name = "Guard"
