"""The site and its job worker without their guards, for a negative control. In processes of their own:

    gunicorn tests.races.careless
    python -m tests.races.careless run_jobs

Places are given by looking first and writing then. What a worker could not note because the database was away, it
forgets.
"""

import sys

from django.core.management import execute_from_command_line

from sendguide.wsgi import application

# isort: split
from sendguide.outbox import sending
from tests.races.unguarded import unguarded_lock, unguarded_take
from workshops.actions import places, sign_ups


class Forgetful(list):
    def append(self, item: object) -> None:
        pass


sending._not_noted = Forgetful()
sign_ups.lock_date = unguarded_lock
sign_ups.take_place = places.take_place = unguarded_take
__all__ = ["application"]

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
