from django.apps import AppConfig


class WorkshopsConfig(AppConfig):
    name = "workshops"
    verbose_name = "Workshops"

    def ready(self) -> None:
        """Workshops are among what content files hold, what texts link to and what is found."""
        from guides.addresses import LINKED_PAGES
        from guides.content.kinds import KINDS
        from guides.search.documents import SOURCES
        from workshops.content import FOUND, PAGES, WORKSHOP

        KINDS.append(WORKSHOP)
        LINKED_PAGES.append(PAGES)
        SOURCES.append(FOUND)
