"""Each fault that a file with front matter can have: one line for it, with file and line; nothing is changed."""

import pytest

from tests.guides.content.folders import GUIDE, TOPICS, change, faults, line_of, write

pytestmark = pytest.mark.django_db


GUIDE_FAULTS = [
    (
        "title: Autism",
        "titel: Autism",
        [
            "1: “title” is missing.",
            "2: “titel” is not a field of a guide. There are: slug, title, topic, nations, summary, illustration, "
            "illustration_alt, order, status, publish_at, reviewed, review_every, sources, changes.",
        ],
    ),
    ("title: Autism", "title: Autism\ntitle: ADHD", ["3: “title” stands here twice."]),
    ("title: Autism", "title: ''", ["2: “title”: This field cannot be blank."]),
    ("title: Autism", "title: 2026", ["2: “title” must be text. Put it in quotes."]),
    ("title: Autism", f"title: {'x' * 121}", ["2: “title” has 121 characters, at most 120 fit."]),
    (
        "title: Autism",
        "title: Autism: signs",
        [
            "2: This is not YAML: mapping values are not allowed in this context. "
            "A text with a colon in it must stand in quotes."
        ],
    ),
    (
        "title: Autism",
        "slug: other\ntitle: Autism",
        ["2: “slug” must be the name of the file, “autism”, or be left out."],
    ),
    (
        "title: Autism",
        "body: Text\ntitle: Autism",
        ["2: “body” does not belong here: the text stands below the “---”."],
    ),
    ("topic: autism", "topic: austism", ["3: “austism” is not a topic we have."]),
    ("topic: autism", "topic: [autism]", ["3: “topic” must be text. Put it in quotes."]),
    (
        "topic: autism",
        "topic: &a autism\nillustration: *a",
        ["4: “*” and “&” of YAML are not used here. Write the text out, in quotes."],
    ),
    (
        "nations: [England]",
        "nations: [Wales, England]",
        ["4: “nations”: Choose one or more of England, Scotland, Wales, Northern Ireland, in this order."],
    ),
    (
        "nations: [England]",
        "nations: England",
        ["4: “nations” must be a list of texts: [one, two]. Put words such as “no” in quotes."],
    ),
    ("status: published", "status: public", ["6: “status”: “public” is not one of draft, scheduled, published."]),
    ("status: published", "status: published\norder: first", ["7: “order” must be a whole number from 0 to 32767."]),
    (
        "status: published",
        "status: published\nreview_every: 0",
        ["7: “review_every” must be a whole number from 1 to 60."],
    ),
    (
        "status: published",
        "status: published\nillustration: A b",
        ["7: “illustration”: Enter a valid “slug” consisting of letters, numbers, underscores or hyphens."],
    ),
    ("reviewed: 2026-11-24", "reviewed: yesterday", ["7: “reviewed” must be a date such as 2026-11-24."]),
    ("reviewed: 2026-11-24", "reviewed: 1026-11-24", ["7: “reviewed”: This is long ago. Please look at the year."]),
    (
        "reviewed: 2026-11-24",
        "reviewed: 2026-02-30",
        ["7: “reviewed” must be a date such as 2026-11-24."],
    ),
    ("(law:cfa)", "(law:cfaa/3)", None),
    ("(law:cfa)", "(law:cfa/999)", ["9: “law:cfa/999”: Children and Families Act 2014 has no section 999."]),
    (
        "  note: First published.",
        "  nota: First published.",
        ["11: An entry of “changes” must have a date and a note."],
    ),
    ("  note: First published.", f"  note: {'x' * 301}", ["12: “note” must be a text of at most 300 characters."]),
    ("  note: First published.", "  note: ''", ["12: “note” must be a text of at most 300 characters."]),
    ("- date: 2026-11-24", "- date: 2026-02-30", ["11: “date” must be a date such as 2026-11-24."]),
    (
        "changes:\n- date: 2026-11-24\n  note: First",
        "changes: First",
        ["10: “changes” must be a list of entries with a date and a note each."],
    ),
    (
        "[the start](#waiting)",
        "[the start](#start)",
        ["18: The link “#start” is dead: the page has no section “start”."],
    ),
    (
        "[the start](#waiting)",
        "[ADHD](/guides/adhd/)",
        ["18: The link “/guides/adhd/” is dead: there is no published page at /guides/adhd/"],
    ),
    (
        "[the start](#waiting)",
        "[x](/guides/topic/none/)",
        ["18: The link “/guides/topic/none/” is dead: there is no published page at /guides/topic/none/"],
    ),
    ("Hello.", "#### Hello", ["14: The heading “Hello” skips a level: write ## here."]),
    (
        "Hello.",
        "![](x.webp)",
        [
            "14: The picture “x.webp” has no description. Write between the square brackets what is to be seen.",
            "14: The picture “x.webp” is not among the uploaded pictures.",
        ],
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), GUIDE_FAULTS)
def test_fault_of_a_guide(folder, old, new, expected):
    change(folder, "guides/autism.md", old, new)
    found = faults(folder)
    own = [line for line in found if line.startswith("content/guides/autism.md:")]
    if expected is None:
        assert own == ["content/guides/autism.md:9: “law:cfaa/3” names no law we know. Did you mean cfa or mca?"]
    else:
        assert own == [f"content/guides/autism.md:{line}" for line in expected]


def test_scheduled_guide_without_a_time(folder):
    change(folder, "guides/autism.md", "status: published", "status: scheduled")
    assert "content/guides/autism.md:6: A guide that is “scheduled” needs “publish_at”, a date and a time." in faults(
        folder
    )


def test_publish_at_that_is_no_time(folder):
    change(folder, "guides/autism.md", "status: published", "status: published\npublish_at: soon")
    sentence = "“publish_at” must be a date and a time such as 2026-11-24 09:00."
    assert faults(folder) == [f"content/guides/autism.md:7: {sentence}"]


def test_faults_of_a_draft_are_only_those_that_break_it(folder):
    write(folder, "guides/draft.md", GUIDE.replace("published\n", "draft\n", 1).replace("(#waiting)", "(#nowhere)"))
    change(folder, "guides/draft.md", "(law:cfa)", "(law:cfa/999)")
    assert faults(folder) == [
        "content/guides/draft.md:9: “law:cfa/999”: Children and Families Act 2014 has no section 999."
    ]


def test_link_to_a_guide_that_is_not_published_is_dead(folder):
    write(
        folder, "guides/draft.md", GUIDE.replace("published\n", "draft\n", 1).replace("title: Autism", "title: Draft")
    )
    change(folder, "pages/about.md", "/guides/autism/#waiting", "/guides/draft/")
    sentence = "The link “/guides/draft/” is dead: there is no published page at /guides/draft/"
    assert faults(folder) == [f"content/pages/about.md:5: {sentence}"]


def test_front_matter_without_end(folder):
    write(folder, "guides/autism.md", "---\ntitle: Autism\n")
    assert faults(folder)[0] == (
        "content/guides/autism.md:1: The front matter has no end: a line “---” is missing before the text."
    )


def test_front_matter_that_is_a_list(folder):
    write(folder, "pages/about.md", "---\n- title\n---\n")
    assert faults(folder) == ["content/pages/about.md:2: The front matter must be lines of “name: value”."]


def test_line_counts_blank_lines_before_the_text(folder):
    change(folder, "pages/about.md", "---\nWe are", "---\n\n\nWe are")
    change(folder, "pages/about.md", "/ehcp/", "/none/")
    assert line_of(folder, "pages/about.md", "/none/") == 7
    assert [line.split(": ")[0] for line in faults(folder)] == ["content/pages/about.md:7"]


def test_file_name_that_is_no_slug(folder):
    write(folder, "guides/Über uns.md", GUIDE)
    assert faults(folder) == [
        "content/guides/Über uns.md:1: “slug”: "
        "Enter a valid “slug” consisting of letters, numbers, underscores or hyphens."
    ]


def test_file_that_is_not_utf_8(folder):
    write(folder, "guides/autism.md", GUIDE.replace("Hello.", "H\u00e9llo.").encode("latin-1"))
    write(folder, "situations.yaml", "")
    write(folder, "pages/about.md", GUIDE.split("title")[0] + "title: T\nsummary: S\n---\n")
    sentence = "The file is not in UTF-8 from here on. Save it with the encoding “UTF-8”."
    assert faults(folder) == [f"content/guides/autism.md:14: {sentence}"]


def test_file_that_is_not_utf_8_with_windows_line_ends(folder):
    write(folder, "topics.yaml", TOPICS.replace("Worry.", "Worri\u00e9s.").replace("\n", "\r\n").encode("latin-1"))
    assert faults(folder)[-1].startswith("content/topics.yaml:3: The file is not in UTF-8 from here on.")


def test_invisible_character(folder):
    change(folder, "guides/autism.md", "Hello.", "Hel\0lo.")
    found = faults(folder)
    assert found[0] == "content/guides/autism.md:14: There is an invisible character (U+0000). Delete it."


def test_file_that_cannot_be_read(folder):
    (folder / "guides/folder.md").mkdir()
    assert faults(folder) == ["content/guides/folder.md:1: The file cannot be read: Is a directory."]


def test_byte_order_mark_and_windows_line_ends_are_accepted(folder):
    for path in folder.rglob("*.*"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    change(folder, "guides/autism.md", "#waiting)", "#nowhere)")
    found = faults(folder)
    assert found == ["content/guides/autism.md:18: The link “#nowhere” is dead: the page has no section “nowhere”."]
