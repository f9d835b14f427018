"""The four nations whose law the site explains. They are never mixed: each has its own."""

from django.core.exceptions import ValidationError

NATIONS = ["England", "Scotland", "Wales", "Northern Ireland"]
CHOICES = [(nation, nation) for nation in NATIONS]
# Those of councils. Only England has several; elsewhere the nation is the region.
REGIONS = {
    "England": [
        *("East Midlands", "East of England", "London", "North East", "North West", "South East", "South West"),
        *("West Midlands", "Yorkshire and The Humber"),
    ],
    **{nation: [nation] for nation in NATIONS[1:]},
}


def validate_nations(value: object) -> None:
    """``value`` must be a non-empty list of nations, each once, in the order of NATIONS."""
    if not isinstance(value, list) or not value or value != [nation for nation in NATIONS if nation in value]:
        raise ValidationError(f"Choose one or more of {', '.join(NATIONS)}, in this order.")


def where_in_words(nations: list[str]) -> str:
    """Nothing for what holds everywhere."""
    return "" if nations == NATIONS else nations_in_words(nations)


def nations_in_words(nations: list[str]) -> str:
    """UK-wide · England · England and Wales"""
    if nations == NATIONS:
        return "UK-wide"
    return " and ".join([", ".join(nations[:-1]), nations[-1]]) if len(nations) > 1 else "".join(nations)
