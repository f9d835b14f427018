import logging

from sendguide.lib.tracebacks import without_message


def test_log_says_where_and_what_kind_but_not_what_was_said(caplog):
    try:
        try:
            {}["anna@" + "family.example"]
        except KeyError as error:
            raise ValueError("Key (to)=(anna@" + "family.example)") from error
    except ValueError as error:
        logging.getLogger("tests").exception("It failed", exc_info=without_message(error))
    assert "test_log_says_where_and_what_kind" in caplog.text
    assert caplog.text.endswith("sendguide.lib.tracebacks.MessageLeftOut: ValueError\n")
    assert "anna@family.example" not in caplog.text
    assert "KeyError" not in caplog.text
