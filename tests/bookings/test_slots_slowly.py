"""The rules for slots against a second calculation, which walks through every minute and shares no code with them."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from bookings.slots import Diary, ExtraSpan, Span, Terms, WeeklyRule, cell_of, cells, is_offered, offered
from sendguide.lib.dates import LONDON

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
FIVE_AM, MINUTES_OF_A_DAY = 5 * 60, 24 * 60

# The days around the changes of the clocks, a leap day, the end of a year, and an ordinary day
DAYS = [date(2026, 3, 28), date(2026, 10, 24), date(2028, 2, 28), date(2026, 12, 31), date(2026, 6, 4)]


def listed(*asked, **days) -> list[datetime]:
    return list(offered(*asked, **days))


def instant(cell: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + 5 * cell * MINUTE


def slowly_offered(diary: Diary, terms: Terms, now: datetime) -> list[datetime]:
    today = now.astimezone(LONDON).date()
    earliest = slowly_first_bookable(now, terms.notice, diary.holidays)
    starts = []
    for later in range(terms.horizon_days + 1):
        day = today + timedelta(days=later)
        for minute in grid_minutes(diary, day, terms):
            start = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=LONDON).astimezone(UTC)
            if start >= max(now, earliest) and is_free(diary, start, terms):
                starts.append(start)
    return starts


def slowly_first_bookable(now: datetime, notice: timedelta, holidays: frozenset[date]) -> datetime:
    moment, left = now, notice
    while left > timedelta():
        local = moment.astimezone(LONDON)
        if local.strftime("%a") not in {"Sat", "Sun"} and 9 <= local.hour < 17 and local.date() not in holidays:
            left -= MINUTE
        moment = (moment.astimezone(UTC) + MINUTE).astimezone(LONDON)
    return moment


def grid_minutes(diary: Diary, day: date, terms: Terms) -> list[int]:
    """The minutes of the day at which a call could begin if nobody had booked any."""
    step = -(-(terms.length + terms.gap) // (5 * MINUTE)) * 5
    length = terms.length // MINUTE
    minutes, counted_from = [], None
    is_open = [minute >= FIVE_AM and opens(diary, day, minute) for minute in range(MINUTES_OF_A_DAY)]
    for minute in range(MINUTES_OF_A_DAY):
        if not is_open[minute]:
            counted_from = None
        elif counted_from is None and minute % 5 == 0:
            counted_from = minute
        if counted_from is not None and (minute - counted_from) % step == 0:
            during = is_open[minute : minute + length]
            if len(during) == length and all(during):
                minutes.append(minute)
    return minutes


def opens(diary: Diary, day: date, minute: int) -> bool:
    clock = time(minute // 60, minute % 60)
    weekly = any(
        rule.weekday == day.weekday()
        and day >= rule.from_day
        and not (rule.until_day and day > rule.until_day)
        and rule.starts <= clock < rule.ends
        for rule in diary.weekly
    )
    extra = any(span.day == day and span.starts <= clock < span.ends for span in diary.extra)
    return extra or (weekly and day not in diary.holidays)


def is_free(diary: Diary, start: datetime, terms: Terms) -> bool:
    is_away = any(
        span.starts <= start + minute * MINUTE < span.ends
        for span in diary.away
        for minute in range(terms.length // MINUTE)
    )
    held, moment = [], start
    while moment < start + terms.length + terms.gap:
        held.append(moment)
        moment += 5 * MINUTE
    taken = {
        instant(first + later)
        for held_cells, firsts in diary.taken.items()
        for first in firsts
        for later in range(held_cells)
    }
    return not is_away and not taken & {*held}


clocks = st.builds(time, st.integers(0, 23), st.sampled_from([0, 0, 0, 5, 10, 30, 55, 3, 59]))
long_hours = st.builds(
    lambda begin, hours: {"starts": time(begin), "ends": time(min(begin + hours, 23), 55)},
    st.integers(0, 20),
    st.integers(2, 12),
)
hours = long_hours | st.fixed_dictionaries({"starts": clocks, "ends": clocks})


@st.composite
def situations(draw):
    """A diary, the terms, and now."""
    first = draw(st.sampled_from(DAYS))
    days = st.integers(-1, 5).map(lambda later: first + timedelta(days=later))
    midnight = datetime(first.year, first.month, first.day, tzinfo=UTC)
    moments = st.integers(-60, 3 * MINUTES_OF_A_DAY).map(lambda minutes: midnight + minutes * MINUTE)
    some_cells = st.integers(0, 5 * 288).map(lambda number: cell_of(midnight) + number)

    def rule(days_of_rule, hours_of_rule):
        from_day, until_day = days_of_rule
        return WeeklyRule(weekday=from_day.weekday(), from_day=from_day, until_day=until_day, **hours_of_rule)

    rules = st.lists(st.builds(rule, st.tuples(days, st.none() | days), hours), max_size=6)
    all_week = long_hours.map(
        lambda of_day: [WeeklyRule(weekday=weekday, from_day=first - 7 * DAY, **of_day) for weekday in range(7)]
    )
    diary = Diary(
        weekly=draw(rules) + draw(st.just([]) | all_week | all_week),
        extra=draw(st.lists(st.builds(lambda day, of_day: ExtraSpan(day=day, **of_day), days, hours), max_size=3)),
        away=draw(
            st.lists(
                st.builds(lambda at, span: Span(at, at + span * MINUTE), moments, st.integers(-9, 600)), max_size=3
            )
        ),
        holidays=draw(st.frozensets(days, max_size=2)),
        taken=draw(st.dictionaries(st.integers(1, 80), st.lists(some_cells, max_size=20), max_size=3)),
    )
    terms = Terms(
        length=draw(st.sampled_from([5, 10, 12, 15, 15, 20, 30, 45, 60, 300])) * MINUTE,
        gap=draw(st.sampled_from([0, 3, 5, 5, 10, 15])) * MINUTE,
        notice=draw(st.sampled_from([0, 0, 1, 30, 240, 480, 600])) * MINUTE,
        horizon_days=draw(st.integers(0, 4)),
    )
    now = draw(moments | days.map(lambda day: datetime.combine(day, time(), LONDON)))
    return diary, terms, now.astimezone(draw(st.sampled_from([UTC, LONDON])))


@given(situations())
def test_offered_is_what_walking_through_every_minute_gives(situation):
    diary, terms, now = situation
    expected = slowly_offered(diary, terms, now)
    event(f"something is offered: {bool(expected)}")
    assert listed(diary, terms, now) == expected


@settings(max_examples=50)
@given(situations(), st.integers(0, 5), st.integers(0, 5))
def test_days_asked_for_are_a_part_of_the_whole(situation, first, last):
    diary, terms, now = situation
    today = now.astimezone(LONDON).date()
    first_day, last_day = today + first * DAY, today + last * DAY
    part = [start for start in listed(diary, terms, now) if first_day <= start.astimezone(LONDON).date() <= last_day]
    assert listed(diary, terms, now, first_day=first_day, last_day=last_day) == part


@settings(max_examples=50)
@given(situations(), st.data())
def test_exactly_what_is_offered_is_accepted(situation, data):
    diary, terms, now = situation
    starts = listed(diary, terms, now)
    midnight = datetime.combine(now.astimezone(LONDON).date(), time(), LONDON).astimezone(UTC)
    anywhen = st.integers(-60, 6 * MINUTES_OF_A_DAY).map(lambda minutes: midnight + minutes * MINUTE)
    asked = data.draw(st.sampled_from(starts) | anywhen if starts else anywhen)
    assert is_offered(diary, terms, asked, now) is (asked in starts)


@settings(max_examples=50)
@given(situations(), st.data())
def test_booking_one_start_takes_it_and_no_other(situation, data):
    diary, terms, now = situation
    starts = listed(diary, terms, now)
    assume(starts)
    chosen = data.draw(st.sampled_from(starts))
    assert listed(with_taken(diary, cells(chosen, terms)), terms, now) == [s for s in starts if s != chosen]


@settings(max_examples=50)
@given(situations(), st.integers(-20, 20), st.sampled_from([5, 15, 40]), st.sampled_from([0, 5, 15]), st.data())
def test_booking_off_the_grid_takes_exactly_what_it_overlaps(situation, off, length, gap, data):
    diary, terms, now = situation
    starts = listed(diary, terms, now)
    assume(starts)
    # Booked when calls had another length.
    then = Terms(length=length * MINUTE, gap=gap * MINUTE)
    booked = data.draw(st.sampled_from(starts)) + off * 5 * MINUTE
    held = cells(booked, then)
    until = instant(held[-1] + 1)
    left = [s for s in starts if not (s < until and booked < instant(cells(s, terms)[-1] + 1))]
    assert listed(with_taken(diary, held), terms, now) == left


@settings(max_examples=50)
@given(situations(), st.data())
def test_calls_that_are_booked_one_after_another_never_overlap(situation, data):
    diary, terms, now = situation
    booked: list[datetime] = []
    while len(booked) < 6 and (starts := listed(diary, terms, now)):
        chosen = data.draw(st.sampled_from(starts))
        assert all(abs(chosen - other) >= terms.length + terms.gap for other in booked)
        booked.append(chosen)
        diary = with_taken(diary, cells(chosen, terms))


def with_taken(diary: Diary, held: range) -> Diary:
    return Diary(
        weekly=diary.weekly,
        extra=diary.extra,
        away=diary.away,
        holidays=diary.holidays,
        taken={**diary.taken, len(held): [*diary.taken.get(len(held), ()), held[0]]},
    )
