"""The helpers' group on the way out: a topic for each ticket, through all that people do to topics and groups."""

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.fake_bot_api import FakeBotApi, Posted, flood
from tests.integration.telegram.stubs import NO_COPIES, NOW, StubStore, ticket
from tutorbot.channels.telegram.api import Api
from tutorbot.channels.telegram.group import HelpersGroup
from tutorbot.channels.telegram.pictures import Pictures
from tutorbot.channels.telegram.post import Post
from tutorbot.channels.telegram.topics import Topics
from tutorbot.channels.telegram.transport import TelegramTransport
from tutorbot.desk.ticket import Status, Ticket
from tutorbot.errors import TransportError
from tutorbot.messages.message import Button, Message
from tutorbot.runtime.values import Address, Author, Kind, Owed

CARD = Message("**Briefing**", buttons=(Button("claim:27", "I'll help"),))
LINE = Message("**Ann** writes:", said="hello?")


@dataclass
class Room:
    """The way out to the group, and a store with ticket 27."""

    fake: FakeBotApi
    store: StubStore
    group: HelpersGroup
    transport: TelegramTransport
    home: int

    async def send(self, message: Message, **changes: object) -> str:
        """Deliver something of ticket 27."""
        owed = Owed(1, Address("telegram", str(self.home)), Kind.SAY, message, NOW, Author.DESK, ticket=27)
        return await self.transport.send(replace(owed, **changes))  # type: ignore[arg-type]

    @property
    def ticket(self) -> Ticket:
        """Ticket 27 as it is kept."""
        return self.store.tickets.rows[27]

    def posts(self, thread: str | None = None) -> list[Posted]:
        """What stands in its topic, or in another."""
        return self.fake.group.in_topic(int(thread or self.ticket.thread))

    def texts(self) -> list[str]:
        """The texts that stand in its topic."""
        return [post.text for post in self.posts()]


def _room(fake: FakeBotApi, api: Api, tmp_path: Path) -> Room:
    store = StubStore([ticket()])
    group = HelpersGroup(store, fake.group.id)
    post = Post(api, Pictures(api, tmp_path))
    topics = Topics(api, store, group, post, lambda _: CARD)
    return Room(fake, store, group, TelegramTransport(post, topics, group, NO_COPIES), fake.group.id)


@pytest.fixture
def room(fake: FakeBotApi, api: Api, tmp_path: Path) -> Room:
    """A group with topics."""
    return _room(fake, api, tmp_path)


@pytest.fixture
def flat(fake: FakeBotApi, api: Api, tmp_path: Path) -> Room:
    """A group without topics."""
    fake.group.chat.forum = False
    return _room(fake, api, tmp_path)


async def test_first_message_makes_the_topic_and_the_next_go_there(room: Room) -> None:
    await room.send(CARD)
    await room.send(LINE)
    assert [topic.name for topic in room.fake.group.chat.topics.values()] == ["#27 Ann · Spot a fake email"]
    assert room.texts() == ["Briefing", "Ann writes:\n\nhello?"]
    assert room.posts()[0].buttons[0]["callback_data"] == "0.claim:27"


async def test_topic_is_kept_before_its_first_message_is_sent(room: Room) -> None:
    room.fake.fail("sendMessage", flood(5))
    with pytest.raises(TransportError):
        await room.send(CARD)
    await room.send(CARD)
    assert len(room.fake.called("createForumTopic")) == 1


async def test_long_title_is_cut_to_what_a_topic_may_be_called(room: Room) -> None:
    opening = replace(room.ticket.opening, title="A very long title " * 20)
    room.store.tickets.rows[27] = replace(room.ticket, opening=opening)
    await room.send(CARD)
    assert len(room.fake.called("createForumTopic")[0]["name"]) == 128


async def test_card_is_remembered_and_brought_up_to_date_in_its_place(room: Room) -> None:
    ref = await room.send(CARD)
    assert room.ticket.card_ref == ref
    await room.send(LINE)
    await room.send(Message("Amir is helping"), kind=Kind.REPLACE)
    assert room.texts() == ["Amir is helping", "Ann writes:\n\nhello?"]


async def test_line_without_buttons_is_no_card(room: Room) -> None:
    await room.send(LINE)
    assert room.ticket.card_ref == ""


async def test_card_that_was_deleted_is_sent_anew(room: Room) -> None:
    await room.send(CARD)
    del room.fake.group.chat.posts[int(room.ticket.card_ref)]
    ref = await room.send(Message("Amir is helping"), kind=Kind.REPLACE)
    assert room.ticket.card_ref == ref
    assert room.texts() == ["Amir is helping"]


async def test_deleted_topic_is_made_once_again_and_begins_with_the_briefing(room: Room) -> None:
    await room.send(CARD)
    room.fake.group.delete_topic(int(room.ticket.thread))
    await room.send(LINE)
    await room.send(LINE)
    assert len(room.fake.group.chat.topics) == 1
    assert room.texts() == ["Briefing", "Ann writes:\n\nhello?", "Ann writes:\n\nhello?"]
    assert room.ticket.card_ref == str(room.posts()[0].id)


async def test_card_of_a_deleted_topic_stands_once_in_the_new_one(room: Room) -> None:
    await room.send(CARD)
    room.fake.group.delete_topic(int(room.ticket.thread))
    await room.send(Message("Amir is helping"), kind=Kind.REPLACE)
    assert room.texts() == ["Amir is helping"]


async def test_deleted_topic_of_a_closed_ticket_is_not_made_again(room: Room) -> None:
    await room.send(CARD)
    room.store.tickets.rows[27] = replace(room.ticket, status=Status.CLOSED)
    room.fake.group.delete_topic(int(room.ticket.thread))
    await room.send(Message("Closed"), kind=Kind.REPLACE)
    await room.send(Message(), kind=Kind.CLOSE_THREAD)
    assert room.fake.group.chat.topics == {}


async def test_topic_closed_by_hand_is_opened_again(room: Room) -> None:
    await room.send(CARD)
    room.fake.group.close_topic(int(room.ticket.thread))
    await room.send(LINE)
    assert room.texts() == ["Briefing", "Ann writes:\n\nhello?"]


async def test_topic_is_closed_with_its_ticket_and_a_second_time_does_no_harm(room: Room) -> None:
    await room.send(CARD)
    for _ in range(2):
        await room.send(Message(), kind=Kind.CLOSE_THREAD)
    assert room.fake.group.chat.topics[int(room.ticket.thread)].closed


async def test_group_without_topics_gets_messages_headed_with_their_ticket(flat: Room) -> None:
    await flat.send(CARD)
    await flat.send(LINE)
    assert flat.fake.group.texts == ["Briefing", "#27 Ann · Spot a fake email\n\nAnn writes:\n\nhello?"]
    assert flat.ticket.thread == ""
    assert len(flat.fake.called("createForumTopic")) == 1


async def test_card_in_a_flat_group_is_brought_up_to_date_in_its_place(flat: Room) -> None:
    await flat.send(CARD)
    await flat.send(Message("Amir is helping"), kind=Kind.REPLACE)
    await flat.send(Message(), kind=Kind.CLOSE_THREAD)
    assert flat.fake.group.texts == ["Amir is helping"]


async def test_group_where_we_may_not_make_topics_is_flat(room: Room) -> None:
    room.fake.group.chat.may_manage_topics = False
    await room.send(LINE)
    assert room.fake.group.texts == ["#27 Ann · Spot a fake email\n\nAnn writes:\n\nhello?"]


async def test_moved_group_gets_the_message_once_at_its_new_place(flat: Room) -> None:
    await flat.send(CARD)
    flat.fake.group.migrate(-1002, flat.fake.user(50, "Amir"))
    await flat.send(LINE)
    assert flat.fake.group.texts == ["#27 Ann · Spot a fake email\n\nAnn writes:\n\nhello?"]
    assert flat.store.settings == {f"telegram.moved.{flat.home}": "-1002"}


async def test_move_is_known_after_a_restart(flat: Room) -> None:
    flat.store.settings = {f"telegram.moved.{flat.home}": "-1002", "telegram.moved.-1002": "-1003"}
    group = HelpersGroup(flat.store, flat.home)
    await group.load()
    assert group.id == -1003
    assert group.address == Address("telegram", str(flat.home))
    assert all(group.is_here(chat) for chat in (flat.home, -1002, -1003))


async def test_group_that_threw_us_out_may_let_us_in_again(room: Room, caplog: pytest.LogCaptureFixture) -> None:
    room.fake.group.kick_bot()
    with pytest.raises(TransportError) as raised:
        await room.send(CARD)
    assert (raised.value.permanent, raised.value.refused) == (False, False)
    assert [record.action for record in caplog.records] == ["group_waits"]  # type: ignore[attr-defined]


async def test_store_down_is_tried_again(room: Room) -> None:
    room.store.down = True
    with pytest.raises(TransportError) as raised:
        await room.send(CARD)
    assert (raised.value.permanent, raised.value.refused) == (False, False)


async def test_message_of_no_ticket_stands_in_the_group_itself(room: Room) -> None:
    await room.send(Message("Hello all"), ticket=None)
    assert room.fake.group.texts == ["Hello all"]
