"""The measures of the coordinator's charts: every bar in its place, none outside of the drawing."""

from hypothesis import given
from hypothesis import strategies as st

from tutorbot.channels.web.desk.charts import Chart, chart

NUMBERS = st.lists(st.one_of(st.none(), st.floats(0, 1e6)), min_size=1, max_size=60)


def test_highest_bar_stands_for_the_next_round_number() -> None:
    drawn = chart([3.0, 12.0, None])
    assert drawn.top == 20
    low, high, none = drawn.rows[0]
    full = drawn.floor - drawn.ceiling
    assert high.height == round(full * 12 / 20, 2)
    assert low.height < high.height
    assert none.height == 0


def test_nothing_is_drawn_where_nothing_happened() -> None:
    assert {bar.height for bar in chart([None, 0, 0.0]).rows[0]} == {0}


def test_two_rows_stand_side_by_side() -> None:
    (half,), (most,) = chart([10], [20]).rows
    assert half.x + half.width <= most.x


@given(NUMBERS)
def test_no_bar_stands_outside_of_the_drawing(numbers: list[float | None]) -> None:
    drawn = chart(numbers, list(reversed(numbers)))
    assert all(_inside(drawn, bar.x, bar.y, bar.x + bar.width, bar.y + bar.height) for row in drawn.rows for bar in row)


def _inside(drawn: Chart, left: float, top: float, right: float, bottom: float) -> bool:
    roundings = 0.02
    return left >= 0 and right <= drawn.width and top >= drawn.ceiling - roundings and bottom <= drawn.floor + roundings
