"""What a phone downloads for a page: the real server, a real Chromium, an empty cache."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Browser, sync_playwright

from tests.bench.first_view import FIRST_ROUND, OPTIONS, PHONE, FirstView
from tests.bench.printing import figure, heading
from tests.bench.server import LAUNCHER, served
from tests.browsers import chromium_options, chromium_path

PAGES = {
    "Home": "/",
    "The longest guide": "/guides/understanding-ehcps/",
    "All guides": "/guides/",
    "The glossary": "/guides/send-glossary/",
    "The Local Offer": "/guides/the-local-offer/",
    "A council": "/guides/the-local-offer/hull/",
}


@dataclass(slots=True)
class Download:
    requests: int = 0
    bytes: int = 0
    elsewhere: int = 0


def measure() -> None:
    heading("What a phone downloads, headers included (first visit; second visit to the same page)")
    if not chromium_path():
        figure("Chromium is not installed", "not measured")
        return
    with served(*LAUNCHER) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium_options())
        for name, address in PAGES.items():
            first, second = _visits(browser, site, address)
            value = "; ".join(f"{visit.requests} req, {visit.bytes / 1000:.1f} kB" for visit in (first, second))
            figure(f"{name} ({first.elsewhere} from other sites)", value, "≤ 5 req, ≤ 45 kB; ≤ 1 req")
        heading("Of these, what the first view waits for: the page up to there + its styles; the whole page")
        for name, address in PAGES.items():
            page = browser.new_page(**OPTIONS)
            view = FirstView(page, site, address)
            sizes = view.needed() / 1000, view.styles / 1000, len(view.packed) / 1000
            figure(name, "{:.1f} + {:.1f} kB; {:.1f} kB".format(*sizes), f"the sum ≤ {FIRST_ROUND / 1000:.1f} kB")
            page.close()
        browser.close()


def _visits(browser: Browser, site: str, address: str) -> tuple[Download, Download]:
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    network, seen, current = context.new_cdp_session(page), set[str](), Download()

    def sent(event: dict) -> None:
        if event["request"]["url"].startswith("data:"):
            return
        seen.add(event["requestId"])
        current.requests += 1
        current.elsewhere += urlsplit(event["request"]["url"]).netloc != urlsplit(site).netloc

    def finished(event: dict) -> None:
        if event["requestId"] in seen:
            current.bytes += int(event["encodedDataLength"])

    def from_cache(event: dict) -> None:
        current.requests -= 1

    network.on("Network.requestWillBeSent", sent)
    network.on("Network.loadingFinished", finished)
    network.on("Network.requestServedFromCache", from_cache)
    network.send("Network.enable")
    page.goto(f"{site}{address}", wait_until="networkidle")
    first, current = current, Download()
    page.goto(f"{site}{address}", wait_until="networkidle")
    context.close()
    return first, current
