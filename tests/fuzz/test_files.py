"""Whatever file arrives, as a picture or as content: a sentence, never an error of the site."""

from contextlib import suppress
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from tests import factories, picture_files
from tests.fuzz.typed import FEW, ODD, SCRIPTS
from tests.guides.content.folders import FILES, content, write

pytestmark = pytest.mark.django_db
PICTURES = [
    picture_files.jpeg(),
    picture_files.phone_jpeg(),
    picture_files.palette_png(),
    picture_files.animated_webp(),
    picture_files.png_claiming(30, 20),
]
YAML = [
    *(
        "- x",
        "a: b",
        "&a [*a]",
        "!!python/object/apply:os.system ['x']",
        "? x",
        "{",
        "]",
        "|",
        "'",
        "---",
        "- - -",
        "<<: *x",
    ),
    *(
        "2026-13-01",
        "0b1",
        "1_000",
        ".inf",
        "~",
        "yes",
        "\t",
        "%TAG ! tag:x",
        "nations: [Mars]",
        "status: gone",
        "body: 1",
    ),
]


@st.composite
def spoilt(draw, originals):
    """Bytes of a file of ours with some of them changed, left out, doubled or cut off; or any bytes at all."""
    data = bytearray(draw(st.sampled_from(originals)))
    for _ in range(draw(st.integers(1, 6))):
        place = draw(st.integers(0, max(len(data) - 1, 0)))
        match draw(st.sampled_from(["change", "leave out", "put in", "cut"])):
            case "change" if data:
                data[place] = draw(st.integers(0, 255))
            case "leave out":
                del data[place : place + draw(st.integers(1, 9))]
            case "put in":
                data[place:place] = draw(st.binary(max_size=9))
            case _:
                del data[max(place, 8) :]
    return bytes(data)


@FEW
@given(sent=st.binary(max_size=200) | spoilt(PICTURES), alt=st.sampled_from(ODD + SCRIPTS), name=st.sampled_from(ODD))
def test_upload_takes_whatever_arrives(client, settings, tmp_path, sent, alt, name):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(factories.staff("add_picture"))
    image = SimpleUploadedFile(name.replace("\0", "") or "x", sent, "image/png")
    answer = client.post("/admin/markdown/upload/", {"image": image, "alt": alt})
    assert (answer.status_code, set(answer.json())) in [(200, {"image_code"}), (400, {"error"})]


@st.composite
def text_spoilt(draw, text):
    """A file of content in which lines are changed, left out or doubled."""
    lines = text.split("\n")
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.integers(0, len(lines) - 1))
        name, colon, _ = lines[place].partition(":")
        odd = draw(st.sampled_from(ODD + YAML + SCRIPTS) | st.text(max_size=20))
        lines[place : place + 1] = draw(st.sampled_from([[], [lines[place]] * 2, [odd], [f"{name}{colon} {odd}"]]))
    return "\n".join(lines)


def loaded_or_refused(folder: Path) -> bool:
    """Anything else is raised."""
    with transaction.atomic(), suppress(CommandError):
        call_command("load_content", dir=folder, stdout=StringIO(), stderr=StringIO())
        transaction.set_rollback(True)
    return True


@pytest.mark.parametrize("name", sorted(FILES))
@FEW
@given(data=st.data())
def test_content_is_loaded_or_refused_with_a_sentence(tmp_path_factory, name, data):
    folder = content(tmp_path_factory.mktemp("content"))
    text = data.draw(text_spoilt(FILES[name]))
    write(folder, name, text.encode("utf-8", "surrogatepass"))
    assert loaded_or_refused(folder)


@pytest.mark.parametrize("name", sorted(FILES))
@FEW
@given(sent=st.data())
def test_file_of_content_may_be_any_bytes(tmp_path_factory, name, sent):
    folder = content(tmp_path_factory.mktemp("content"))
    write(folder, name, sent.draw(st.binary(max_size=60) | spoilt([FILES[name].encode()])))
    assert loaded_or_refused(folder)
