from django.apps import AppConfig


class WorkshopsConfig(AppConfig):
    name = "workshops"
    verbose_name = "Workshops"

    def ready(self) -> None:
        """Workshops are among what content files hold, what texts link to what is found, and what passes."""
        from guides.addresses import LINKED_PAGES
        from guides.content.kinds import KINDS
        from guides.search.documents import SOURCES
        from sendguide.freshness import passing
        from workshops.content import FOUND, PAGES, WORKSHOP
        from workshops.upcoming import next_passing

        KINDS.append(WORKSHOP)
        LINKED_PAGES.append(PAGES)
        SOURCES.append(FOUND)
        passing.register(next_passing)
