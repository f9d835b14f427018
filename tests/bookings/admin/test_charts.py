from bookings.admin.charts import BARS_BEGIN, BARS_WIDTH, Part, bar_chart


def test_longest_bar_is_as_wide_as_there_is_room():
    chart = bar_chart([("One", "1 of 4", {"booked": 1, "free": 3}), ("Two", "1 of 2", {"booked": 1, "free": 1})])
    first, second = chart.bars
    assert first.parts == (Part("booked", BARS_BEGIN, 40), Part("free", BARS_BEGIN + 40, BARS_WIDTH - 40))
    assert second.parts == (Part("booked", BARS_BEGIN, 40), Part("free", BARS_BEGIN + 40, 40))
    assert (chart.height, first.y, second.y, first.figures) == (48, 0, 24, "1 of 4")
    assert (first.figures_x, second.figures_x) == (BARS_BEGIN + BARS_WIDTH + 8, BARS_BEGIN + 80 + 8)


def test_parts_of_nothing_are_left_out():
    chart = bar_chart([("One", "0 of 0", {"booked": 0, "free": 0}), ("Two", "0 of 3", {"booked": 0, "free": 3})])
    assert [bar.parts for bar in chart.bars] == [(), (Part("free", BARS_BEGIN, BARS_WIDTH),)]
    assert chart.bars[0].figures_x == BARS_BEGIN + 8


def test_small_part_beside_a_long_bar_can_be_seen():
    chart = bar_chart([("One", "", {"booked": 1}), ("Two", "", {"booked": 10_000})])
    assert chart.bars[0].parts == (Part("booked", BARS_BEGIN, 1),)


def test_chart_of_nothing_is_empty():
    assert (bar_chart([]).bars, bar_chart([]).height) == ((), 0)
