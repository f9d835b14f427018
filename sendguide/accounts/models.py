from axes.models import AccessAttempt


class FailedLogin(AccessAttempt):
    """Wrong passwords with one name from one connection, as django-axes counts them."""

    class Meta:
        proxy = True
        verbose_name = "wrong password"
        verbose_name_plural = "wrong passwords"
        # To see them, and to delete them: that lets somebody in again.
        default_permissions = ("view", "delete")

    def __str__(self) -> str:
        """Without who it was: the staff site's log keeps this text."""
        return f"Wrong passwords, {self.attempt_time:%d %b %Y %H:%M}"
