"""Styles are sent without what only people read, and mean the same."""

import brotli
import pytest
from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.test import override_settings

from sendguide.static_files import SmallStaticFiles

STYLES = sorted(path.name for path in (settings.BASE_DIR / "static/css").glob("*.css"))
# As the browser understands them. Where it keeps the spaces as they are written, after "," and ":", they mean nothing.
RULES = """styles => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    return [...sheet.cssRules].map(rule => rule.cssText.replaceAll(/([,:])\\s+/g, "$1"));
}"""


@pytest.fixture
def collected(tmp_path):
    """What stands in the file that is sent for ``name``, as it is and as it comes out of its packed copy."""

    def collect(source, name: str) -> tuple[str, str]:
        with override_settings(DEBUG=False):
            storage = SmallStaticFiles(location=tmp_path, base_url="/static/")
            files = FileSystemStorage(source)
            with files.open(name) as file:
                storage.save(name, file)
            paths = {name: (files, name)}
            assert [fault for *_, fault in storage.post_process(paths) if isinstance(fault, Exception)] == []
            sent = tmp_path / storage.stored_name(name)
        return sent.read_text("utf-8"), brotli.decompress(sent.with_name(f"{sent.name}.br").read_bytes()).decode()

    return collect


def test_comments_and_spaces_are_left_out(tmp_path, collected):
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.css").write_text("/* Why. */\n" + "p { color: red; margin: calc(1px + 2px) 0; }\n" * 20, "utf-8")
    small = "p{color:red;margin:calc(1px + 2px) 0}" * 20
    assert collected(source, "a.css") == (small, small)


def test_other_files_are_left_as_they_are(tmp_path, collected):
    source = tmp_path / "source"
    source.mkdir()
    script = "/* Why. */\n" + "go ( 1 );\n" * 20
    (source / "a.js").write_text(script, "utf-8")
    assert collected(source, "a.js") == (script, script)


@pytest.mark.parametrize("name", STYLES)
def test_styles_mean_the_same(collected, page, name):
    written = (settings.BASE_DIR / "static/css" / name).read_text("utf-8")
    sent, _ = collected(settings.BASE_DIR / "static/css", name)
    rules = page.evaluate(RULES, written)
    assert (page.evaluate(RULES, sent), len(rules) > 10, len(sent) < len(written)) == (rules, True, True)
