from typing import Any

from django.core.management.base import BaseCommand

from sendguide.owner import OWNER, renew_owner_password


class Command(BaseCommand):
    help = f'Give the account "{OWNER}" a new password and print it. Makes the account if there is none.'

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"User name: {OWNER}\nPassword:  {renew_owner_password()}")
