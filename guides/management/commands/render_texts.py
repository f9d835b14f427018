from typing import Any

from django.core.management.base import BaseCommand

from guides.models import GlossaryTerm, Guide, Role, SitePage


class Command(BaseCommand):
    help = "Render all texts again: after an update that changed how Markdown becomes HTML. Writes no history."

    def handle(self, *args: Any, **options: Any) -> None:
        for model in (Guide, SitePage, GlossaryTerm, Role):
            rendered = 0
            for pk in model._default_manager.values_list("pk", flat=True):
                row = model._default_manager.get(pk=pk)
                row.derive()
                # Whoever saves in the meantime has rendered a newer text: then nothing is written here.
                same = model._default_manager.filter(pk=pk, **{name: getattr(row, name) for name in model.SOURCES})
                rendered += same.update(**{name: getattr(row, name) for name in model.DERIVED})
            self.stdout.write(f"{model._meta.verbose_name_plural}: {rendered} rendered")
