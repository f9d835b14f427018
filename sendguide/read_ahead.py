"""What a server does when it starts, so the first visitor does not wait for it."""

import logging

from django.db import Error, connections

from guides.search.find import suggest

logger = logging.getLogger(__name__)


def read_ahead() -> None:
    """Read the index of the search."""
    try:
        suggest("")
    except Error:
        logger.warning("The index of the search is read at the first search: no database so far.")
    finally:
        connections.close_all()
