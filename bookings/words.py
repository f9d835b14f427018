"""How numbers are said to staff."""


def calls(number: int) -> str:
    """1 call · 12 calls"""
    return "1 call" if number == 1 else f"{number} calls"


def families(number: int) -> str:
    """1 family · 12 families"""
    return "1 family" if number == 1 else f"{number} families"
