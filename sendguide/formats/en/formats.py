"""The words of ``sendguide.lib.dates``, as near as Django's letters come: it writes “a.m.”."""

DATE_FORMAT = "j F Y"  # 24 November 2026
DATETIME_FORMAT = "j F Y, P"  # 24 November 2026, 10:30 a.m.
