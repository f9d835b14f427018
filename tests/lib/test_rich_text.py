import html5lib
import pytest

from sendguide.lib.rich_text import BOXES, Heading, PictureSizes, render


def faults(source: str) -> list[str]:
    return [str(fault) for fault in render(source).faults]


def test_headings_are_listed_with_their_ids():
    text = render('## Can they "refuse"? {#refused}\n\nYes.\n\n### Why & how\n\n## Why & how\n')
    assert text.headings == [
        Heading(2, "refused", "Can they “refuse”?"),
        Heading(3, "why-how", "Why & how"),
        Heading(2, "why-how_1", "Why & how"),
    ]
    assert '<h2 id="refused">' in text.html
    assert '<h2 id="why-how_1">' in text.html


def test_law_link_leads_to_the_revised_text():
    html = render("The test is low ([s.36(8) CFA 2014](law:cfa/36)).").html
    assert (
        html == '<p>The test is low (<a class="law" href="https://www.legislation.gov.uk/ukpga/2014/6/section/36">'
        "s.36(8) CFA 2014</a>).</p>"
    )


def test_unknown_law_is_a_fault_even_in_a_draft_and_names_line_and_law():
    (fault,) = render("One.\n\nTwo [s.1](law:zzz/1).").faults
    assert (fault.line, fault.even_in_draft) == (3, True)
    assert "“law:zzz/1” names no law we know" in fault.text


@pytest.mark.parametrize(("kind", "title"), BOXES.items())
def test_box_has_its_own_title_unless_given_another(kind, title):
    date = " 2026-07-02" if kind == "proposed" else ""
    own, given = render(f"!!! {kind}{date}\n    x\n"), render(f'!!! {kind}{date} "Other"\n    x\n')
    assert f'<div class="box box-{kind}">\n<p class="box-title">{title}</p>' in own.html
    assert '<p class="box-title">Other</p>' in given.html
    assert own.faults == given.faults == []


def test_proposal_carries_the_date_of_its_facts():
    html = render("!!! proposed 2026-07-02\n    New plans.\n").html
    assert '<p class="box-date">This is only proposed. It is not law. Facts checked 2 July 2026.</p>' in html


@pytest.mark.parametrize("mark", ["!!! proposed", '!!! proposed "Soon"', "!!! proposed 2026-13-02"])
def test_proposal_without_a_date_is_a_fault(mark):
    assert faults(f"Hello.\n\n{mark}\n    x\n") == [
        'Line 3: A proposal needs the date of its facts: !!! proposed 2026-07-02 "Title".'
    ]


def test_unknown_box_is_a_fault():
    assert faults("!!! banana\n    x\n")[0].startswith("Line 1: “!!! banana” is not a box we know: key, law")


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "## H {onclick=alert(1)}",
        "para\n{: onclick=alert(1) style=x }",
        "![a](x.png){onerror=alert(1)}",
        '[x](/a "t" onclick=alert(1))',
        "<svg/onload=alert(1)>",
        "[x]: javascript:alert(1)\n\n[x]",
        "<iframe src=//evil.example></iframe>",
        "`<script>alert(1)</script>`",
        "<a href='law:cfa/1' onclick='alert(1)'>x</a>",
        "[a](vbscript:msgbox(1))",
        "[a]( java\nscript:alert(1))",
    ],
)
def test_hostile_markdown_leaves_nothing_that_runs(hostile):
    tree = html5lib.parseFragment(render(hostile).html, namespaceHTMLElements=False)
    for element in tree.iter():
        assert element.tag not in {"script", "iframe", "svg", "style", "object", "form"}
        assert not [name for name in element.attrib if name.startswith("on") or name == "style"]
        for name in ("href", "src"):
            assert not element.get(name, "").lower().strip().startswith(("javascript", "data", "vbscript"))


def test_raw_html_is_shown_as_text():
    assert render("a <b>bold</b> word").html == "<p>a &lt;b&gt;bold&lt;/b&gt; word</p>"


def test_heading_cannot_take_an_id_of_the_page():
    text = render("## Main {#main_content}")
    assert text.html == "<h2>Main</h2>"
    assert [str(fault) for fault in text.faults] == [
        "Line 1: The heading “Main” needs an id of small letters, digits and hyphens."
    ]


def test_internal_links_are_handed_back_with_their_lines():
    text = render(
        "See [a](/guides/anxiety/#signs).\n\nAnd [b](#here), [c](https://www.gov.uk/), [d](mailto:a@b.example)."
    )
    assert [(link.target, link.line) for link in text.links] == [("/guides/anxiety/#signs", 1), ("#here", 3)]
    assert text.faults == []


@pytest.mark.parametrize("target", ["anxiety", "//evil.example/x", "ftp://a.example", "www.gov.uk"])
def test_link_that_leads_nowhere_is_a_fault(target):
    assert faults(f"\n[words]({target})") == [
        f"Line 2: The link “{target}” leads nowhere: start with /, #, https://, law: or mailto:."
    ]


def test_link_without_words_is_a_fault():
    assert faults("[](/guides/)") == ["Line 1: The link to “/guides/” has no words."]


def test_main_heading_and_skipped_level_are_faults():
    assert faults("# Big\n\n## Two\n\n#### Four\n") == [
        "Line 1: “Big” is a main heading. The title is the main heading: write ## here.",
        "Line 5: The heading “Four” skips a level: write ### here.",
    ]


def known_picture(address: str) -> PictureSizes | None:
    return (
        PictureSizes("/m/x-960.webp", "/m/x-480.webp 480w, /m/x-960.webp 960w", 960, 640) if "x-" in address else None
    )


def test_picture_gets_its_sizes():
    html = render("![A child](/m/x-960.webp)", pictures=known_picture).html
    for part in ('width="960"', 'height="640"', 'loading="lazy"', 'srcset="/m/x-480.webp 480w,', 'alt="A child"'):
        assert part in html


def test_picture_without_description_is_a_fault():
    (fault,) = render("Hi\n\n![ ](/m/x-960.webp)", pictures=known_picture).faults
    assert (fault.line, fault.even_in_draft) == (3, False)
    assert "has no description" in fault.text


def test_picture_from_elsewhere_is_a_fault():
    assert faults("![A](https://evil.example/a.png)") == [
        "Line 1: The picture “https://evil.example/a.png” is not among the uploaded pictures."
    ]


def test_table_can_be_scrolled_by_keyboard_and_has_no_outdated_attributes():
    html = render("## The clock\n\n| Step | Weeks |\n|---|---:|\n| One | 6 |\n").html
    assert 'class="table"' in html
    assert 'tabindex="0"' in html
    assert 'aria-label="Table: The clock"' in html
    assert '<td class="align-right"' in html
    assert 'scope="col"' in html
    assert "align=" not in html.replace('class="align', "")


def test_cells_of_a_table_say_their_column_and_stay_cells_when_they_are_drawn_as_blocks():
    html = render(
        '| Section ([reg 12](law:send-regs/12)) | Can\'t *you* "appeal"? |\n|---|---|\n| A | No |\n| | Yes |\n'
    ).html
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    assert [cell.get("data-column") for cell in tree.iter("td")] == ["Section (reg 12):", "Can’t you “appeal”?"] * 2
    roles = {part.tag: part.get("role") for part in tree.find(".//table").iter() if part.get("role")}
    groups = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup"}
    assert roles == {**groups, "tr": "row", "th": "columnheader", "td": "cell"}


def test_column_without_a_name_names_no_cell():
    assert 'data-column=""' in render("| | Weeks |\n|---|---|\n| One | 6 |\n").html


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("Call [1 2](tel:12).", 'Call <span class="unbroken"><a href="tel:12">1 2</a>.</span>'),
        ("([1 2](tel:12)), or", '(<span class="unbroken"><a href="tel:12">1 2</a>),</span> or'),
        ("Call [1 2](tel:12) now.", 'Call <a href="tel:12">1 2</a> now.'),
        ("Read [this](/x/).", 'Read <a href="/x/">this</a>.'),
    ],
)
def test_full_stop_stays_with_a_phone_number(source, html):
    assert render(source).html == f"<p>{html}</p>"


def test_footnotes_keep_their_links():
    html = render("A claim.[^1]\n\n[^1]: The proof.\n").html
    assert '<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">' in html
    assert '<li id="fn:1">' in html


@pytest.mark.parametrize("odd", ["", "\0", "\r\n\r\n", "[" * 1000, "*" * 5000, "> " * 500, "🙂" * 100, "[^1]: x\n[^1]"])
def test_odd_input_is_no_error(odd):
    assert isinstance(render(odd).html, str)


def test_text_that_would_take_minutes_is_refused_at_once():
    (fault,) = render("[" * 20_000).faults
    assert (fault.even_in_draft, fault.text.startswith("This text has more than 2,000")) == (True, True)
