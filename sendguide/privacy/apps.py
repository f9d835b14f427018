from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "sendguide.privacy"
    verbose_name = "Privacy"
