"""A process of its own that books one call after the other, until its input ends; then it says how long each took."""

import json
import select
import sys
import time
from collections.abc import Iterator
from datetime import datetime


def main() -> None:
    import django

    django.setup()
    from django.utils import timezone

    from bookings.actions import book
    from bookings.availability import Wanted, free_times
    from sendguide.lib.phones import Phone
    from tests import factories

    def starts() -> Iterator[datetime]:
        """The last ones first: nobody is reminded of them meanwhile."""
        for start, advisers in reversed(free_times(Wanted(), timezone.now()).advisers_at.items()):
            yield from [start] * len(advisers)

    times: list[float] = []
    name = timezone.now().strftime("%H%M%S")
    for number, start in enumerate(starts()):
        if number == WARM_UP:
            sys.stdout.write("begun\n")
            sys.stdout.flush()
            times.clear()
        if number > WARM_UP and select.select([sys.stdin], [], [], 0)[0]:
            break
        caller = factories.caller(email=f"{name}-{number}@example.org", phone=Phone(number=f"+447{name}{number:03}"))
        began = time.perf_counter()
        book(start=start, caller=caller, now=timezone.now())
        times.append((time.perf_counter() - began) * 1000)
    json.dump(times, sys.stdout)


WARM_UP = 10

if __name__ == "__main__":
    main()
