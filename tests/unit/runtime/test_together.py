"""What of a chat's line goes out as one message."""

from datetime import UTC, datetime
from typing import Any

from tutorbot.messages.message import Button, Copied, Message
from tutorbot.runtime.together import LETTERS_BELOW, album, as_one, joined, together
from tutorbot.runtime.values import Address, Author, Kind, Owed

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
GROUP = Address("telegram", "-100")


def owed(id_: int, message: Message | None = None, **changes: Any) -> Owed:
    kind = changes.pop("kind", Kind.SAY)
    return Owed(id_, GROUP, kind, message or Message(f"m{id_}"), NOON, **{"ticket": 7, **changes})


def picture(id_: int, said: str = "", album: str = "", **changes: Any) -> Owed:
    media = Copied("1001", (id_,), "picture", album, **changes)
    return owed(id_, Message("Ann sends:", said=said, media=media))


def test_short_words_of_one_ticket_are_put_together() -> None:
    batch = together([owed(1), owed(2), owed(3, ticket=8)])
    assert [one.id for one in batch] == [1, 2]
    assert joined(batch).message.text == "m1\n\nm2"


def test_a_message_with_buttons_goes_alone() -> None:
    card = owed(1, Message("card", buttons=(Button("claim:7", "I'll help"),)))
    assert together([card, owed(2)]) == [card]


def test_a_persons_words_stay_literal_when_put_together() -> None:
    batch = [owed(1, Message("Ann:", said="*hi*\n_you_")), owed(2)]
    assert joined(batch).message.text == "Ann:\n\n\\*hi\\*\n\n\\_you\\_\n\nm2"


def test_words_go_below_the_picture_before_them() -> None:
    batch = together([picture(1), owed(2), picture(3)])
    assert [one.id for one in batch] == [1, 2]
    assert joined(batch).message == Message("Ann sends:\n\nm2", media=batch[0].message.media)


def test_many_words_do_not_go_below_a_picture() -> None:
    assert len(together([picture(1), owed(2, Message("x" * LETTERS_BELOW))])) == 1


def test_nothing_goes_below_what_takes_no_words() -> None:
    assert len(together([picture(1, bare=True), owed(2)])) == 1


def test_parts_of_an_album_go_out_as_one_and_what_came_between_follows() -> None:
    line = [picture(1, "Look", album="a"), owed(2), picture(3, album="a"), picture(4, album="b"), picture(5, album="a")]
    batch = album(line)
    assert [one.id for one in batch] == [1, 3, 5]
    message = joined(batch).message
    assert message.said == "Look"
    assert message.media == Copied("1001", (1, 3, 5), "picture", "a")


def test_words_below_a_later_part_are_the_words_of_the_album() -> None:
    assert joined([picture(1, album="a"), picture(2, "Look", album="a")]).message.said == "Look"


def test_what_is_no_album_goes_alone() -> None:
    assert [one.id for one in album([picture(1), picture(2)])] == [1]
    assert [one.id for one in album([owed(1), owed(2)])] == [1]


def test_of_a_card_that_changed_several_times_the_last_is_sent() -> None:
    first, last = (owed(id_, kind=Kind.REPLACE, author=Author.DESK) for id_ in (1, 4))
    other = owed(3, kind=Kind.REPLACE, author=Author.DESK, ticket=8)
    batch = together([first, owed(2), other, last])
    assert [one.id for one in batch] == [1, 4]
    assert joined(batch).message.text == "m4"


def test_who_writes_several_times_in_a_row_is_named_once() -> None:
    ann, bob = (Message(f"**{name}** writes:", said="hello") for name in ("Ann", "Bob"))
    assert as_one([ann, ann, bob, ann]).text.split("\n\n") == [
        *("**Ann** writes:", "hello", "hello"),
        *("**Bob** writes:", "hello"),
        *("**Ann** writes:", "hello"),
    ]
