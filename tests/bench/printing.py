"""One line a figure: what, how much, what we aim at."""

import sys


def heading(text: str) -> None:
    sys.stdout.write(f"\n{text}\n")


def figure(what: str, value: str, aim: str = "") -> None:
    sys.stdout.write(f"  {what:<58} {value:>14}{f'   (aim: {aim})' if aim else ''}\n")
    sys.stdout.flush()
