from typing import Any

from django.core.management.base import BaseCommand

from guides.models import GlossaryTerm, Guide, Role, SitePage


class Command(BaseCommand):
    help = "Render all texts again: after an update that changed how Markdown becomes HTML. Writes no history."

    def handle(self, *args: Any, **options: Any) -> None:
        for model in (Guide, SitePage, GlossaryTerm, Role):
            rows = list(model._default_manager.all())
            for row in rows:
                row.render()
                changed = {name: getattr(row, name) for name in model.RENDERED}
                model._default_manager.filter(pk=row.pk).update(**changed)
            self.stdout.write(f"{model._meta.verbose_name_plural}: {len(rows)} rendered")
