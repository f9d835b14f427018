"""How numbers are said to staff."""


def families(number: int) -> str:
    """1 family · 12 families"""
    return "1 family" if number == 1 else f"{number} families"
