from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from sendguide.accounts.resetting import reset_and_log

DONE = "Reset the second step of logging in, with the command on the server."


class Command(BaseCommand):
    help = "Somebody has lost their phone, and nobody else can reset their second step on the staff site."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="The user name, as it is typed to log in.")

    def handle(self, *args: Any, name: str, **options: Any) -> None:
        person = User.objects.filter(username=name).first()
        if person is None:
            raise CommandError(f"There is no account with the name {name}. Capital letters count.")
        reset_and_log(person=person, by=person, message=DONE)
        self.stdout.write(f"{name} is logged out everywhere, and sets up a new second step at the next log-in.")
