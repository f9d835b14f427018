from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from sendguide.owner import OWNER, renew_owner_password


class Command(BaseCommand):
    help = f'Give the account "{OWNER}" a new password and print it. Makes the account if there is none.'

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            password = renew_owner_password()
        except DatabaseError as error:
            raise CommandError("The database is not ready: start the site once (make run, or migrate).") from error
        self.stdout.write(f"User name: {OWNER}\nPassword:  {password}")
