"""Uploading, showing and deleting pictures."""

import json

import pytest
from django.contrib.auth import get_user_model
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from guides import actions
from guides.models import Picture, picture_sizes
from tests import factories
from tests.guides.admin.posting import act_on, desk, errors_of, fields_of
from tests.picture_files import ACCEPTED, REFUSED, jpeg

pytestmark = pytest.mark.django_db
UPLOAD = reverse("markdown_upload")


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def editor(client):
    client.force_login(factories.staff("add_picture", "view_picture", "change_picture", "delete_picture", "view_guide"))
    return client


def upload(client, name="a.jpg", content=None, **more):
    return client.post(UPLOAD, {"image": SimpleUploadedFile(name, jpeg() if content is None else content), **more})


def files(media):
    return sorted(path.name for path in media.rglob("*") if path.is_file())


@pytest.mark.parametrize("kind", REFUSED)
def test_bad_file_is_refused_with_a_sentence_and_nothing_is_kept(editor, media, kind):
    name, content, words = REFUSED[kind]
    response = upload(editor, name, content, alt="Described")
    assert response.status_code == 400
    assert words in json.loads(response.content)["error"]
    assert (Picture.objects.count(), files(media)) == (0, [])


@pytest.mark.parametrize("kind", REFUSED)
def test_bad_file_is_refused_at_the_picture_form_and_the_description_stays(editor, media, kind):
    name, content, words = REFUSED[kind]
    response = editor.post(desk(Picture, "add"), {"image": SimpleUploadedFile(name, content), "alt": "Described"})
    assert words in errors_of(response)["image"][0]
    assert fields_of(response)["alt"] == ["Described"]
    assert (Picture.objects.count(), files(media)) == (0, [])


@pytest.mark.parametrize("kind", ACCEPTED)
def test_good_file_is_kept_only_as_webp_under_a_name_of_ours(editor, media, kind):
    response = upload(editor, *ACCEPTED[kind])
    assert response.status_code == 200
    picture = Picture.objects.get()
    assert files(media) == [f"{picture.name}-{width}.webp" for width in picture.widths]
    assert all(path.read_bytes()[8:12] == b"WEBP" for path in media.rglob("*.webp"))
    shown = editor.get(picture.address())
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/webp")


def test_upload_gives_markdown_that_shows_the_picture(editor):
    answer = json.loads(upload(editor, alt="A [child]\\ and\r\n\r\na  dog").content)
    picture = Picture.objects.get()
    assert answer == {"image_code": f"![A (child)/ and a dog](/media/pictures/{picture.name}-64.webp)"}
    guide = factories.guide(body=answer["image_code"])
    assert guide.rendered().faults == []
    for attribute in ('alt="A (child)/ and a dog"', f'src="{picture.address()}"', 'width="64"', 'height="48"'):
        assert attribute in guide.body_html


def test_upload_without_description_is_kept_but_cannot_be_published(editor):
    code = json.loads(upload(editor).content)["image_code"]
    assert "has no description" in str(factories.guide(body=code, status="draft").rendered().faults[0])


def test_upload_names_who_uploaded(editor):
    upload(editor)
    assert Picture.objects.get().uploaded_by == get_user_model().objects.get()


@pytest.mark.parametrize("data", [{}, {"image": "text instead of a file"}])
def test_upload_without_a_file_says_so(editor, data):
    response = editor.post(UPLOAD, data)
    assert (response.status_code, json.loads(response.content)) == (400, {"error": "Choose a file."})


def test_file_over_the_limit_is_refused(editor, settings):
    settings.PICTURE_MAX_BYTES = 1024 * 1024
    response = upload(editor, content=jpeg() + b"\0" * 1024 * 1024)
    assert json.loads(response.content)["error"].startswith("This file is larger than 1 MB.")


def test_disk_that_fails_leaves_no_half_picture(editor, media, monkeypatch):
    save, saved = default_storage.save, []

    def fail_second(name, content):
        if saved:
            raise OSError("No space left on device")
        saved.append(name)
        return save(name, content)

    monkeypatch.setattr(actions.default_storage, "save", fail_second)
    with pytest.raises(OSError, match="No space"):
        upload(editor, content=jpeg(1000, 800))
    assert (len(saved), files(media), Picture.objects.count()) == (1, [], 0)


def test_picture_form_keeps_the_picture_and_who_uploaded_it(editor, media):
    response = editor.post(
        desk(Picture, "add"), {"image": SimpleUploadedFile("a.jpg", jpeg(500)), "alt": "A child"}, follow=True
    )
    assert errors_of(response) == {}
    picture = Picture.objects.get()
    assert (picture.widths, picture.alt, picture.uploaded_by) == ([480, 500], "A child", response.context["user"])
    assert len(files(media)) == 2


def test_description_can_be_mended_and_the_file_cannot_be_replaced(editor):
    upload(editor)
    picture = Picture.objects.get()
    page = editor.get(desk(picture))
    assert "image" not in fields_of(page)
    editor.post(desk(picture), {"alt": "New words", "image": SimpleUploadedFile("b.jpg", jpeg(900))})
    after = Picture.objects.get()
    assert (after.alt, after.widths) == ("New words", picture.widths)


def test_picture_in_a_text_cannot_be_deleted_and_the_text_is_named(editor, media):
    upload(editor)
    picture = Picture.objects.get()
    guide = factories.guide(title="Shows <it>", body=picture.markdown, status="draft")
    for page in (editor.get(desk(picture, "delete")), act_on(editor, [picture], "delete_selected")):
        assert "Guide “Shows &lt;it&gt;”" in page.content.decode()
    editor.post(desk(picture, "delete"), {"post": "yes"})
    act_on(editor, [picture], "delete_selected", post="yes")
    assert (Picture.objects.count(), len(files(media))) == (1, 1)
    assert desk(guide) in editor.get(desk(picture)).content.decode()


@pytest.mark.parametrize("many", [False, True])
def test_deleted_picture_is_gone_with_its_files(editor, media, many):
    upload(editor)
    picture = Picture.objects.get()
    if many:
        act_on(editor, [picture], "delete_selected", post="yes")
    else:
        editor.post(desk(picture, "delete"), {"post": "yes"})
    assert (Picture.objects.count(), files(media)) == (0, [])
    assert editor.get(picture.address()).status_code == 404


def test_picture_is_sent_so_that_it_can_do_no_harm(client, editor):
    upload(editor)
    response = client.get(Picture.objects.get().address())
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    "name", ["evil.html", "a-480.webp.html", "..%2Fdb.sqlite3", "a-480.jpg", "none-480.webp", "A-480.webp"]
)
def test_only_our_own_files_are_sent(client, media, name):
    (media / "pictures").mkdir()
    (media / "pictures" / "evil.html").write_text("<script>")
    assert client.get(f"/media/pictures/{name}").status_code == 404


def test_sizes_are_found_by_the_address_of_any_width():
    picture = factories.picture(widths=[480, 960], height=640)
    assert picture_sizes(picture.address(480)).src == picture.address(960)
    assert picture_sizes(picture.address(960)).width == 960
    for other in (picture.address(960).replace("960", "961"), f"/other/{picture.name}-960.webp", "", "x"):
        assert picture_sizes(other) is None
