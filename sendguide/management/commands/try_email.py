from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from sendguide.outbox.actions import queue


class Command(BaseCommand):
    help = "Queue an e-mail that says that e-mail works, to see whether it does. The job worker sends it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", help="where it goes to")

    def handle(self, *args: Any, address: str, **options: Any) -> None:
        try:
            validate_email(address)
        except ValidationError as error:
            raise CommandError("This is not an e-mail address.") from error
        with transaction.atomic():
            queue(kind="outbox.trial", key=f"outbox.trial:{uuid4()}", to=address, about=0)
        self.stdout.write("Queued. The job worker sends it; the staff site's list of e-mails says when it is sent.")
