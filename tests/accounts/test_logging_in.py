"""From the password to the desk, as a browser goes."""

import html
import re
from base64 import b32decode

import pytest
from django.test import Client

from sendguide.accounts import second_step
from tests.accounts.people import (
    CODE,
    CODES,
    LOGIN,
    MINE,
    PASSWORD,
    SET_UP,
    digits_of,
    give_password,
    logged_in,
    member,
    recovery_codes,
    with_phone,
    wrong_digits,
)

pytestmark = pytest.mark.usefixtures("two_factor")


def key_on(page):
    """The key that the page shows to type, in hex."""
    letters = re.search(r'class="key"><code>([a-z2-7 ]+)<', page.text)[1]
    return b32decode(letters.replace(" ", "").upper()).hex()


def text_of(page):
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text)))


def with_password(person):
    client = Client()
    give_password(client, person)
    return client


def test_first_log_in_leads_to_the_desk_in_order(client):
    person = member()
    page = client.post(
        f"{LOGIN}?next=/admin/", {"username": person.username, "password": "three quiet words"}, follow=True
    )
    assert page.redirect_chain[-1] == (f"{SET_UP}?next=%2Fadmin%2F", 302)
    key = key_on(page)
    assert key_on(client.get(SET_UP)) == key
    page = client.post(f"{SET_UP}?next=/admin/", {"code": digits_of(key)}, follow=True)
    assert page.redirect_chain == [(f"{CODES}?next=%2Fadmin%2F", 302)]
    shown = re.findall(r"<li><code>([a-z2-7]{4} [a-z2-7]{4})</code>", page.text)
    assert len(shown) == 10
    assert not logged_in(client)
    page = client.post(f"{CODES}?next=/admin/", follow=True)
    assert page.redirect_chain == [("/admin/", 302)]
    assert "Only you, with your phone or one of your recovery codes, can log in now." in text_of(page)
    assert sorted(recovery_codes(person)) == sorted(code.replace(" ", "") for code in shown)
    assert client.get(CODES).status_code == 302


def test_digits_that_were_used_a_moment_ago_are_called_used_and_not_wrong():
    """Such as after setting up a phone: the app shows them still."""
    person = member()
    code = digits_of(with_phone(person).key)
    assert second_step.check_code(person=person, typed=code)
    client = with_password(person)
    page = client.post(CODE, {"code": code})
    sentence = "This number was used already: each one counts once. Wait for the next number in the app"
    assert (sentence in text_of(page), logged_in(client)) == (True, False)
    stranger = Client()
    assert sentence not in text_of(stranger.post(CODE, {"code": code}, follow=True))


def test_wrong_digits_at_first_keep_the_key_and_say_what_to_do():
    client = with_password(member())
    key = key_on(client.get(SET_UP))
    page = client.post(SET_UP, {"code": wrong_digits(key)})
    assert key_on(page) == key
    assert "This is not the number in the app now." in text_of(page)
    assert page.context["form"]["code"].value() == wrong_digits(key)


def test_who_leaves_before_keeping_the_codes_begins_again():
    person = member()
    client = with_password(person)
    client.post(SET_UP, {"code": digits_of(key_on(client.get(SET_UP)))})
    other = with_password(person)
    assert other.get(CODES).headers["Location"].startswith(CODE)
    assert other.post(CODES).headers["Location"].startswith(CODE)
    assert other.get(CODE).headers["Location"].startswith(SET_UP)
    assert not second_step.has_second_step(person)


def test_later_log_in_asks_for_six_digits_and_goes_where_one_was_going(client):
    person = member(is_superuser=True)
    phone = with_phone(person)
    data = {"username": person.username, "password": PASSWORD, "next": "/admin/guides/guide/"}
    page = client.post(LOGIN, data, follow=True)
    assert page.redirect_chain[-1] == (f"{CODE}?next=%2Fadmin%2Fguides%2Fguide%2F", 302)
    assert not logged_in(client)
    page = client.post(f"{CODE}?next=/admin/guides/guide/", {"code": digits_of(phone.key)}, follow=True)
    assert page.redirect_chain == [("/admin/guides/guide/", 302)]
    assert logged_in(client)


def test_used_digits_are_refused_for_another_log_in():
    person = member()
    phone = with_phone(person)
    code = digits_of(phone.key)
    first, second = with_password(person), with_password(person)
    assert first.post(CODE, {"code": code}).status_code == 302
    assert second.post(CODE, {"code": code}).status_code == 200
    assert (logged_in(first), logged_in(second)) == (True, False)


def test_recovery_code_logs_in_and_says_how_many_are_left():
    person = member()
    with_phone(person)
    client = with_password(person)
    page = client.post(CODE, {"code": recovery_codes(person)[0].upper()}, follow=True)
    assert "You have 9 recovery codes left. Make new ones" in text_of(page)
    assert logged_in(client)


def test_last_recovery_codes_are_told_of_also_when_the_phone_was_used():
    person = member()
    phone = with_phone(person)
    for code in recovery_codes(person)[1:]:
        second_step.check_code(person=person, typed=code)
    client = with_password(person)
    assert "You have 1 recovery code left." in text_of(client.post(CODE, {"code": digits_of(phone.key)}, follow=True))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Type the code."),
        ("abcd efgh", "We do not know this code."),
        ("x" * 500, "We do not know this code."),
        ("12345²", "This is not the number in the app now."),
        ("١٢٣٤٥٦", "This is not the number in the app now."),
    ],
)
def test_code_that_is_none_is_refused_kindly(typed, said):
    person = member()
    with_phone(person)
    client = with_password(person)
    page = client.post(CODE, {"code": typed})
    assert page.status_code == 200
    assert said in text_of(page)
    assert not logged_in(client)


def test_wrong_digits_make_the_next_try_wait_and_say_for_how_long():
    person = member()
    phone = with_phone(person)
    client = with_password(person)
    for _ in range(2):
        page = client.post(CODE, {"code": wrong_digits(phone.key)})
    assert "we wait, a little longer each time. Please try again in 1 second." in text_of(page)


def test_phone_that_counts_is_not_set_up_anew_with_the_password_alone():
    person = member()
    with_phone(person)
    client = with_password(person)
    assert client.get(SET_UP).headers["Location"].startswith(CODE)
    assert client.post(SET_UP, {"code": "123456"}).headers["Location"].startswith(CODE)
    assert person.totpdevice_set.count() == 1


def test_new_codes_replace_the_old_ones_and_one_stays_logged_in():
    person = member()
    with_phone(person)
    client = with_password(person)
    client.post(CODE, {"code": recovery_codes(person)[0]})
    page = client.post(MINE, follow=True)
    assert page.redirect_chain[-1][0].startswith(CODES)
    assert client.get(CODES).status_code == 200
    assert client.post(CODES, follow=True).status_code == 200
    assert second_step.codes_left(person) == 10
    assert logged_in(client)


def test_another_phone_takes_the_place_of_the_old_one():
    person = member()
    old = with_phone(person)
    client = with_password(person)
    client.post(CODE, {"code": digits_of(old.key)})
    key = key_on(client.get(SET_UP))
    client.post(SET_UP, {"code": digits_of(key)})
    assert second_step.check_code(person=person, typed=digits_of(old.key, ahead=1)) == old
    client.post(CODES)
    assert [phone.key for phone in person.totpdevice_set.all()] == [key]
    assert logged_in(client)


def test_who_is_somebody_else_starts_again():
    client = with_password(member())
    assert client.get("/admin/login/start-again/").status_code == 405
    assert client.post("/admin/login/start-again/").headers["Location"] == LOGIN
    assert client.get(LOGIN).status_code == 200


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example/", "/admin/login/code/", "javascript:1"])
def test_nobody_is_sent_elsewhere_after_the_second_step(wanted):
    person = member()
    phone = with_phone(person)
    client = with_password(person)
    page = client.post(f"{CODE}?next={wanted}", {"code": digits_of(phone.key)})
    assert page.headers["Location"] == "/admin/"


@pytest.mark.parametrize("address", [CODE, SET_UP, CODES, MINE])
def test_pages_of_the_second_step_ask_visitors_to_log_in(client, address):
    assert client.get(address).headers["Location"] == f"{LOGIN}?next=/admin/"


@pytest.mark.parametrize("address", [CODE, SET_UP, CODES, MINE, "/admin/auth/user/1/reset-second-step/"])
def test_there_are_no_such_pages_without_a_second_step(client, settings, address):
    settings.STAFF_TWO_FACTOR = False
    client.force_login(member(is_superuser=True))
    assert client.get(address).status_code == 404


def test_pages_with_keys_and_codes_are_kept_by_nobody():
    client = with_password(member())
    assert "no-store" in client.get(SET_UP)["Cache-Control"]
    client.post(SET_UP, {"code": digits_of(key_on(client.get(SET_UP)))})
    assert "no-store" in client.get(CODES)["Cache-Control"]


def test_looking_at_the_pages_changes_nothing():
    person = member()
    client = with_password(person)
    for address in (CODE, SET_UP, CODES, MINE):
        client.get(address)
    assert (person.totpdevice_set.count(), person.staticdevice_set.count()) == (0, 0)
