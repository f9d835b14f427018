"""Every sentence that says what the law is has the link to it, and each nation's law stays where it belongs.

What counts as such a sentence, and where its link may stand, is in legal_statements.py. Read from the files, so that a
failure names the line to mend.
"""

import re
from pathlib import Path

import pytest
from django.conf import settings

from sendguide.lib.law import law_address
from tests.whole_site.law_of_nations import nation_of
from tests.whole_site.legal_statements import LINK, Block, blocks

CONTENT = Path(settings.BASE_DIR) / "content"
TEXTS = {f"{path.parent.name}/{path.name}": path for path in sorted(CONTENT.glob("*/*.md"))}
# Sentences with such a word that say nothing about the law, or that there is none; by file and their first words.
ALLOWED = {
    ("guides/autism.md", "NICE, the body"): "a standard of the NHS, which the sentence says is no right; links to NICE",
    ("guides/post-16-education.md", "| T Level |"): "what a course is like",
    ("guides/school-meetings.md", "- Ask someone to come"): "says that there usually is no such right",
    ("guides/understanding-the-send-code-of-practice.md", "3. Say if it is a must"): "advice on quoting the Code",
    ("pages/about.md", "- Guides."): "says what the guides are about",
    ("pages/privacy.md", "- When you sign up for a workshop, we ask"): "our own promise",
    ("pages/privacy.md", "- When it is deleted."): "our own promise",
    ("pages/privacy.md", "- E-mails."): "our own promise",
    ("pages/privacy.md", "- When you book a support call, we ask"): "our own promise",
    ("pages/privacy.md", "- How long we keep it."): "our own promise",
    ("pages/support-call.md", "- The Children's Law Centre"): "what an adviser is there for",
    ("pages/support-call.md", "- any date by which"): "what to have ready",
    ("pages/support-call.md", "You do not need a diagnosis."): "our own promise",
}
REFERENCE = re.compile(r"\]\(law:([^)]+)\)")
NATIONS = re.compile(r"^nations: \[(.*)\]$", re.MULTILINE)
# What the law of only one nation knows: in a guide for another nation it is named in that nation's box or not at all.
ONLY_IN = {
    "England": r"CFA 2014|SEND Regulations|SEND Tribunal|\bEHC|SENCO\b|SEN support\b|SENDIASS",
    "Scotland": r"2004 Act|ASL Act|\bCSPs?\b|[Cc]o-ordinated support plan|[Aa]dditional support needs",
    "Wales": r"ALN Act|\bALN\b|\bIDPs?\b|[Aa]dditional learning needs|[Ii]ndividual development plan",
    "Northern Ireland": r"SENDIST|statement of SEN|1996 Order|2005 Order",
}


def unlinked(name: str, text: str) -> list[str]:
    """Each legal statement without its link, as "file:line: text"."""
    return [
        f"content/{name}:{block.line}: {block.plain}"
        for block in blocks(text)
        if block.lacks_link and not any(is_meant(block, name, *allowance) for allowance in ALLOWED)
    ]


def is_meant(block: Block, name: str, file: str, words: str) -> bool:
    return name == file and block.plain.startswith(words)


def misplaced(name: str, text: str) -> list[str]:
    """What only another nation's law knows, named in a guide for one nation outside its box, as "file:line: words"."""
    nations = NATIONS.findall(text)
    others = {nation: words for nation, words in ONLY_IN.items() if nations[:1] != [nation]}
    return [
        f"content/{name}:{block.line}: {found.group()}"
        for block in blocks(text)
        for nation, words in others.items()
        if nations and nations[0] in ONLY_IN and block.box != nation.lower().replace(" ", "-")
        if (found := re.search(words, block.plain))
    ]


def nameless(name: str, text: str) -> list[str]:
    """Law of one nation in a guide for several that does not say of which, as "file:line: nation"."""
    return [
        f"content/{name}:{block.line}: {nation}"
        for block in blocks(text)
        for reference in REFERENCE.findall(block.text)
        if "," in "".join(NATIONS.findall(text)) and (nation := nation_of(law_address(reference)))
        if block.box != nation.lower().replace(" ", "-") and nation not in block.heading + block.rests_on + block.text
    ]


@pytest.mark.parametrize("name", TEXTS)
def test_every_legal_statement_has_its_law_link(name):
    assert unlinked(name, TEXTS[name].read_text("utf-8")) == []


@pytest.mark.parametrize(("file", "words"), ALLOWED)
def test_every_allowance_is_still_needed(file, words):
    found = [block for block in blocks(TEXTS[file].read_text("utf-8")) if is_meant(block, file, file, words)]
    assert [block.lacks_link for block in found] == [True]


def test_texts_would_not_pass_without_their_links():
    found = [
        place for name, path in TEXTS.items() for place in unlinked(name, LINK.sub(r"\1", path.read_text("utf-8")))
    ]
    assert len(found) > 250
    assert [place for place in found if place.startswith("content/guides/understanding-ehcps.md:25: An EHCP is a ")]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("The school must tell you.", [1]),
        ("The school must tell you ([s.68](law:cfa/68)).", []),
        ("The school must tell you ([guidance](https://www.gov.uk/x)).", []),
        ("The school must tell you ([a blog](https://example.org)).", [1]),
        ("The council has to reply within six weeks.\n\nIt is [s.36](law:cfa/36).", [1]),
        ("The school must ([s.66](law:cfa/66)):\n\n- tell you\n- by law, help.", []),
        ("The school must help ([s.66](law:cfa/66)).\n\n- It must tell you.", [3]),
        ("| Step | Law ([reg 5](law:send-regs/5)) |\n|---|---|\n| You can appeal | Yes |", []),
        ("| Step | When |\n|---|---|\n| It must answer | 6 weeks |", [3]),
        ("!!! law\n    - It must ([s.66](law:cfa/66)).\n    - It must not discriminate.", [3]),
        ("> You must do it under section 42 of the Act.\n>\n> You must do it.", [3]),
        ("!!! proposed 2026-07-02\n    Schools would have a new duty.", []),
        ("---\ntitle: It must\n---\n## What must it do?\nAsk for your Right to Choose.", []),
    ],
)
def test_legal_statements_without_link_are_seen(text, lines):
    assert [block.line for block in blocks(text) if block.lacks_link] == lines


@pytest.mark.parametrize("name", TEXTS)
def test_what_only_one_nation_has_is_in_its_box_in_guides_for_another(name):
    assert misplaced(name, TEXTS[name].read_text("utf-8")) == []


@pytest.mark.parametrize("name", TEXTS)
def test_guides_for_several_nations_say_whose_law_it_is(name):
    assert nameless(name, TEXTS[name].read_text("utf-8")) == []


def test_law_that_does_not_say_whose_it_is_is_seen():
    sentence = "It must ([s.66](law:cfa/66))."
    guide = f"---\nnations: [{{}}]\n---\n## Help\n{sentence}\n\n## In England\n{sentence}"
    assert nameless("x.md", guide.format("England, Wales")) == ["content/x.md:5: England"]
    assert nameless("x.md", guide.format("England")) == []


def test_law_of_another_nation_in_the_text_is_seen():
    guide = "---\nnations: [{}]\n---\nAsk for a CSP.\n\n!!! scotland\n    Ask for a CSP. There is no EHCP."
    assert misplaced("x.md", guide.format("England")) == ["content/x.md:4: CSP"]
    assert misplaced("x.md", guide.format("Scotland")) == ["content/x.md:7: EHC"]
    assert misplaced("x.md", guide.format("England, Scotland")) == []
