from rapidfuzz.distance import OSA

# Where most families have their address. Shorter names have real neighbours: sky.com and ski.com.
PROVIDERS = (
    *("btinternet.com", "gmail.com", "googlemail.com", "hotmail.com", "hotmail.co.uk", "icloud.com", "live.co.uk"),
    *("ntlworld.com", "outlook.com", "talktalk.net", "virginmedia.com", "yahoo.co.uk", "yahoo.com"),
)
# One letter away from one of them, and right.
NEIGHBOURS = frozenset({"email.com", "mail.com", "ymail.com", *PROVIDERS})
# Of the first kind nobody has an address; the others are no endings at all.
WRONG_DOMAINS = {"gmail.co.uk": "gmail.com", "googlemail.co.uk": "googlemail.com", "icloud.co.uk": "icloud.com"}
WRONG_ENDINGS = {".cmo": ".com", ".comm": ".com", ".con": ".com", ".ocm": ".com", ".vom": ".com", ".couk": ".co.uk"}


def email_key(email: str) -> str:
    """What two spellings of one address have in common: “ Ann@Example.org” and “ann@example.org”."""
    return "".join(email.split()).casefold()


def meant(email: str) -> str | None:
    """The address that was probably meant: "ann@gmail.com" for "ann@gmial.com". None if nothing looks mistyped."""
    name, _, domain = email.rpartition("@")
    typed = domain.casefold()
    better = _provider(_ending(typed))
    return f"{name}@{better}" if better != typed else None


def _ending(domain: str) -> str:
    return next(
        (domain.removesuffix(wrong) + right for wrong, right in WRONG_ENDINGS.items() if domain.endswith(wrong)), domain
    )


def _provider(domain: str) -> str:
    if domain in NEIGHBOURS:
        return domain
    near = next((each for each in PROVIDERS if OSA.distance(domain, each) == 1), domain)
    return WRONG_DOMAINS.get(domain, near)
