"""How numbers are said to staff."""


def people(number: int) -> str:
    """1 person · 12 people"""
    return "1 person" if number == 1 else f"{number} people"


def places_taken(taken: int, capacity: int) -> str:
    """7 of 10 taken"""
    return f"{taken} of {capacity} taken"
