"""How numbers are said to staff."""


def people(number: int) -> str:
    """1 person · 12 people"""
    return "1 person" if number == 1 else f"{number} people"


def emails(number: int) -> str:
    """1 e-mail · 12 e-mails"""
    return "1 e-mail" if number == 1 else f"{number} e-mails"


def places_taken(taken: int, capacity: int) -> str:
    """7 of 10 taken"""
    return f"{taken} of {capacity} taken"
