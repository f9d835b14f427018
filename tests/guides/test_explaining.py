"""Pages follow the glossary: what is marked when, and that nobody takes it for an edit."""

from datetime import timedelta

import pytest
from django.core.management import call_command

from guides.content.exporting import export_files
from guides.explaining import Progress, bring_up_to_date, progress
from guides.models import GlossaryTerm, Guide
from guides.models.searched import SearchState
from sendguide.jobs import JOBS
from tests import factories

pytestmark = pytest.mark.django_db
BODY = "An EHCP is a plan. A SENCO helps.\n"


@pytest.fixture
def ehcp():
    return factories.term(term="Education plan", abbreviation="EHCP", slug="ehcp", definition="A legal plan.")


def shown(text):
    text.refresh_from_db()
    return [word["slug"] for word in text.words]


def work():
    (job,) = (job for job in JOBS if job.name == "words in texts")
    while job.work() is not None:
        pass
    return job


def test_guide_is_marked_when_it_is_saved_and_its_text_stays_bare(ehcp):
    guide = factories.guide(body=BODY)
    assert guide.shown["body"].startswith('<p>An <label class="term">EHCP<button class="term-open"')
    assert guide.body_html == "<p>An EHCP is a plan. A SENCO helps.</p>"
    assert guide.words == [
        {
            "slug": "ehcp",
            "name": "Education plan (EHCP)",
            "short": "EHCP",
            "meaning": "A legal plan.",
            "where": "England",
            "proposed": False,
        }
    ]


def test_text_without_words_of_the_glossary_is_kept_once(ehcp):
    page = factories.page(body="Hello.")
    assert (page.marked, page.shown["body"], page.marked_with != "") == ({}, "<p>Hello.</p>", True)


def test_text_from_before_there_were_marks_is_shown_without(ehcp):
    guide = factories.guide(body=BODY)
    Guide.objects.update(marked={}, words=[], marked_with="")
    guide.refresh_from_db()
    assert guide.shown["body"] == guide.body_html


def test_plain_texts_of_words_and_people_are_marked_and_safe(ehcp):
    term = factories.term(definition="<b> & an EHCP", term="Other")
    role = factories.role(what_they_do="They write an EHCP.", works_where="<i>", regulator="EHCP")
    assert term.shown["definition"].startswith("&lt;b&gt; &amp; an <label")
    assert "<label" in role.shown["what_they_do"]
    assert (role.shown["works_where"], role.shown["regulator"]) == ("&lt;i&gt;", "EHCP")
    ehcp.definition = "An EHCP is."
    ehcp.save()
    assert ehcp.shown["definition"] == "An EHCP is."
    assert factories.role(what_they_do="An EHCP.", glossary=ehcp).words == []


def test_new_changed_and_deleted_words_reach_the_texts_that_use_them(ehcp):
    guide, page = factories.guide(body=BODY), factories.page(body="A SENCO.")
    senco = factories.term(term="SENCO", slug="senco")
    assert (shown(guide), shown(page)) == (["ehcp"], [])
    assert work().every == timedelta(seconds=10)
    assert (shown(guide), shown(page)) == (["ehcp", "senco"], ["senco"])
    senco.nations = ["Scotland"]
    senco.save()
    work()
    assert (shown(guide), shown(page)) == (["ehcp"], ["senco"])
    ehcp.definition = "Another meaning."
    ehcp.save()
    work()
    guide.refresh_from_db()
    assert guide.words[0]["meaning"] == "Another meaning."
    GlossaryTerm.objects.all().delete()
    work()
    assert (shown(guide), guide.shown["body"], shown(page)) == ([], guide.body_html, [])


def test_work_is_done_in_portions_that_can_be_broken_off(ehcp):
    factories.guide(body=BODY)
    factories.page(body=BODY)
    factories.role()
    bring_up_to_date()
    assert progress() == Progress(4, 4)
    factories.term(term="SENCO")
    assert progress() == Progress(0, 5)
    assert bring_up_to_date(at_most=2)
    assert progress() == Progress(2, 5)
    assert bring_up_to_date(at_most=2)
    assert not bring_up_to_date(at_most=2)
    assert (progress(), progress().is_done) == (Progress(5, 5), True)


def test_nothing_is_written_when_nothing_changed(ehcp, django_assert_num_queries):
    factories.guide(body=BODY)
    bring_up_to_date()
    with django_assert_num_queries(6):  # the glossary and five kinds of texts
        assert not bring_up_to_date(at_most=5)


def test_being_marked_again_is_no_edit(ehcp):
    guide, page = factories.guide(body=BODY), factories.page(body=BODY)
    before = [(text.updated_at, text.history.count()) for text in (guide, page)]
    factories.term(term="SENCO")
    work()
    assert (shown(guide)[1:], shown(page)[1:]) != ([], [])
    assert [(text.updated_at, text.history.count()) for text in (guide, page)] == before
    assert guide.changes.count() == 0


def test_search_does_not_make_its_index_anew_for_marks(ehcp):
    factories.guide(body=BODY)
    factories.term(term="SENCO")
    before = set(SearchState.objects.values_list("table", "token"))
    work()
    assert progress().is_done
    assert set(SearchState.objects.values_list("table", "token")) == before


def test_who_saves_in_the_meantime_keeps_the_newer_text(ehcp, monkeypatch):
    guide = factories.guide(body=BODY)
    factories.term(term="SENCO", slug="senco")
    mark = Guide.mark

    def slow(self, glossary):
        mark(self, glossary)
        monkeypatch.setattr(Guide, "mark", mark)
        newer = Guide.objects.get(pk=guide.pk)
        newer.body = "A SENCO."
        newer.save()

    monkeypatch.setattr(Guide, "mark", slow)
    bring_up_to_date()
    assert shown(guide) == ["senco"]
    assert guide.shown["body"].startswith('<p>A <label class="term">SENCO')


def test_page_changes_for_caches_only_when_what_it_shows_changed(client, ehcp):
    guide = factories.guide(body=BODY)
    path = guide.get_absolute_url()
    etag = client.get(path)["ETag"]
    factories.term(term="Nothing that it has")
    work()
    assert client.get(path, headers={"If-None-Match": etag}).status_code == 304
    factories.term(term="SENCO")
    work()
    assert client.get(path, headers={"If-None-Match": etag}).status_code == 200


def test_marks_are_neither_exported_nor_in_the_feed_nor_in_the_history(client, ehcp):
    guide = factories.guide(body=BODY)
    guide.changes.create(note="About an EHCP.")
    texts = [text for _, text in export_files()]
    assert any(BODY in text for text in texts)
    assert [text for text in texts if "term-open" in text or "marked" in text] == []
    assert "term-open" not in client.get("/feed.xml").text
    kept = {field.name for field in guide.history.model._meta.fields}
    assert not kept & {"marked", "words", "marked_with", "body_html"}


def test_render_texts_marks_too(ehcp):
    guide = factories.guide(body=BODY)
    Guide.objects.update(marked={}, words=[], marked_with="")
    call_command("render_texts", verbosity=0)
    assert shown(guide) == ["ehcp"]


def test_meaning_that_holds_everywhere_does_not_say_where(client):
    factories.term(term="SENCO", nations=["England", "Scotland", "Wales", "Northern Ireland"])
    page = factories.page(body="A SENCO.")
    assert "Applies to" not in client.get(page.get_absolute_url()).text


def test_page_shows_each_meaning_once_and_where_it_holds(client, ehcp):
    ehcp.status = "proposed-not-law"
    ehcp.save()
    one, several = factories.guide(body=BODY), factories.guide(body=BODY, nations=["England", "Wales"])
    page = client.get(one.get_absolute_url()).text
    assert page.count('id="term_ehcp"') == page.count("A legal plan.") == page.count("Only proposed, not law.") == 1
    assert 'class="meaning-where"' not in page
    assert '<p class="meaning-where">Applies to: England</p>' in client.get(several.get_absolute_url()).text
    assert "Words used on this page" not in client.get(factories.guide(body="None.").get_absolute_url()).text
