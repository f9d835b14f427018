"""Every check sees its fault: a sound page, and one change to it at a time."""

import pytest
from django.conf import settings

from tests.whole_site import checks, quiet_checks
from tests.whole_site.pages import Page

ADDRESS = "/guides/sound/?page=2"
CANONICAL = f"{settings.SITE_URL}/guides/sound/"
CRUMB = '{"@type": "ListItem", "position": %d, "name": "%s", "item": "%s"}'
CRUMBS = f"{CRUMB % (1, 'Home', f'{settings.SITE_URL}/')}, {CRUMB % (2, 'Sound', CANONICAL)}"
SOUND = f"""<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8"><title>Sound – SEND Guide</title><meta name="description" content="A page.">
<link rel="canonical" href="{CANONICAL}"><meta property="og:url" content="{CANONICAL}">
<meta property="og:title" content="Sound"><meta property="og:description" content="A page.">
<meta property="og:type" content="website"><meta property="og:image" content="{settings.SITE_URL}/static/og.png">
<link rel="stylesheet" href="/static/site.css"><script src="/static/site.js" defer></script>
</head>
<body>
<a class="skip" href="#content">Skip</a>
<nav aria-label="Breadcrumb"><a href="/">Home</a>
<script type="application/ld+json">{{"@type": "BreadcrumbList", "itemListElement": [{CRUMBS}]}}</script></nav>
<main id="content"><h1>Sound</h1><h2>One</h2><h3>Two</h3><h2>Three</h2>
<label for="field">Name</label><input id="field">
<img src="/a.webp" srcset="/a.webp 480w, /b.webp 960w" alt=""><svg role="img" aria-label="A drawing"></svg></main>
</body></html>"""
POLICY = "; ".join(" ".join(rule) for rule in quiet_checks.POLICY.items())
HEADERS = {**quiet_checks.HEADERS, "Content-Security-Policy": POLICY, "Vary": "Accept-Encoding"}

# check, what is changed, into what
FAULTS = [
    (checks.is_well_formed, "</h1>", "</h2>"),
    (checks.is_well_formed, "<h1>", '<h1 class="a" class="b">'),
    (checks.is_well_formed, "<!doctype html>", ""),
    (checks.says_its_language, "en-GB", "en"),
    (checks.has_one_main_heading, "<h2>One</h2>", "<h1>One</h1>"),
    (checks.has_one_main_heading, "<h1>Sound</h1>", "<h1> </h1>"),
    (checks.skips_no_heading_level, "<h2>One</h2>", "<h3>One</h3>"),
    (checks.has_a_title, "<title>Sound – SEND Guide</title>", "<title> – SEND Guide</title>"),
    (checks.has_a_title, "</title>", "</title><title>Another – SEND Guide</title>"),
    (checks.has_a_description, '"description" content="A page."', '"description" content=" "'),
    (checks.has_a_description, '"description" content="A page."', f'"description" content="{"x" * 161}"'),
    (checks.has_one_address, f'canonical" href="{CANONICAL}', 'canonical" href="/guides/sound/'),
    (checks.has_one_address, f'canonical" href="{CANONICAL}', f'canonical" href="{settings.SITE_URL}{ADDRESS}'),
    (checks.has_one_address, '<meta charset="utf-8">', '<meta name="robots" content="noindex">'),
    (checks.can_be_shared, 'og:title" content="Sound"', 'og:title" content="Another"'),
    (checks.can_be_shared, '<meta property="og:type" content="website">', ""),
    (checks.can_be_shared, f'og:image" content="{settings.SITE_URL}', 'og:image" content="'),
    (checks.begins_with_a_skip_link, '<a class="skip"', '<a href="/">Home</a><a class="skip"'),
    (checks.begins_with_a_skip_link, 'href="#content"', 'href="#elsewhere"'),
    (checks.shows_the_way, 'aria-label="Breadcrumb"', ""),
    (checks.shows_the_way, '"position": 2', '"position": 3'),
    (checks.shows_the_way, f'"item": "{CANONICAL}"', '"item": "/guides/sound/"'),
    (checks.shows_the_way, '<a href="/">Home</a>', '<a href="/guides/">Home</a>'),
    (checks.has_no_id_twice, "<h2>One", '<h2 id="content">One'),
    (checks.names_what_it_refers_to, 'for="field"', 'for="another"'),
    (checks.describes_its_pictures, 'alt=""', ""),
    (checks.describes_its_pictures, 'role="img" aria-label="A drawing"', ""),
    (quiet_checks.fetches_nothing_from_others, "/static/site.css", "https://fonts.example/a.css"),
    (quiet_checks.fetches_nothing_from_others, "/static/site.js", "//cdn.example/site.js"),
    (quiet_checks.fetches_nothing_from_others, "/b.webp 960w", "https://img.example/b.webp 960w"),
    (quiet_checks.has_nothing_inline, "<h1>", '<h1 style="color: red">'),
    (quiet_checks.has_nothing_inline, "</head>", "<style>h1 { color: red }</style></head>"),
    (quiet_checks.has_nothing_inline, "</main>", "<script>alert()</script></main>"),
    (quiet_checks.has_nothing_inline, "<h1>", '<h1 onclick="alert()">'),
    (quiet_checks.has_nothing_inline, 'href="/">', 'href="JavaScript:alert()">'),
    (quiet_checks.waits_for_no_script, " defer>", ">"),
    (quiet_checks.waits_for_no_script, " defer>", " async>"),
    (quiet_checks.waits_for_no_script, " defer>", ' type="module" async>'),
]
POLICY_FAULTS = [
    ("Content-Security-Policy", POLICY.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'")),
    ("Content-Security-Policy", POLICY.replace("default-src 'none'; ", "")),
    ("Content-Security-Policy", ""),
    ("X-Frame-Options", "SAMEORIGIN"),
]


def sound_page(**changes) -> Page:
    return Page(ADDRESS, **({"headers": HEADERS, "body": SOUND} | changes))


@pytest.mark.parametrize("check", [*checks.CHECKS, *quiet_checks.QUIET_CHECKS])
def test_sound_page_passes(check):
    assert list(check(sound_page())) == []


@pytest.mark.parametrize(("check", "before", "after"), FAULTS)
def test_fault_is_seen(check, before, after):
    assert SOUND.count(before) == 1
    assert len(list(check(sound_page(body=SOUND.replace(before, after))))) >= 1


@pytest.mark.parametrize(("name", "value"), POLICY_FAULTS)
def test_weaker_policy_is_seen(name, value):
    assert len(list(quiet_checks.sends_the_policies(sound_page(headers=HEADERS | {name: value})))) == 1


def test_module_waits_by_itself():
    module = SOUND.replace(" defer>", ' type="module">')
    assert list(quiet_checks.waits_for_no_script(sound_page(body=module))) == []


def test_cookie_of_a_form_is_all_that_a_form_may_set():
    form = '<form><input type="hidden" name="csrfmiddlewaretoken" value="x"></form>'
    kept = sound_page(body=form, cookies=("csrftoken", "sessionid"))
    assert list(quiet_checks.sets_no_cookie(kept)) == ["a cookie: sessionid", "kept, with the token of a form"]
    sound = sound_page(body=form, cookies=("csrftoken",), headers=HEADERS | {"Cache-Control": "no-store"})
    assert list(quiet_checks.sets_no_cookie(sound)) == []


def test_cookie_is_seen():
    assert list(quiet_checks.sets_no_cookie(sound_page(cookies=("sessionid",)))) == ["a cookie: sessionid"]
    assert list(quiet_checks.sets_no_cookie(sound_page(headers=HEADERS | {"Vary": "Cookie"}))) == ["differs by cookie"]


def test_every_check_has_a_fault_that_it_sees():
    tried = {check for check, *_ in FAULTS} | {quiet_checks.sends_the_policies, quiet_checks.sets_no_cookie}
    assert tried == {*checks.CHECKS, *quiet_checks.QUIET_CHECKS}
