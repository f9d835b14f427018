from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "sendguide.accounts"
    verbose_name = "Logging in"

    def ready(self) -> None:
        # Django tells of a log-in by a signal, and by nothing else that all its ways to log in have in common.
        from django.contrib.auth.signals import user_logged_in

        from sendguide.accounts.sessions import begin

        user_logged_in.connect(begin, dispatch_uid="sendguide.accounts")
