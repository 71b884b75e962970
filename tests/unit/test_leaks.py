"""The finder of leaks finds them: else its silence would mean nothing."""

import pytest

from tests.leaks import leaks


@pytest.mark.parametrize(
    "written",
    [
        "POST /bot42:fake-token-for-tests/getMe",
        "with the key a-key-of-a-test",
        "said: my pin is one two",
        "Ann has come",
        "call 07700 900123",
    ],
)
def test_each_kind_of_leak_is_found(written: str) -> None:
    assert len(leaks(written, ["a-key-of-a-test"], ["Hello.\nmy pin is one two"], ["Ann"])) == 1


def test_an_honest_log_has_none() -> None:
    written = "2026-11-22T12:05:27+0000 INFO tutorbot.bootstrap: Announced on 127.0.0.1:8000. action=started"
    assert leaks(written, ["a-key-of-a-test"], ["Hello.", "127"], ["Ann"]) == []
