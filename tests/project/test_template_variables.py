"""The check for undefined template variables sees what it should and nothing else."""

from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.template.loader import get_template

from tests.template_variables import UndefinedVariable


def shown(source: str, **values: object) -> str:
    return Template(source).render(Context(values))


@pytest.mark.parametrize(
    "source",
    [
        "{{ nmae }}",
        "{{ guide.titel }}",
        "{{ nmae|upper }}",
        "{% for word in nmae %}{{ word }}{% endfor %}",
        "{% with title=nmae %}{% endwith %}",
        "{% if guide %}{{ nmae }}{% endif %}",
    ],
)
def test_undefined_variable_fails(source: str):
    with pytest.raises(UndefinedVariable, match=r"“(nmae|guide.titel)” is not defined"):
        shown(source, guide=SimpleNamespace(title="A guide"))


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{% if nmae %}yes{% else %}no{% endif %}", "no"),
        ("{% if nmae and guide.titel == 3 %}yes{% else %}no{% endif %}", "no"),
        ('{{ nmae|default:"nobody" }}', "nobody"),
        ('{{ nmae|default_if_none:"nobody" }}', ""),
        ('{% firstof nmae "nobody" %}', "nobody"),
        ("{{ guide.title }}", "A guide"),
        ("{{ nothing }}", "None"),
        ("{% for word in nothing %}{{ word }}{% empty %}empty{% endfor %}", "empty"),
    ],
)
def test_question_or_default_is_allowed(source: str, text: str):
    assert shown(source, guide=SimpleNamespace(title="A guide"), nothing=None) == text


def test_value_is_looked_up_once():
    calls = []
    shown("{% for word in words %}{{ word }}{% endfor %}{{ words }}", words=lambda: calls.append(1) or ["a"])
    assert len(calls) == 2


def test_template_of_an_installed_package_is_left_alone():
    assert "<details" in get_template("admin/filter.html").render({})
