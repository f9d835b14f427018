"""What Lighthouse says of every type of page, on the phone that it makes believe: slow, with a slow connection.

Search engines are not to list searches, councils, forms and "page not found": these cannot have its 100 for them. What
else runs on the computer takes points for performance.
"""

import json
import os
import re
import shutil
import subprocess
import urllib.request
from html import unescape

from tests.bench.printing import figure, heading
from tests.bench.server import LAUNCHER, served
from tests.browsers import ARGUMENTS, chromium_path
from tests.whole_site.page_types import NOT_FOUND, PAGE_TYPES

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
# Pages with a form: where a link or a choice leads to one, and what its address begins with.
FORMS = {
    "sign-up form": ("/workshops/masking/", r'href="(/workshops/masking/dates/\d+/)', ""),
    "details for a call": ("/support-call/", r'name="start" value="([^"]+)"', "/support-call/details/?start="),
}


def measure() -> None:
    heading("Lighthouse, on a phone: performance / accessibility / best practices / search engines; layout shift")
    lighthouse, chromium = shutil.which("lighthouse"), chromium_path()
    if not lighthouse or not chromium:
        figure("Not measured: Chromium and Lighthouse must be installed (npm install --global lighthouse)", "")
        return
    with served(*LAUNCHER) as site:
        for name, address in (PAGE_TYPES | NOT_FOUND | _forms(site)).items():
            said = _said(lighthouse, chromium, f"{site}{address}")
            figure(name.capitalize(), _in_short(said), "100 / 100 / 100 / 100; 0")
            for fault in _faults(said):
                figure(f"  {fault}", "")


def _forms(site: str) -> dict[str, str]:
    found = {}
    for name, (page, link, beginning) in FORMS.items():
        with urllib.request.urlopen(site + page) as answer:
            found[name] = beginning + unescape(re.search(link, answer.read().decode())[1])
    return found


def _said(lighthouse: str, chromium: str, address: str) -> dict:
    """Its report. Only "page not found" is answered with an error."""
    command = [lighthouse, address, "--quiet", "--output=json", "--ignore-status-code"]
    command += [f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={' '.join(['--headless', *ARGUMENTS])}"]
    run = subprocess.run(command, env=os.environ | {"CHROME_PATH": chromium}, capture_output=True, check=True)
    return json.loads(run.stdout)


def _in_short(said: dict) -> str:
    scores = [said["categories"][name]["score"] for name in CATEGORIES]
    shift = said["audits"]["cumulative-layout-shift"]["numericValue"]
    return f"{' / '.join('–' if score is None else f'{score * 100:.0f}' for score in scores)}; {shift:g}"


def _faults(said: dict) -> list[str]:
    """What took points away in a category that is below 100."""
    return [
        said["audits"][audit["id"]]["title"]
        for name in CATEGORIES
        if (said["categories"][name]["score"] or 0) < 1
        for audit in said["categories"][name]["auditRefs"]
        if audit["weight"] and (said["audits"][audit["id"]]["score"] or 0) < 0.9
    ]
