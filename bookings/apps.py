from django.apps import AppConfig


class BookingsConfig(AppConfig):
    name = "bookings"
    verbose_name = "Support calls"

    def ready(self) -> None:
        from bookings.next_call import next_mark
        from sendguide.freshness import passing

        passing.register(next_mark)
