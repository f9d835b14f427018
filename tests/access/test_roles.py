"""What each role may do, and above all what it may not: said page by page, whatever rights it is made of."""

import pytest

from tests.access.asking import ask
from tests.access.rows import walk
from tests.staff.people import ADVISER, EDITOR, MANAGER, ORGANISER

pytestmark = pytest.mark.django_db
WORKSHOPS = [
    *("admin:workshops_workshop_changelist", "admin:workshops_workshop_add", "admin:workshops_workshop_change"),
    *("admin:workshops_workshopdate_changelist", "admin:workshops_workshopdate_add"),
    *("admin:workshops_workshopdate_change", "admin:workshops_workshopdate_people"),
    *("admin:workshops_workshopdate_leader_list", "admin:workshops_workshopdate_copies"),
    *("admin:workshops_workshopdate_cancel", "admin:workshops_workshopdate_message"),
    *("admin:workshops_signup_changelist", "admin:workshops_signup_give_back"),
    *("admin:workshops_by_month", "admin:workshops_by_month_table"),
]
OWN_CALLS = [
    *("admin:bookings_diary", "admin:bookings_book", "admin:bookings_my_hours", "admin:bookings_my_calendar"),
    *("admin:bookings_booking_changelist", "admin:bookings_booking_move", "admin:bookings_booking_cancel"),
    *("admin:bookings_booking_outcome", "admin:bookings_booking_correct"),
]
ALL_CALLS = [
    *("admin:bookings_supply", "admin:bookings_supply_table", "admin:bookings_waitingentry_changelist"),
    *("admin:bookings_adviser_changelist", "admin:bookings_adviser_add", "admin:bookings_adviser_change"),
    *("admin:bookings_adviser_delete", "admin:bookings_adviser_new_calendar"),
    *("admin:bookings_by_month", "admin:bookings_by_month_table"),
]
E_MAILS = ["admin:outbox_queuedemail_changelist", "admin:outbox_queuedemail_history"]
ACCOUNTS = [
    *("admin:auth_user_changelist", "admin:auth_user_add", "admin:auth_user_change"),
    *("admin:auth_user_password_change", "admin:admin_logentry_changelist", "admin:troubles_trouble_changelist"),
]
TEXTS = [
    f"admin:guides_{name}_{act}"
    for name in ("guide", "sitepage", "glossaryterm", "role", "council", "topic", "testimonial", "situation")
    for act in ("add", "change", "delete")
]
PICTURES = ["admin:guides_picture_changelist", "admin:guides_picture_add"]
# Organisers read guides, for the preview of their own texts.
READ = "admin:guides_guide_change"
MAY = {
    EDITOR: [*TEXTS, *PICTURES, "admin:guides_searchsynonym_add", "admin:guides_searchmiss_delete"],
    ORGANISER: [*WORKSHOPS, *PICTURES, "admin:guides_guide_changelist"],
    ADVISER: OWN_CALLS,
    MANAGER: [*TEXTS, *PICTURES, *WORKSHOPS, *OWN_CALLS, *ALL_CALLS, *E_MAILS, *ACCOUNTS],
}
MAY_NOT = {
    EDITOR: [*WORKSHOPS, *OWN_CALLS, *ALL_CALLS, *E_MAILS, *ACCOUNTS],
    ORGANISER: [
        *(page for page in TEXTS if page != READ),
        *OWN_CALLS,
        *ALL_CALLS,
        *E_MAILS,
        *ACCOUNTS,
        "admin:guides_searchmiss_changelist",
    ],
    ADVISER: [*TEXTS, *PICTURES, *WORKSHOPS, *ALL_CALLS, *E_MAILS, *ACCOUNTS, "admin:guides_guide_changelist"],
    MANAGER: ["admin:auth_user_delete"],
}
# Roles themselves, and what only families or the site write.
NOBODYS = [
    *(f"admin:auth_group_{act}" for act in ("changelist", "add", "change", "delete", "history")),
    *(f"admin:bookings_booking_{act}" for act in ("add", "delete")),
    *(f"admin:bookings_waitingentry_{act}" for act in ("add", "delete")),
    *(f"admin:workshops_signup_{act}" for act in ("add", "delete")),
    *(f"admin:outbox_queuedemail_{act}" for act in ("add", "delete")),
    *(f"admin:admin_logentry_{act}" for act in ("add", "delete")),
    *(f"admin:troubles_trouble_{act}" for act in ("add", "delete")),
]


def answers(rows_and_people, role, pages):
    rows, people = rows_and_people
    routes = walk()
    return {
        (page, method): ask(people[role], method, rows.address(page, routes[page]))
        for page in pages
        for method in ("get", "post")
    }


@pytest.mark.parametrize("role", MAY)
def test_role_may_do_its_work(rows_and_people, role):
    assert {page: answer for page, answer in answers(rows_and_people, role, MAY[role]).items() if answer != "in"} == {}


@pytest.mark.parametrize("role", MAY_NOT)
def test_role_may_not_do_the_work_of_others(rows_and_people, role):
    found = answers(rows_and_people, role, MAY_NOT[role])
    assert {page: answer for page, answer in found.items() if answer != "kept out"} == {}


def test_organiser_reads_a_guide_and_does_not_change_it(rows_and_people):
    assert answers(rows_and_people, ORGANISER, [READ]) == {(READ, "get"): "in", (READ, "post"): "kept out"}


@pytest.mark.parametrize("role", MAY)
def test_no_role_may_do_what_is_nobodys(rows_and_people, role):
    found = answers(rows_and_people, role, NOBODYS)
    assert {page: answer for page, answer in found.items() if answer != "kept out"} == {}
