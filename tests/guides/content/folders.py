"""Content folders for tests: plain functions that write files and run the two commands on them."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from guides.models import LoadedItem

TOPICS = """\
- slug: anxiety
  name: Anxiety
  summary: Worry.
- slug: autism
  name: Autism
  summary: Signs and help.
"""
GUIDE = """\
---
title: Autism
topic: autism
nations: [England]
summary: Signs and help.
status: published
reviewed: 2026-11-24
sources: |
  - [Children and Families Act 2014](law:cfa)
changes:
- date: 2026-11-24
  note: First published.
---
Hello.

## Waiting {#waiting}

See [the start](#waiting).
"""
TERMS = """\
- slug: ehcp
  term: Education, health and care plan
  abbreviation: EHCP
  category: law-and-plans
  definition: A legal document.
  nations: [England]
  see_also: [senco, sen]
  law: "[s.37 CFA 2014](law:cfa/37)"
  law_check: V
- slug: sen
  term: Special educational needs
  category: law-and-plans
  definition: A child needs extra help to learn.
  nations: [England]
  see_also: [ehcp]
- slug: senco
  term: Special educational needs co-ordinator
  category: people
  definition: A teacher.
  nations: [England]
"""
ROLES = """\
- slug: senco
  title: Special educational needs co-ordinator
  glossary: senco
  sector: education
  works_where: Schools.
  what_they_do: They plan help.
  when_you_meet_them: At reviews.
  questions_to_ask: [What helps?, Who helps?]
  nations: [England]
  order: 1
"""
COUNCILS = """\
gss_code,slug,name,short_names,nation,region,local_offer_url,local_offer_title,sendiass_name,sendiass_url,council_url,\
source,confidence,link_checked_on
E06000010,hull,Hull City Council,Hull; Kingston upon Hull,England,Yorkshire,https://offer.example/,Offer,,,,Seen,evidence,
"""
PAGE = """\
---
title: About us
summary: Who we are.
---
We are a charity. Read [about autism](/guides/autism/#waiting) or [a word](/guides/send-glossary/ehcp/).
"""
TESTIMONIALS = """\
- slug: listened
  quote: They listened.
  attribution: A parent
  topic: autism
  published: true
"""
SITUATIONS = """\
- slug: waiting
  words: We are waiting for a diagnosis
  address: /guides/autism/#waiting
"""
FILES = {
    "topics.yaml": TOPICS,
    "glossary.yaml": TERMS,
    "whos-who.yaml": ROLES,
    "places/councils.csv": COUNCILS,
    "guides/autism.md": GUIDE,
    "pages/about.md": PAGE,
    "testimonials.yaml": TESTIMONIALS,
    "situations.yaml": SITUATIONS,
}


def content(folder: Path) -> Path:
    """A whole, faultless content folder with eleven items, one file of each kind."""
    for name, text in FILES.items():
        write(folder, name, text)
    return folder


def write(folder: Path, name: str, text: str | bytes) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)


def change(folder: Path, name: str, old: str, new: str) -> None:
    """Replace ``old``, which must be in the file once."""
    text = (folder / name).read_text("utf-8")
    assert text.count(old) == 1, (old, text)
    write(folder, name, text.replace(old, new))


def line_of(folder: Path, name: str, words: str) -> int:
    """The line of the file that holds ``words``."""
    lines = (folder / name).read_text("utf-8").splitlines()
    return 1 + next(number for number, line in enumerate(lines) if words in line)


def load(folder: Path, *forced: str) -> list[str]:
    """The lines that load_content prints about single items (not its counts)."""
    return [line for line in output_of_load(folder, *forced) if " unchanged" not in line]


def output_of_load(folder: Path, *forced: str) -> list[str]:
    out = StringIO()
    call_command("load_content", dir=folder, force=list(forced), stdout=out)
    return out.getvalue().splitlines()


def faults(folder: Path, *forced: str) -> list[str]:
    """The lines that load_content writes to stderr when it refuses. Nothing may have been loaded."""
    errors, out, loaded = StringIO(), StringIO(), LoadedItem.objects.count()
    with pytest.raises(CommandError) as raised:
        call_command("load_content", dir=folder, force=list(forced), stdout=out, stderr=errors)
    assert raised.value.returncode == 1
    assert (out.getvalue(), LoadedItem.objects.count()) == ("", loaded)
    return errors.getvalue().splitlines()


def export(folder: Path) -> list[str]:
    out = StringIO()
    call_command("export_content", dir=folder, stdout=out)
    return out.getvalue().splitlines()


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
