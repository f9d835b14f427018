from django.apps import AppConfig


class GuidesConfig(AppConfig):
    name = "guides"
    verbose_name = "Guides and reference"

    def ready(self) -> None:
        from guides.search.documents import next_publishing
        from sendguide.freshness import passing

        passing.register(next_publishing)
