"""The site's next version, which keeps one thing more of everybody who signs up.

For a process of its own: ``gunicorn tests.races.next_version``.
"""

from sendguide.wsgi import application

# isort: split
from django.db.models import CharField

from workshops.models import SignUp

CharField(max_length=20, default="from a friend", db_default="").contribute_to_class(SignUp, "heard_of_us")
__all__ = ["application"]
