from django.apps import AppConfig


class WorkshopsConfig(AppConfig):
    name = "workshops"
    verbose_name = "Workshops"

    def ready(self) -> None:
        """Workshops are among what content files hold and what texts link to."""
        from guides.addresses import LINKED_PAGES
        from guides.content.kinds import KINDS
        from workshops.content import PAGES, WORKSHOP

        KINDS.append(WORKSHOP)
        LINKED_PAGES.append(PAGES)
