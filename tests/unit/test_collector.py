"""Python's garbage collector, kept from work that finds nothing."""

import gc

import pytest

from tutorbot.collector import nothing_thrown_away


def test_nothing_is_looked_for_while_much_is_made_and_all_of_it_is_left_alone_after() -> None:
    before = gc.get_freeze_count()
    with nothing_thrown_away():
        assert not gc.isenabled()
        made = [[] for _ in range(1000)]
    assert gc.isenabled()
    assert gc.get_freeze_count() - before >= len(made)


def test_the_collector_looks_again_though_something_was_raised() -> None:
    with pytest.raises(ZeroDivisionError), nothing_thrown_away():
        _ = 1 / 0
    assert gc.isenabled()
