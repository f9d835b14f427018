from datetime import date

import pytest
from django.core.management import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from guides import models
from guides.models import (
    Council,
    GlossaryTerm,
    Guide,
    GuideChange,
    LoadedItem,
    Role,
    SitePage,
    Situation,
    Topic,
)
from tests.guides.content.folders import PAGE, TOPICS, change, faults, load, output_of_load, write

pytestmark = pytest.mark.django_db
MODELS = (Topic, GlossaryTerm, Role, Council, Guide, GuideChange, SitePage, models.Testimonial, Situation, LoadedItem)
HISTORIES = (Guide.history, SitePage.history, GlossaryTerm.history, Role.history, Council.history)


def everything() -> list[list[dict]]:
    """All rows of all kinds, history included."""
    rows = [list(model.objects.order_by("pk").values()) for model in MODELS]
    return rows + [list(history.order_by("pk").values()) for history in HISTORIES]


def test_load_fills_an_empty_database_and_says_how_much(folder):
    assert output_of_load(folder) == [
        "topics: 2 created, 0 updated, 0 unchanged",
        "glossary terms: 3 created, 0 updated, 0 unchanged",
        "roles: 1 created, 0 updated, 0 unchanged",
        "councils: 1 created, 0 updated, 0 unchanged",
        "guides: 1 created, 0 updated, 0 unchanged",
        "pages: 1 created, 0 updated, 0 unchanged",
        "testimonials: 1 created, 0 updated, 0 unchanged",
        "situations: 1 created, 0 updated, 0 unchanged",
        "search synonyms: 0 created, 0 updated, 0 unchanged",
        "workshops: 0 created, 0 updated, 0 unchanged",
    ]


def test_load_fills_every_field(folder):
    change(
        folder,
        "guides/autism.md",
        "status: published",
        "status: published\nillustration: autism\nillustration_alt: A child",
    )
    load(folder)
    guide = Guide.objects.get()
    assert (guide.title, guide.topic.slug, guide.nations, guide.status) == (
        "Autism",
        "autism",
        ["England"],
        "published",
    )
    assert (guide.illustration, guide.illustration_alt, guide.review_every) == ("autism", "A child", 6)
    assert (guide.reviewed_on, guide.review_due) == (date(2026, 11, 24), date(2027, 5, 24))
    assert guide.headings == [[2, "waiting", "Waiting"]]
    assert "/ukpga/2014/6" in guide.sources_html
    assert [(each.date, each.note) for each in guide.changes.all()] == [(date(2026, 11, 24), "First published.")]
    term = GlossaryTerm.objects.get(slug="ehcp")
    assert (term.abbreviation, term.law_check, term.status) == ("EHCP", "V", "current")
    assert [other.slug for other in term.see_also.order_by("slug")] == ["sen", "senco"]
    assert "/section/37" in term.law_html
    role = Role.objects.get()
    assert (role.glossary.slug, role.questions_to_ask) == ("senco", ["What helps?", "Who helps?"])
    council = Council.objects.get()
    assert (council.code, council.slug, council.short_names) == ("E06000010", "hull", ["Hull", "Kingston upon Hull"])
    assert (council.link_checked_on, council.source, council.confidence) == (None, "Seen", "evidence")
    assert models.Testimonial.objects.get().topic.slug == "autism"
    situation = Situation.objects.get()
    assert (situation.address, situation.published) == ("/guides/autism/#waiting", True)
    assert SitePage.objects.get().title == "About us"


def test_scheduled_guide_gets_its_time_in_the_uk(folder):
    write(folder, "pages/about.md", PAGE.split("We are")[0])
    write(folder, "situations.yaml", "")
    change(folder, "guides/autism.md", "status: published", "status: scheduled\npublish_at: 2027-07-01 09:00")
    load(folder)
    assert Guide.objects.get().publish_at.isoformat() == "2027-07-01T08:00:00+00:00"


def test_second_load_writes_nothing(folder):
    load(folder)
    before = everything()
    with CaptureQueriesContext(connection) as queries:
        output = output_of_load(folder)
    written = [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert written == []
    assert everything() == before
    assert all(" 0 created, 0 updated, " in line for line in output)
    assert sum(int(line.split()[-2]) for line in output) == 11


def test_changed_file_updates_its_row_and_leaves_a_reason_in_the_history(folder):
    load(folder)
    change(folder, "guides/autism.md", "Hello.", "Good morning.")
    assert load(folder) == ["Updated: guide autism"]
    guide = Guide.objects.get()
    assert guide.body.startswith("Good morning.")
    assert "Good morning." in guide.body_html
    assert [entry.history_change_reason for entry in guide.history.all()] == ["Loaded from content files"] * 2
    assert load(folder) == []


def test_changed_see_also_is_updated(folder):
    load(folder)
    change(folder, "glossary.yaml", "see_also: [senco, sen]", "see_also: [senco]")
    assert load(folder) == ["Updated: term ehcp"]
    assert [other.slug for other in GlossaryTerm.objects.get(slug="ehcp").see_also.all()] == ["senco"]


def test_lines_of_what_changed_keep_their_rows(folder):
    load(folder)
    first = GuideChange.objects.get().pk
    change(folder, "guides/autism.md", "changes:\n", "changes:\n- date: 2026-11-24\n  note: Then the waiting times.\n")
    load(folder)
    assert [(each.pk == first, each.note) for each in GuideChange.objects.all()] == [
        (False, "Then the waiting times."),
        (True, "First published."),
    ]
    assert load(folder) == []


def test_line_of_what_changed_that_is_in_the_file_no_more_goes(folder):
    load(folder)
    change(folder, "guides/autism.md", "First published.", "Published.")
    load(folder)
    assert [each.note for each in GuideChange.objects.all()] == ["Published."]


def test_what_staff_edited_is_kept_and_reported(folder):
    load(folder)
    guide = Guide.objects.get()
    guide.body = "Ours.\n\n## Waiting {#waiting}\n"
    guide.save()
    kept = ["Kept, because staff have edited it: guide autism (--force guide:autism loads the file)"]
    assert load(folder) == kept
    change(folder, "guides/autism.md", "Hello.", "Good morning.")
    assert load(folder) == kept
    assert Guide.objects.get().body.startswith("Ours.")


def test_force_loads_the_file_over_what_staff_edited(folder):
    load(folder)
    Topic.objects.filter(slug="anxiety").update(summary="Ours.")
    Guide.objects.update(title="Ours")
    assert load(folder, "anxiety", "guide:autism") == ["Updated: topic anxiety", "Updated: guide autism"]
    assert Topic.objects.get(slug="anxiety").summary == "Worry."
    assert load(folder) == []


def test_saving_a_text_as_a_browser_sends_it_is_no_edit(folder):
    load(folder)
    guide = Guide.objects.get()
    guide.body = guide.body.replace("\n", "\r\n")
    guide.save()
    change(folder, "guides/autism.md", "Hello.", "Good morning.")
    assert load(folder) == ["Updated: guide autism"]


def test_finding_a_link_right_is_no_edit(folder):
    load(folder)
    Council.objects.get().mark_link_checked()
    assert load(folder) == []
    change(folder, "places/councils.csv", "Seen", "Seen again")
    assert load(folder) == ["Updated: council hull"]
    assert Council.objects.get().link_checked_on == timezone.localdate()
    change(folder, "places/councils.csv", "https://offer.example/", "https://new.example/")
    assert load(folder) == ["Updated: council hull"]
    assert Council.objects.get().link_checked_on is None


def test_a_line_of_what_changed_by_staff_is_an_edit(folder):
    load(folder)
    Guide.objects.get().changes.create(date=date(2026, 12, 1), note="Ours.")
    assert load(folder) == ["Kept, because staff have edited it: guide autism (--force guide:autism loads the file)"]


def test_what_staff_made_the_same_as_the_file_is_remembered(folder):
    load(folder)
    LoadedItem.objects.all().delete()
    assert load(folder) == []
    change(folder, "guides/autism.md", "Hello.", "Good morning.")
    assert load(folder) == ["Updated: guide autism"]


def test_row_that_staff_made_under_the_same_slug_is_kept(folder):
    Topic.objects.create(slug="autism", name="Our autism", summary="Ours.")
    assert load(folder) == ["Kept, because staff have edited it: topic autism (--force topic:autism loads the file)"]


def test_what_staff_deleted_stays_deleted_and_its_neighbours_count_as_unedited(folder):
    load(folder)
    GlossaryTerm.objects.get(slug="senco").delete()
    gone = "Not loaded, because staff have deleted it: term senco (--force term:senco brings it back)"
    assert load(folder) == [gone]
    change(folder, "glossary.yaml", "A legal document.", "A document with the force of law.")
    change(folder, "whos-who.yaml", "They plan help.", "They plan and check help.")
    assert load(folder) == ["Updated: term ehcp", "Updated: role senco", gone]
    assert load(folder) == [gone]
    assert Role.objects.get().glossary is None


def test_force_brings_back_what_staff_deleted_with_all_that_referred_to_it(folder):
    load(folder)
    GlossaryTerm.objects.get(slug="senco").delete()
    load(folder)
    load(folder, "term:senco")
    assert Role.objects.get().glossary.slug == "senco"
    assert {other.slug for other in GlossaryTerm.objects.get(slug="ehcp").see_also.all()} == {"sen", "senco"}
    assert load(folder) == []


def test_guide_whose_topic_staff_deleted_cannot_be_created(folder):
    load(folder)
    Guide.objects.all().delete()
    Topic.objects.get(slug="autism").delete()
    before = everything()
    sentence = "Staff have deleted the topic “autism”. Choose another, or add --force topic:autism."
    assert faults(folder, "guide:autism") == [f"content/guides/autism.md:3: {sentence}"]
    assert everything() == before
    load(folder, "guide:autism", "topic:autism")
    assert Guide.objects.get().topic.slug == "autism"


def test_what_is_in_no_file_any_more_stays_and_is_reported(folder):
    load(folder)
    (folder / "testimonials.yaml").unlink()
    models.Testimonial.objects.create(slug="by-staff", quote="Q.", attribution="A.")
    assert load(folder) == ["In no file any more, left on the site: testimonial listened"]
    models.Testimonial.objects.get(slug="listened").delete()
    assert load(folder) == []


def test_force_needs_a_slug_that_a_file_has(folder):
    with pytest.raises(CommandError, match=r"^--force nothing: no file has such an item\. Nothing was changed\.$"):
        load(folder, "nothing")
    with pytest.raises(CommandError, match=r"^--force page:autism: no file has such an item"):
        load(folder, "page:autism")
    assert Topic.objects.count() == 0


def test_force_needs_a_kind_when_several_have_the_slug(folder):
    expected = r"^--force autism could mean several items: write --force topic:autism or --force guide:autism\."
    with pytest.raises(CommandError, match=expected):
        load(folder, "autism")


def test_one_broken_file_among_good_ones_changes_nothing(folder):
    load(folder)
    before = everything()
    change(folder, "glossary.yaml", "A legal document.", "Another text.")
    write(folder, "pages/contact.md", "No front matter.\n")
    sentence = "The file must start with a line “---”, then the front matter, then another line “---”."
    assert faults(folder) == [f"content/pages/contact.md:1: {sentence}"]
    assert everything() == before


def test_error_while_writing_changes_nothing(folder, monkeypatch):
    load(folder)
    before = everything()
    change(folder, "topics.yaml", "name: Anxiety", "name: Autism too")
    change(folder, "situations.yaml", "We are waiting", "We wait")

    def fail(self, **kwargs):
        raise RuntimeError("The disk is full")

    monkeypatch.setattr(Situation, "save", fail)
    with pytest.raises(RuntimeError):
        load(folder)
    assert everything() == before


def test_topics_that_swap_their_names_are_refused_whole(folder):
    load(folder)
    before = everything()
    swapped = TOPICS.replace("name: Anxiety", "name: X").replace("name: Autism", "name: Anxiety")
    write(folder, "topics.yaml", swapped.replace("name: X", "name: Autism"))
    with pytest.raises(CommandError, match=r"^Nothing was changed: somebody was changing the same content, or items"):
        load(folder)
    assert everything() == before


def test_folder_that_is_missing_or_empty_is_refused(tmp_path):
    with pytest.raises(CommandError, match=r"^There is no folder .*/nowhere\.$"):
        load(tmp_path / "nowhere")
    with pytest.raises(CommandError, match=r"^There are no content files in "):
        load(tmp_path)
