"""Who may call what: every address of the site by its name, with who may look (GET) and who may send (POST).

A new page is missing here until somebody has said whom it is for: a test sees to that. One without a name stands under
its route. Rights are written as Django does, such as “guides.view_guide”, joined by “and” and “or”; “or” is weaker.

Whoever has no account of staff is led to the login page of the desk; staff who may not are kept out (403 or 404).
"""

from typing import NamedTuple

EVERYONE = "everyone"
LINK = "whoever has the link, which cannot be guessed"
STAFF = "everybody with an account of staff"
OWNER = "superusers"
NOBODY = "nobody"
NOT_TAKEN = "nobody: the method is not taken"
HALF_IN = "staff who have given their password, with or without the second step"
BACK = "everyone, and they are led back to the login page"
TOKEN = "a program with the token of the figures"


class Row(NamedTuple):
    look: str
    send: str = NOT_TAKEN


def both(who: str) -> Row:
    return Row(who, who)


PUBLIC = {
    **dict.fromkeys(
        ("home", "search", "suggestions", "healthz", "readyz", "robots", "sitemap", "security", "feed"), Row(EVERYONE)
    ),
    **dict.fromkeys(("guide_list", "topic", "guide", "guide_changes", "term", "role", "council"), Row(EVERYONE)),
    **dict.fromkeys(("site_page", "picture"), Row(EVERYONE)),
    **dict.fromkeys(("workshop_list", "past_workshops", "workshop"), Row(EVERYONE)),
    **dict.fromkeys(("workshop_calendar", "one_workshop_calendar", "check_your_email"), Row(EVERYONE)),
    **dict.fromkeys(("support_call", "call_check_your_email", "call_waiting_joined"), Row(EVERYONE)),
    # Forms
    **dict.fromkeys(("find_council", "workshop_date", "call_details", "call_waiting_join"), both(EVERYONE)),
}
LINKS = {
    **dict.fromkeys(("preview", "place_calendar", "call_calendar", "adviser_calendar", "call"), Row(LINK)),
    **dict.fromkeys(("place", "call_move", "call_cancel", "call_waiting", "call_offer"), both(LINK)),
}
# Asked by the script of the editor: it is refused, and not sent to the login page.
EDITOR = {
    "markdown_preview": Row(NOT_TAKEN, "guides.view_guide"),
    "markdown_upload": Row(NOT_TAKEN, "guides.add_picture"),
}
PROGRAMS = {"metrics": Row(TOKEN)}
DESK = {
    "admin:login": both(EVERYONE),
    **dict.fromkeys(("admin:second_step", "admin:second_step_set_up", "admin:recovery_codes"), both(HALF_IN)),
    "admin:my_second_step": both(HALF_IN),
    "admin:start_again": Row(NOT_TAKEN, BACK),
    "admin:reset_second_step": both("auth.change_user"),
    "admin:logout": Row(NOT_TAKEN, STAFF),
    "admin:index": both(STAFF),
    "admin:password_change": both(STAFF),
    "admin:password_change_done": Row(STAFF),
    "admin:jsi18n": Row(STAFF),
    "admin:view_on_site": both(STAFF),
    "admin:autocomplete": Row(NOBODY),
    "admin/(?P<url>.*)$": both(NOBODY),
    "admin:bookings_diary": both("bookings.view_booking"),
    "admin:bookings_book": both("bookings.view_booking and bookings.change_booking"),
    "admin:bookings_my_hours": both("bookings.view_booking"),
    "admin:bookings_my_calendar": both("bookings.view_booking"),
    "admin:bookings_adviser_new_calendar": both("bookings.change_adviser"),
    "admin:bookings_supply": both("bookings.see_all_calls"),
    "admin:bookings_supply_table": both("bookings.see_all_calls"),
    "admin:bookings_by_month": both("bookings.see_all_calls"),
    "admin:bookings_by_month_table": both("bookings.see_all_calls"),
    "admin:workshops_by_month": both("workshops.view_workshopdate and workshops.view_signup"),
    "admin:workshops_by_month_table": both("workshops.view_workshopdate and workshops.view_signup"),
    **{
        f"admin:bookings_booking_{act}": both("bookings.view_booking and bookings.change_booking")
        for act in ("tried", "outcome", "move", "swap", "cancel", "new_link", "correct")
    },
    "admin:workshops_workshopdate_people": both("workshops.view_signup"),
    "admin:workshops_workshopdate_leader_list": both("workshops.view_signup"),
    "admin:workshops_workshopdate_copies": both("workshops.add_workshopdate"),
    "admin:workshops_workshopdate_cancel": both("workshops.change_workshopdate"),
    "admin:workshops_workshopdate_message": both("workshops.change_workshopdate"),
    "admin:workshops_signup_give_back": both("workshops.view_signup and workshops.change_workshopdate"),
    "admin:outbox_queuedemail_send_again": Row(NOT_TAKEN, "outbox.view_queuedemail and outbox.send_email_again"),
    "admin:outbox_queuedemail_set_aside": Row(NOT_TAKEN, "outbox.view_queuedemail and outbox.send_email_again"),
    "admin:auth_user_password_change": both("auth.change_user"),
}
# Of each list the acts that there are. What is not named nobody does here, whatever their rights.
WRITTEN = "view add change delete"
LISTS = {
    **dict.fromkeys(("guides.guide", "guides.sitepage", "guides.glossaryterm", "guides.role"), WRITTEN),
    **dict.fromkeys(("guides.council", "guides.topic", "guides.testimonial", "guides.situation"), WRITTEN),
    **dict.fromkeys(("guides.picture", "guides.searchsynonym"), WRITTEN),
    "guides.searchmiss": "view delete",
    "guides.outsidelink": "view change",
    **dict.fromkeys(("workshops.workshop", "workshops.workshopdate"), WRITTEN),
    "workshops.signup": "view",
    "bookings.adviser": WRITTEN,
    "bookings.booking": "view",
    "bookings.waitingentry": "view",
    "outbox.queuedemail": "view",
    "admin.logentry": "view",
    "troubles.trouble": "view",
    "accounts.failedlogin": "view delete",
    "auth.user": WRITTEN,
}
WITH_VERSIONS = (
    *("guides.guide", "guides.sitepage", "guides.glossaryterm", "guides.role", "guides.council"),
    "workshops.workshop",
)


def pages_of(model: str, acts: str) -> dict[str, Row]:
    """Those that the admin makes for each list."""
    app, name = model.split(".")
    rights = {act: f"{app}.{act}_{name}" if act in acts.split() else NOBODY for act in WRITTEN.split()}
    see = " or ".join(rights[act] for act in ("view", "change") if rights[act] != NOBODY)
    pages = {
        "changelist": both(see),
        "add": both(rights["add"]),
        "change": Row(see, rights["change"]),
        "delete": both(rights["delete"]),
        "history": both(see),
    }
    if model in WITH_VERSIONS:
        pages["simple_history"] = Row(see, rights["change"])
    return {
        **{f"admin:{app}_{name}_{act}": row for act, row in pages.items()},
        f"admin/{app}/{name}/<path:object_id>/": both(STAFF),  # leads on to the page to change it
    }


TABLE = PUBLIC | LINKS | EDITOR | PROGRAMS | DESK
for _model, _acts in LISTS.items():
    TABLE |= pages_of(_model, _acts)
# Django itself asks for both, or whoever adds accounts could make one that may do more.
TABLE["admin:auth_user_add"] = both("auth.add_user and auth.change_user")
TABLE |= {f"admin:auth_group_{act}": both(OWNER) for act in ("changelist", "add", "change", "delete", "history")}
TABLE["admin/auth/group/<path:object_id>/"] = both(STAFF)
# A page of one app's lists: there for who has any right to one of them.
TABLE["admin:app_list"] = both("guides.view_guide or guides.view_picture")
