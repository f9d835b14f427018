from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class SendGuideConfig(AppConfig):
    name = "sendguide"
    verbose_name = "SEND Guide"


class StaffSiteConfig(AdminConfig):
    default_site = "sendguide.admin.StaffSite"
