from django.apps import AppConfig, apps
from django.conf import settings
from django.contrib.admin.apps import AdminConfig

from sendguide import spelt


class SendGuideConfig(AppConfig):
    name = "sendguide"
    verbose_name = "SEND Guide"

    def ready(self) -> None:
        spelt.register()
        # Not “Authentication and Authorization”: staff need not program.
        apps.get_app_config("auth").verbose_name = "Accounts"
        if settings.SENTRY_DSN:
            # Only now: the library takes a while, and few sites have such a service.
            from sendguide.error_reports import report_errors

            report_errors(settings.SENTRY_DSN, release=settings.VERSION)


class StaffSiteConfig(AdminConfig):
    default_site = "sendguide.admin.StaffSite"
    verbose_name = "Activity"
