from django.apps import AppConfig


class WorkshopsConfig(AppConfig):
    name = "workshops"
    verbose_name = "Workshops"

    def ready(self) -> None:
        """Workshops are among what content files hold, what texts link to and what is found."""
        from guides.addresses import LINKED_PAGES
        from guides.content.kinds import KINDS
        from guides.search import MORE
        from workshops.content import PAGES, WORKSHOP, candidates

        KINDS.append(WORKSHOP)
        LINKED_PAGES.append(PAGES)
        MORE.append(candidates)
