import pytest

from guides import actions
from guides.models import Guide
from guides.publishing import in_words
from tests import factories

pytestmark = pytest.mark.django_db


def drafts(*bodies):
    return [factories.guide(slug=f"g{number}", status="draft", body=body) for number, body in enumerate(bodies)]


def statuses():
    return list(Guide.objects.order_by("slug").values_list("status", flat=True))


def test_guides_that_are_published_together_may_link_to_each_other():
    assert actions.publish(guides=drafts("[x](/guides/g1/)", "[x](/guides/g0/)"), by=factories.staff()) == {}
    assert statuses() == ["published", "published"]


def test_guide_that_links_to_a_refused_one_is_refused_too():
    guides = drafts("[x](/guides/g1/)", "[x](/guides/g2/)", "[x](/nowhere/)", "Fine.")
    refused = actions.publish(guides=guides, by=factories.staff())
    assert {guide.slug: in_words(faults)[0] for guide, faults in refused.items()} == {
        "g2": "Line 1: The link “/nowhere/” is dead: there is no published page at /nowhere/",
        "g1": "Line 1: The link “/guides/g2/” is dead: there is no published page at /guides/g2/",
        "g0": "Line 1: The link “/guides/g1/” is dead: there is no published page at /guides/g1/",
    }
    assert statuses() == ["draft", "draft", "draft", "published"]


def test_publishing_keeps_who_and_why():
    by = factories.staff()
    guide = drafts("Text.")[0]
    actions.publish(guides=[guide], by=by)
    record = guide.history.first()
    assert (record.history_user, record.history_change_reason) == (by, "Set to published from the list")


def test_publishing_a_scheduled_guide_publishes_it_now():
    guide = factories.guide(status="scheduled", publish_at="2030-01-01T00:00Z")
    actions.publish(guides=[Guide.objects.get()], by=factories.staff())
    guide.refresh_from_db()
    assert (guide.status, guide.publish_at) == ("published", None)


def test_guide_that_somebody_saved_at_the_same_moment_is_left_alone():
    guide = drafts("Read by me.")[0]
    theirs = Guide.objects.get()
    theirs.body = "Theirs."
    theirs.save()
    refused = actions.publish(guides=[guide], by=factories.staff())
    assert in_words(refused[guide]) == ["Somebody saved it at this very moment. Look at it, then try again."]
    assert (Guide.objects.get().body, Guide.objects.get().status) == ("Theirs.", "draft")
    assert actions.withdraw(guides=[guide], by=factories.staff()) == {guide: actions.CHANGED_MEANWHILE}


@pytest.mark.parametrize("slug", sorted(Guide.FIXED))
def test_guide_that_the_menus_lead_to_cannot_be_withdrawn(slug):
    guide = factories.guide(slug=slug)
    assert actions.withdraw(guides=[guide], by=factories.staff()) == {guide: actions.MUST_STAY}
    assert Guide.objects.get().is_published()


def test_publishing_and_withdrawing_render_nothing_inside_the_transaction(monkeypatch):
    guide = factories.guide()
    monkeypatch.setattr(Guide, "derive", lambda self: pytest.fail("rendered"))
    actions.withdraw(guides=[Guide.objects.get()], by=factories.staff())
    assert not Guide.objects.get(pk=guide.pk).is_published()


def test_old_form_cannot_bring_a_renewed_preview_link_back():
    guide = factories.guide()
    opened_at = guide.updated_at
    actions.renew_preview_links(guides=[guide])
    guide.refresh_from_db()
    assert guide.preview_version == 2
    assert guide.updated_at > opened_at


def test_withdrawing_hides_a_guide():
    guide = factories.guide()
    assert actions.withdraw(guides=[guide], by=factories.staff()) == {}
    assert statuses() == ["draft"]
    assert not Guide.objects.get().is_published()
