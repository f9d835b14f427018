"""Help for staff below the editor: what to type for what."""

from django.utils.html import format_html, format_html_join

from sendguide.lib.rich_text import BOXES

EXAMPLES = [
    ("A heading", "## What must the school do?"),
    ("A smaller heading", "### By when?"),
    ("Bold", "**within 6 weeks**"),
    ("A list (leave an empty line before it)", "- one thing\n- another thing"),
    ("A numbered list", "1. first\n2. then"),
    ("A link to a page of ours, or to a section of it", "[Anxiety](/guides/anxiety/)\n[signs](/guides/anxiety/#signs)"),
    (
        "Words of the glossary explain themselves where a page first uses them. To explain other words by an entry",
        "[the teacher in charge](/guides/send-glossary/senco/)",
    ),
    ("A link to another site", "[NHS: autism](https://www.nhs.uk/conditions/autism/)"),
    ("A link to a law", "[section 36(8) CFA 2014](law:cfa/36)"),
    ("A box (its lines start with four spaces)", '!!! key "Ask in writing"\n    A letter has a date.'),
    ("The boxes there are", "\n".join(f"!!! {kind:17} {title}" for kind, title in BOXES.items() if kind != "proposed")),
    (
        "What is only proposed, and when its facts were checked",
        '!!! proposed 2026-07-02 "What may change"\n    The plan',
    ),
    ("A table", "| Step | By when |\n| --- | --- |\n| Decision | 6 weeks |"),
    ("A footnote", "The plan is legal.[^1]\n\n[^1]: See the Act."),
]
HOW_TO_WRITE = format_html(
    '<details class="how-to-write"><summary>How to write headings, links, boxes, lists and tables</summary>'
    "<dl>{}</dl></details>",
    format_html_join("", "<div><dt>{}</dt><dd><pre>{}</pre></dd></div>", EXAMPLES),
)
