"""Sentences that say what the law is, and the links that they rest on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

WHO = (
    r"(?:councils?|authorit(?:y|ies)|schools?|academ(?:y|ies)|colleges?|nurser(?:y|ies)|childminders?|NHS|governors?"
    r"|heads?|teachers?|staff|Tribunal|judge|panel|Ministers|SENCO|child|they|it)"
)
NEED = r"(?:SEN|\(SEN\)|ASN|special\ educational\ needs|additional\ (?:support|learning)\ needs)"
TIME = (
    r"(?:\d+|one|two|three|four|five|six|ten|twelve)(?:\ (?:school|working|calendar))?\ (?:hour|day|week|month|year)s?"
)
SAYS_LAW = re.compile(
    rf"""\b(?:
        must | (?:by|in)\ law | law\ (?:says|sets|gives|presumes|calls|speaks|requires|does) | against\ the\ law
      | legal(?:ly)?\ (?:dut(?:y|ies)|rights?|plans?|documents?|limits?|term|papers?|checks?) | statutory
      | dut(?:y|ies) | rights | rights?\ to | as\ of\ right | entitle\w* | unlawful\w* | illegal\w* | discriminat\w*
      | best\ endeavours | reasonable\ adjustments | Equality\ Act | Code\ (?:says|covers|sorts|expects|points|asks)
      | {WHO}\ (?:has|have)\ to | {WHO}\ do(?:es)?\ not\ have\ to | {WHO}\ (?:can|may|could)\ (?:only|refuse|end)
      | (?:council|Tribunal|governors|panel|judge)\ (?:can|may|cannot)
      | (?:schools?|councils?|nursery|teachers?|staff)\ should | stays?\ responsible
      | {NEED}\ (?:if|only|they|when) | plan\ (?:ends?|stops?|does\ not|can\ (?:run|last))
      | only\ (?:the|a)\ (?:head|council|court)\w* | limit\ (?:is|for) | defence | fines | a\ fine\ (?:may|can|is|of)
      | (?:can|may)\ (?:then\ )?appeal | appeals?\ (?:to|about|against) | time\ to\ appeal
      | make\ a\ claim | claims?\ (?:about|against) | ask\ (?:the|your)\ council\ for
      | (?:within|time\ limit\ (?:of|is)|at\ least)\ {TIME} | {TIME}'?\ (?:from|of|after|before|notice)
      | times\ a\ year | (?:no|not\ need\ a|without\ a|not\ (?:on|about)\ a)\ diagnosis | diagnosis\ is\ not
      | (?:of|under|below|once|compulsory)\ school\ age | counts?\ as\ a\ no
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)
# A row of a table that gives a time.
GIVES_TIME = re.compile(rf"\|\D*\b{TIME}", re.VERBOSE | re.IGNORECASE)
# Names that only look like it.
NAMES = re.compile(r"My Rights, My Say|Right to Choose")
# GOV.UK, and the Department's own answers: for guidance that is not in the register, such as the guide of one year.
LAW_LINK = re.compile(r"\]\((?:law:|https://(?:www\.|customerhelp\.education\.)?gov\.uk/)")
# A letter to copy has no links, so it names its law in words.
NAMED_LAW = re.compile(r"\b(?:[Ss]ections? \d|Act (?:19|20)\d\d|Regulations 20\d\d|The (?:SEND )?Code says)")
LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
ITEM = re.compile(r"(?:[-*]|\d+\.) ")
RULER = re.compile(r"\|[-:| ]+\|")


@dataclass(frozen=True)
class Block:
    """A paragraph, an item of a list, a row of a table or a line of a letter, in one of the boxes or in none ("").

    ``heading`` is the last one above it. ``rests_on`` is what introduces it: the paragraph with a colon before a list,
    table or letter, and the first row of a table. A link there is a link of the block. One further away is not.
    """

    line: int
    kind: str
    text: str
    box: str = ""
    rests_on: str = ""
    heading: str = ""

    @property
    def plain(self) -> str:
        return re.sub(r"[*_`]", "", LINK.sub(r"\1", self.text))

    @property
    def lacks_link(self) -> bool:
        """It says what the law is, and neither it nor what introduces it has a link. A proposal is no law."""
        named = self.kind == "letter" and NAMED_LAW.search(self.text)
        linked = named or LAW_LINK.search(self.text + self.rests_on)
        says = says_law(self.plain) or (self.kind == "row" and GIVES_TIME.search(self.plain))
        return bool(self.box != "proposed" and says and not linked)


def says_law(text: str) -> bool:
    return bool(SAYS_LAW.search(NAMES.sub("", text)))


def blocks(markdown: str) -> Iterator[Block]:
    """The blocks of a text with or without front matter, with their lines in it.

    Headings, titles of boxes and the first rows of tables are none. In our texts each block stands on one line.
    """
    lines = markdown.splitlines()
    start = lines.index("---", 1) + 1 if lines[:1] == ["---"] else 0
    box = introduction = first_row = heading = ""
    for number, raw in enumerate(lines[start:], start + 1):
        line = raw.strip()
        if line and not raw.startswith("    "):
            box = line.split()[1] if line.startswith("!!!") else ""
        kind = _kind(line)
        heading = line if line.startswith("#") else heading
        if kind in {"heading", "paragraph"}:
            introduction = line if line.endswith(":") else ""
        if kind != "row":
            first_row = "" if line and not RULER.fullmatch(line) else first_row
        elif not first_row:
            first_row = line
            continue
        if kind not in {"", "heading"}:
            yield Block(number, kind, line, box, introduction + first_row, heading)


def _kind(line: str) -> str:
    if not line or line == ">" or RULER.fullmatch(line):
        return ""
    if line.startswith(("#", "!!!")):
        return "heading"
    kinds = {"|": "row", ">": "letter"}
    return kinds.get(line[0]) or ("item" if ITEM.match(line) else "paragraph")
