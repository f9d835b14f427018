"""Logging what went wrong without what was said about it: messages of errors quote values, and values name people."""

from types import TracebackType


class MessageLeftOut(Exception):
    """Stands for an error in the log: its type, without its message."""


def without_message(error: BaseException) -> tuple[type[MessageLeftOut], MessageLeftOut, TracebackType | None]:
    """For ``exc_info=`` of a logger: where ``error`` happened and its type; neither its message nor its causes."""
    return MessageLeftOut, MessageLeftOut(type(error).__name__), error.__traceback__
