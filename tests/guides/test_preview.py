from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import signing

from guides import actions
from guides.preview import SALT, preview_path
from tests import factories

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_anybody_with_the_link_reads_the_draft(client):
    guide = factories.guide(title="Not yet public", status="draft", body="Draft text.")
    response = client.get(preview_path(guide))
    assert response.status_code == 200
    assert "Not yet public" in response.content.decode()
    assert "Draft text." in response.content.decode()


def test_preview_is_kept_by_nobody_and_tells_nobody(client):
    response = client.get(preview_path(factories.guide(status="draft")))
    assert {name: response[name] for name in ("Cache-Control", "X-Robots-Tag", "Referrer-Policy")} == {
        "Cache-Control": "no-store",
        "X-Robots-Tag": "noindex",
        "Referrer-Policy": "no-referrer",
    }
    assert not response.cookies


def test_preview_ends_after_its_days(client, settings):
    settings.DRAFT_PREVIEW_DAYS = 3
    guide = factories.guide(status="draft")
    with time_machine.travel(START, tick=False):
        path = preview_path(guide)
    with time_machine.travel(START + timedelta(days=3), tick=False):
        assert client.get(path).status_code == 200
    with time_machine.travel(START + timedelta(days=3, seconds=1), tick=False):
        assert client.get(path).status_code == 404


def test_renewed_link_replaces_the_old_one(client):
    guide, other = factories.guide(status="draft"), factories.guide(status="draft")
    old, others = preview_path(guide), preview_path(other)
    actions.renew_preview_links(guides=[guide])
    guide.refresh_from_db()
    assert [client.get(path).status_code for path in (old, preview_path(guide), others)] == [404, 200, 200]
    assert guide.history.count() == 1


def test_one_page_for_every_link_that_does_not_work(client):
    guide = factories.guide(status="draft")
    good = preview_path(guide)
    gone = factories.guide()
    links = [
        good[:-2] + "x/",
        "/guides/preview/abc/",
        "/guides/preview/a:b:c/",
        f"/guides/preview/{signing.dumps([guide.pk, 1], salt='other')}/",
        f"/guides/preview/{signing.dumps([guide.pk, 2], salt=SALT)}/",
        preview_path(gone),
        "/guides/preview/é%00%ff/",
    ]
    gone.delete()
    answers = {(response.status_code, response.content) for response in map(client.get, links)}
    assert {status for status, _ in answers} == {404}
    assert len(answers) == 1


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_preview_is_only_read(client, method):
    assert getattr(client, method)(preview_path(factories.guide(status="draft"))).status_code == 405


def test_preview_link_stands_at_the_guide_with_its_last_day(client, settings):
    guide = factories.guide(status="draft")
    client.force_login(factories.staff(is_superuser=True))
    with time_machine.travel(START, tick=False):
        page = client.get(f"/admin/guides/guide/{guide.pk}/change/").content.decode()
        assert f'href="{settings.SITE_URL}{preview_path(guide)}"' in page
    assert "until 8 December 2026" in page


def test_view_on_site_leads_to_the_preview_until_the_guide_is_published(client):
    client.force_login(factories.staff(is_superuser=True))
    for status, start in (("draft", "/guides/preview/"), ("published", "/guides/guide-")):
        guide = factories.guide(status=status)
        response = client.get(f"/admin/guides/guide/{guide.pk}/change/")
        assert response.context["absolute_url"].startswith(start)
        assert client.get(response.context["absolute_url"]).status_code == 200
