from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "sendguide.staff"
    verbose_name = "Accounts"
