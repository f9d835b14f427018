"""What is wrong with a page of the staff site is seen."""

from tests.staff_browser import faults_of

BROKEN = """<!doctype html><html lang="en-GB"><title>Broken</title>
<style>html { background: #fff; color: #000 } .dark { transition: color 1s }
@media (prefers-color-scheme: dark) { html { background: #000; color: #fff }
.dark { color: #333 } .dim { color: #888 } }</style>
<main><h1>Broken</h1><img src="data:,"><p style="color: #707070">Under 7:1</p>
<p class="dark">Pale by night</p><p class="dim">Under 7:1 by night</p>
<div style="width: 340px">Wide</div></main><script>console.error("broken")</script></html>"""


def test_faults_of_a_page_are_seen(page):
    page.complaints, page.base = [], "http://staff.example"
    page.on("console", lambda message: page.complaints.append(message.text))
    page.route("**/*", lambda route: route.fulfill(body=BROKEN, content_type="text/html"))
    light = {"broken", "image-alt", "color-contrast-enhanced", "wider than 320 px"}
    dark = {"dark, color-contrast-enhanced"}
    assert rules(faults_of(page, "/")) == light | dark
    assert rules(faults_of(page, "/", dark=False)) == light


def rules(faults):
    return {fault.partition(":")[0] for fault in faults}
