"""A text that was loaded from files, and then saved in a browser: only what somebody typed has changed."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry

from guides.models import Council, GlossaryTerm, Guide, Role, SitePage
from tests import factories
from tests.guides.admin.posting import desk, errors_of, fields_of
from tests.guides.content.folders import change, content, export, files_of, load, output_of_load

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    """With texts of several lines in every kind of file that staff edit here."""
    folder = content(tmp_path / "content")
    change(folder, "guides/autism.md", "](law:cfa)\n", "](law:cfa)\n  - [Another](https://www.example.org/)\n")
    change(folder, "glossary.yaml", "definition: A legal document.", 'definition: "A legal\\ndocument."')
    change(folder, "whos-who.yaml", "what_they_do: They plan help.", 'what_they_do: "They plan\\nhelp."')
    change(folder, "pages/about.md", "We are a charity. ", "We are a charity.\n\n")
    change(folder, "places/councils.csv", "Yorkshire", "Yorkshire and The Humber")
    load(folder)
    return folder


@pytest.fixture
def editor(client):
    client.force_login(factories.staff(is_superuser=True))
    return client


def as_sent(value: Any) -> Any:
    """A browser sends two characters at each line end."""
    return value.replace("\r\n", "\n").replace("\n", "\r\n") if isinstance(value, str) else value


def save_in_browser(client, row, **changes):
    fields = fields_of(client.get(desk(row))) | changes
    return client.post(desk(row), {name: as_sent(value) for name, value in fields.items()}, follow=True)


@pytest.mark.parametrize(
    ("model", "slug", "field"),
    [
        (Guide, "autism", "title"),
        (SitePage, "about", "title"),
        (GlossaryTerm, "ehcp", "term"),
        (Role, "senco", "title"),
        (Council, "hull", "name"),
    ],
)
def test_first_edit_changes_only_what_was_typed(editor, folder, model, slug, field):
    row = model.objects.get(slug=slug)
    response = save_in_browser(editor, row, **{field: "Renamed"})
    assert errors_of(response) == {}
    assert LogEntry.objects.get().get_change_message() == f"Changed {field.capitalize()}."
    new, old = row.history.all()
    assert new.diff_against(old).changed_fields == [field]


def test_text_saved_as_it_was_stays_as_it_was_in_its_file(editor, folder, tmp_path):
    before = files_of(folder)
    for row in (Guide.objects.get(), SitePage.objects.get(), *Role.objects.all(), *GlossaryTerm.objects.all()):
        assert errors_of(save_in_browser(editor, row)) == {}
    assert all(" 0 created, 0 updated," in line for line in output_of_load(folder))
    export(tmp_path / "exported")
    load(tmp_path / "exported")
    assert files_of(folder) == before


def test_text_that_was_saved_with_line_ends_of_browsers_does_not_look_changed(editor):
    guide = factories.guide(body="One.\r\n\r\nTwo.\r\n")
    save_in_browser(editor, guide, title="Renamed")
    assert LogEntry.objects.get().get_change_message() == "Changed Title."
    guide.refresh_from_db()
    assert guide.body == "One.\n\nTwo."
