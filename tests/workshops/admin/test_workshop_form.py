"""The staff's form for a workshop: text, area, and what staff are told about it."""

from datetime import timedelta

import pytest

from tests import factories
from tests.guides.admin.posting import desk, errors_of, fields_of, messages_of, save
from tests.workshops.admin.conftest import NOW
from workshops.forms.workshops import NO_PLACE, NOBODY, PLACES_AND_EVERYONE
from workshops.models import Workshop

pytestmark = pytest.mark.django_db


def as_saved(workshop):
    return Workshop.objects.with_area().get(pk=workshop.pk)


def test_new_workshop_is_saved_with_its_area_and_its_words_are_shown(organiser):
    topic, hull = factories.topic(), factories.council(name="Hull City Council", short_names=["Hull"])
    values = {"title": "Masking", "slug": "masking", "topic": topic.pk, "summary": "S.", "body": "Hello.\n"}
    area = {"reach": "except", "councils": [hull.pk], "nations": ["Wales"], "regions": ["London"]}
    response = save(organiser, Workshop, **values, **area)
    assert errors_of(response) == {}
    made = Workshop.objects.get()
    assert (made.title, made.published, made.nations, made.regions) == ("Masking", False, ["Wales"], ["London"])
    assert (list(made.councils.all()), made.body_html) == ([hull], "<p>Hello.</p>")
    assert messages_of(response)[0] == "Parents will read: “For all areas outside Wales, London and Hull”"


@pytest.mark.parametrize(
    ("area", "faults"),
    [
        ({"reach": "except"}, {"reach": [NO_PLACE]}),
        ({"reach": "only"}, {"reach": [NO_PLACE]}),
        ({"reach": "everyone", "nations": ["Wales"]}, {"reach": [PLACES_AND_EVERYONE]}),
        ({"reach": "only", "nations": ["Wales"]}, {}),
        ({"reach": "only", "regions": ["London"]}, {}),
        ({"reach": "everyone"}, {}),
        (
            {"reach": "only", "nations": ["France"]},
            {"nations": ["Choose from what is offered. “France” is not among it."]},
        ),
    ],
)
def test_reach_and_places_fit_together(organiser, area, faults):
    factories.council()
    assert errors_of(save(organiser, factories.workshop(), **area)) == faults


ALL = ["England", "Scotland", "Wales", "Northern Ireland"]


@pytest.mark.parametrize(
    ("area", "faults"),
    [
        ({"nations": ALL}, {"reach": [NOBODY]}),
        ({"nations": ALL[1:], "regions": ["London", "South East"]}, {"reach": [NOBODY]}),
        ({"nations": ALL[1:], "regions": ["London"]}, {}),
        ({"nations": ALL[:1], "regions": ["London"]}, {}),
    ],
)
def test_places_that_leave_nobody_are_refused(organiser, area, faults):
    for region in ("London", "South East"):
        factories.council(region=region)
    factories.council(nation="Scotland", region="Scotland")
    workshop = factories.workshop()
    assert errors_of(save(organiser, workshop, reach="except", **area)) == faults
    assert errors_of(save(organiser, workshop, reach="only", **area)) == {}


def test_councils_that_leave_nobody_together_with_nations_are_refused(organiser):
    fife, hull, york = factories.council(nation="Scotland", region="Scotland"), factories.council(), factories.council()
    workshop, nations = factories.workshop(), ["Wales", "Northern Ireland"]
    everybody = {"reach": "except", "nations": nations, "councils": [fife.pk, hull.pk, york.pk]}
    assert errors_of(save(organiser, workshop, **everybody)) == {"reach": [NOBODY]}
    assert errors_of(save(organiser, workshop, **everybody | {"councils": [fife.pk, hull.pk]})) == {}


def test_councils_are_offered_under_their_region_which_is_open_where_one_is_chosen(organiser):
    fife = factories.council(name="Fife Council", nation="Scotland", region="Scotland")
    hull = factories.council(name="Hull City Council", region="Yorkshire and The Humber")
    factories.council(name="York Council", region="Yorkshire and The Humber")
    page = organiser.get(desk(factories.workshop(reach="only", councils=[hull]))).content.decode()
    yorkshire = "<summary>Yorkshire and The Humber (1 of 2 chosen)</summary>"
    scotland = "<summary>Scotland (0 of 1 chosen)</summary>"
    assert page.index(yorkshire) < page.index("Hull City Council") < page.index("York Council") < page.index(scotland)
    assert page.count('<details class="region" open>') == 1
    assert f'value="{fife.pk}"' in page


def test_regions_are_those_of_england(organiser):
    factories.council(nation="Scotland", region="Scotland")
    for region in ("South East", "London", "London"):
        factories.council(region=region)
    form = organiser.get(desk(Workshop, "add")).context["adminform"].form
    assert form.fields["regions"].choices == [("London", "London"), ("South East", "South East")]


def test_form_shows_what_parents_read(organiser):
    workshop = factories.workshop(reach="only", nations=["Wales"])
    assert "“Only for Wales”" in organiser.get(desk(workshop)).content.decode()


def test_own_words_that_may_have_become_wrong_are_pointed_out(organiser):
    workshop = factories.workshop(reach="only", nations=["Wales"], own_words="For Wales")
    assert messages_of(save(organiser, workshop, nations=["Scotland"]))[:2] == [
        "Parents will read: “For Wales”",
        "These are your own words. Are they still right, now that the places changed?",
    ]
    assert messages_of(save(organiser, workshop, own_words="For Scotland"))[0] == "Parents will read: “For Scotland”"


@pytest.mark.parametrize(
    ("placed", "waiting", "warnings"),
    [
        (
            1,
            1,
            [
                "1 person from where it is not open any more has a place and keeps it. They were not told.",
                "1 person from where it is not open any more waits and gets no place.",
            ],
        ),
        (2, 0, ["2 people from where it is not open any more have places and keep them. They were not told."]),
        (0, 2, ["2 people from where it is not open any more wait and get no place."]),
        (0, 0, []),
    ],
)
def test_closing_it_to_a_council_says_how_many_families_there_keep_their_places(organiser, placed, waiting, warnings):
    hull, date = factories.council(), factories.workshop_date()
    for status, number in (("placed", placed), ("waiting", waiting), ("given back", 1)):
        for _ in range(number):
            factories.sign_up(date=date, council=hull, status=status)
    factories.sign_up(date=date, council=factories.council())
    factories.sign_up(date=date, council=None)
    past = factories.workshop_date(workshop=date.workshop, starts_at=NOW - timedelta(days=1))
    factories.sign_up(date=past, council=hull)
    response = save(organiser, date.workshop, reach="except", councils=[hull.pk])
    assert [each for each in messages_of(response) if "not open any more" in each] == warnings
    assert date.sign_ups.placed().count() == placed + 2
    assert [each for each in messages_of(save(organiser, date.workshop, title="New")) if "not open" in each] == []


def test_text_with_a_fault_is_kept_as_a_draft_and_never_published(organiser):
    workshop = factories.workshop(published=False)
    fault = "Line 1: The link “/nowhere/” is dead: there is no published page at /nowhere/"
    response = save(organiser, workshop, body="[x](/nowhere/)")
    assert messages_of(response)[0] == f"Saved as a draft. Before it can be published: {fault}"
    assert errors_of(save(organiser, workshop, published="on")) == {"body": [fault]}
    assert not as_saved(workshop).published


def test_drawing_needs_a_description_when_published(organiser):
    workshop = factories.workshop()
    response = save(organiser, workshop, illustration="clock")
    assert errors_of(response) == {"illustration_alt": ["The drawing has no description. Write what is to be seen."]}
    assert errors_of(save(organiser, workshop, illustration="clock", illustration_alt="A clock")) == {}


def test_workshop_may_link_to_its_own_sections_and_to_itself(organiser):
    workshop = factories.workshop(published=False)
    body = f"## When {{#when}}\n\n[x](#when) [y]({workshop.get_absolute_url()}#when)"
    assert errors_of(save(organiser, workshop, body=body, published="on")) == {}


def test_address_stays(organiser):
    workshop = factories.workshop(slug="masking")
    save(organiser, workshop, slug="other", title="New")
    assert (as_saved(workshop).slug, as_saved(workshop).title) == ("masking", "New")


def test_unpublishing_warns_of_links_that_die_and_of_people_who_have_signed_up(organiser):
    workshop = factories.workshop(slug="masking")
    factories.guide(title="Autism", body="[x](/workshops/masking/)")
    factories.sign_up(date=factories.workshop_date(workshop=workshop))
    fields = fields_of(organiser.get(desk(workshop)))
    del fields["published"]
    assert messages_of(organiser.post(desk(workshop), fields, follow=True))[:2] == [
        "Links on other pages lead nowhere now. Mend them or bring the page or its section back: "
        "Guide “Autism” links to /workshops/masking/",
        "Signed up for its dates, and not told anything: 1 person. "
        "If a date does not take place, open it and choose “Cancel this date”.",
    ]


def test_second_of_two_who_edit_at_once_is_told(organiser):
    workshop = factories.workshop()
    opened = fields_of(organiser.get(desk(workshop)))
    save(organiser, workshop, title="First")
    response = organiser.post(desk(workshop), opened | {"title": "Second"})
    assert errors_of(response)["__all__"][0].startswith("Somebody saved this while you had it open")
    assert as_saved(workshop).title == "First"
