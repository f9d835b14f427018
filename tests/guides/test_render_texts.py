import pytest
from django.core.management import call_command

from guides.models import Guide
from tests import factories

pytestmark = pytest.mark.django_db


def test_render_texts_renews_what_is_shown_and_writes_no_history(capsys):
    guide = factories.guide(body="## New {#new}\n", sources="- [Act](law:cfa)")
    term = factories.term(law="[s.36](law:cfa/36)")
    Guide.objects.update(body_html="old", headings=[], sources_html="old")
    type(term).objects.update(law_html="old")
    call_command("render_texts")
    guide.refresh_from_db()
    term.refresh_from_db()
    assert guide.body_html == '<h2 id="new">New</h2>'
    assert guide.headings == [[2, "new", "New"]]
    assert "/ukpga/2014/6" in guide.sources_html
    assert "/section/36" in term.law_html
    assert guide.history.count() == 1
    assert "guides: 1 rendered" in capsys.readouterr().out


def test_text_that_is_saved_in_the_meantime_keeps_its_newer_page(monkeypatch):
    guide = factories.guide(body="Old.")
    derive = Guide.derive

    def slow(self):
        derive(self)
        Guide.objects.filter(pk=guide.pk).update(body="Newer.", body_html="<p>Newer.</p>")

    monkeypatch.setattr(Guide, "derive", slow)
    call_command("render_texts")
    guide.refresh_from_db()
    assert guide.body_html == "<p>Newer.</p>"
