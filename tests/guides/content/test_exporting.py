from datetime import UTC, date, datetime

import pytest
from django.conf import settings

from guides import models
from guides.models import Council, GlossaryTerm, Guide, GuideChange, LoadedItem, Role, SitePage, Situation, Topic
from tests import factories
from tests.guides.content.folders import FILES, content, export, files_of, load, output_of_load, write
from workshops.models import Workshop

pytestmark = pytest.mark.django_db


def clear() -> None:
    texts = (Workshop, Guide, Topic, models.Testimonial, Situation, SitePage)
    for model in (*texts, Role, GlossaryTerm, Council, LoadedItem):
        model.objects.all().delete()


def test_real_content_is_what_export_writes(tmp_path):
    load(settings.CONTENT_DIR)
    export(tmp_path)
    exported = files_of(tmp_path)
    assert len(exported) > 25
    assert exported == {name: (settings.CONTENT_DIR / name).read_bytes() for name in exported}


def test_real_content_loaded_exported_and_loaded_is_unchanged(tmp_path):
    load(settings.CONTENT_DIR)
    loaded = list(LoadedItem.objects.order_by("kind", "key").values_list("kind", "key", "fingerprint"))
    export(tmp_path)
    clear()
    load(tmp_path)
    assert list(LoadedItem.objects.order_by("kind", "key").values_list("kind", "key", "fingerprint")) == loaded
    again = tmp_path / "again"
    export(again)
    assert files_of(again) == {name: (tmp_path / name).read_bytes() for name in files_of(again)}


def test_what_staff_made_is_exported_loaded_and_exported_the_same(tmp_path):
    load(content(tmp_path / "content"))
    guide = factories.guide(
        slug="ours",
        title="Ours: “yes”, no & 'so' # on",
        status=Guide.Status.SCHEDULED,
        publish_at=datetime(2027, 10, 31, 1, 30, tzinfo=UTC),
        body="Text\r\nwith two lines.  \r\nAnd a break.\u2028---\r\n\r\n## On {#on}\r\n",
        sources="- one \r\n- two: three",
        nations=["Scotland", "Wales"],
    )
    for note in ("No", "2026", "- a: b", "First."):
        guide.changes.create(date=date(2026, 12, 1), note=note)
    guide.changes.create(date=date(2026, 11, 1), note="Before.")
    term = factories.term(
        slug="no", term="no", aliases=["yes", "1", "null", "a, b", "[c]", "é 🙂"], detail={"No": "Off", "1": "2"},
        definition="One.\n\nTwo  spaces.", editor_note="x " * 100, status="proposed-not-law", law_check="CHECK",
        read_on="/guides/autism/#waiting",
    )  # fmt: skip
    term.see_also.set(GlossaryTerm.objects.filter(slug__in=["sen", "ehcp"]))
    factories.role(slug="helper", read_on="/guides/autism/")
    factories.council(name='The "Best", Council', short_names=["Best", "The Best"], link_checked_on=date(2026, 11, 24))
    Situation.objects.update(published=False)

    first, second = tmp_path / "first", tmp_path / "second"
    export(first)
    assert load(first) == []
    clear()
    load(first)
    export(second)
    assert files_of(second) == files_of(first)
    assert Guide.objects.get(slug="ours").publish_at == guide.publish_at
    assert Guide.objects.get(slug="ours").title == guide.title
    notes = ["First.", "- a: b", "2026", "No", "Before."]
    assert list(GuideChange.objects.filter(guide__slug="ours").values_list("note", flat=True)) == notes
    assert GlossaryTerm.objects.get(slug="no").aliases == term.aliases
    assert GlossaryTerm.objects.get(slug="no").detail == term.detail
    assert GlossaryTerm.objects.get(slug="no").definition == term.definition
    assert GlossaryTerm.objects.get(slug="no").read_on == term.read_on
    assert Role.objects.get(slug="helper").read_on == "/guides/autism/"


def test_edit_of_staff_that_was_exported_counts_as_loaded(tmp_path):
    folder = content(tmp_path / "content")
    load(folder)
    Topic.objects.filter(slug="anxiety").update(summary="Ours.")
    assert len(load(folder)) == 1
    export(folder)
    assert load(folder) == []
    write(folder, "topics.yaml", (folder / "topics.yaml").read_text("utf-8").replace("Ours.", "Theirs."))
    assert load(folder) == ["Updated: topic anxiety"]


def test_file_of_a_guide_reads_as_people_write_it(tmp_path):
    load(content(tmp_path / "content"))
    export(tmp_path / "out")
    written = (tmp_path / "out/guides/autism.md").read_text("utf-8")
    assert written == FILES["guides/autism.md"].replace("status:", "order: 100\nstatus:").replace(
        "reviewed: 2026-11-24\n", "reviewed: 2026-11-24\nreview_every: 6\n"
    )
    assert (tmp_path / "out/pages/about.md").read_text("utf-8") == FILES["pages/about.md"]
    assert (tmp_path / "out/places/councils.csv").read_text("utf-8") == FILES["places/councils.csv"]


def test_export_says_what_it_wrote_and_deletes_nothing(tmp_path):
    folder = content(tmp_path / "content")
    load(folder)
    assert export(folder)[-1] == "8 files: 6 written, 2 unchanged"
    assert export(folder) == ["8 files: 0 written, 8 unchanged"]
    Guide.objects.all().delete()
    Topic.objects.filter(slug="anxiety").delete()
    assert export(folder) == [
        "Written: content/topics.yaml",
        "7 files: 1 written, 6 unchanged",
        "Not in the database, left as it is: content/guides/autism.md",
    ]
    assert (folder / "guides/autism.md").exists()


def test_export_of_an_empty_database_leaves_the_files_alone(tmp_path):
    folder = content(tmp_path / "content")
    before = files_of(folder)
    assert export(folder)[0] == "0 files: 0 written, 0 unchanged"
    assert files_of(folder) == before


def test_export_that_fails_leaves_the_old_file_whole(tmp_path, monkeypatch):
    folder = content(tmp_path / "content")
    load(folder)
    before = files_of(folder)

    def fail(_handle):
        raise OSError("No space left")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(OSError, match="No space left"):
        export(folder)
    assert files_of(folder) == before


def test_second_load_of_the_real_content_finds_all_unchanged():
    created = [int(line.split()[-6]) for line in output_of_load(settings.CONTENT_DIR)]
    unchanged = [int(line.split()[-2]) for line in output_of_load(settings.CONTENT_DIR)]
    assert unchanged == created
    assert sum(created) > 450
