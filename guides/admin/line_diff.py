"""A line-by-line comparison that reads well and needs no colours to be understood."""

import difflib

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

CONTEXT = 1


def line_diff(old: str, new: str) -> SafeString:
    """What was taken out (``<del>``) and put in (``<ins>``), with a line of context. Escapes both texts."""
    lines = list(difflib.unified_diff(old.splitlines(), new.splitlines(), n=CONTEXT, lineterm=""))[2:]
    rows = format_html_join("", "{}", ((_row(line),) for line in lines))
    return format_html('<div class="line-diff">{}</div>', rows)


def _row(line: str) -> SafeString:
    mark, text = line[:1], line[1:]
    if line.startswith("@@"):
        return format_html('<span class="gap">{}</span>', "…")
    if mark == "-":
        return format_html("<del><b>Removed: </b>{}</del>", text or "(empty line)")
    if mark == "+":
        return format_html("<ins><b>Added: </b>{}</ins>", text or "(empty line)")
    return format_html("<span>{}</span>", text)
