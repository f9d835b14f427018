def email_key(email: str) -> str:
    """What two spellings of one address have in common: “ Ann@Example.org” and “ann@example.org”."""
    return "".join(email.split()).casefold()
