import pytest

from tests import factories
from tests.guides.admin.posting import desk
from workshops.models import SignUp

pytestmark = pytest.mark.django_db
LIST = "/admin/workshops/signup/"


def listed(client, query=""):
    return list(client.get(LIST + query).context["cl"].result_list)


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_the_same_number_of_queries(organiser, django_assert_num_queries, rows):
    for _ in range(rows):
        factories.sign_up(council=factories.council())
    with django_assert_num_queries(7):
        organiser.get(LIST)


def test_list_is_searched_and_narrowed(organiser):
    hull = factories.council(short_names=["Hull"])
    ann = factories.sign_up(name="Ann", email="ann@example.org", council=hull)
    bob = factories.sign_up(name="Bob", email="bob@example.org", status="waiting")
    assert listed(organiser) == [bob, ann]
    assert listed(organiser, "?q=ANN@") == [ann]
    assert listed(organiser, "?q=bob") == [bob]
    assert listed(organiser, f"?date={bob.date_id}") == [bob]
    assert listed(organiser, "?date=nonsense") == [bob, ann]
    assert listed(organiser, f"?date={'9' * 23}") == [bob, ann]
    assert listed(organiser, "?status__exact=waiting") == [bob]
    assert listed(organiser, f"?council__id__exact={hull.pk}") == [ann]
    page = organiser.get(LIST).content.decode()
    assert '<td class="field-council_in_words">Hull</td>' in page
    assert f'<td class="field-date_in_words">{ann.date}</td>' in page


def test_sign_up_can_be_looked_at_and_not_changed(organiser):
    sign_up = factories.sign_up(access_needs="Captions")
    page = organiser.get(desk(sign_up)).content.decode()
    assert ("Captions" in page, 'name="_save"' in page) == (True, False)
    assert organiser.post(desk(sign_up), {"name": "Eve"}).status_code == 403
    assert organiser.get(desk(SignUp, "add")).status_code == 403
    assert organiser.post(desk(sign_up, "delete"), {"post": "yes"}).status_code == 403
    assert SignUp.objects.get().name == "Ann"


def test_pattern_in_the_address_of_the_list_is_refused(organiser):
    assert organiser.get(LIST, {"name__regex": "("}).status_code == 400
