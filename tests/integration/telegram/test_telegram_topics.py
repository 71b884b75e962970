"""The helpers' group on the way out: a topic for each ticket, through all that people do to topics and groups."""

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.fake_bot_api import FakeBotApi, Posted, flood
from tests.integration.telegram.stubs import NO_COPIES, NOW, StubDesk, StubStore, ticket
from tutorbot.channels.telegram.api import Api
from tutorbot.channels.telegram.groups import HelpersGroups
from tutorbot.channels.telegram.pictures import Pictures
from tutorbot.channels.telegram.post import Post
from tutorbot.channels.telegram.topics import Topics
from tutorbot.channels.telegram.transport import TelegramTransport
from tutorbot.desk.ticket import Status, Ticket
from tutorbot.errors import TransportError
from tutorbot.messages.message import Button, Copied, Message
from tutorbot.messages.renderer import Renderer
from tutorbot.runtime.values import Address, Author, Entry, Kind, Owed

CARD = Message("**Briefing**", buttons=(Button("claim:27", "I'll help"),))
LINE = Message("**Ann** writes:", said="hello?")


@dataclass
class Room:
    """The way out to the group, and a store with ticket 27."""

    fake: FakeBotApi
    store: StubStore
    waits: list[Address]  # places taken in the group's pace, beside the one of each message
    groups: HelpersGroups
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


async def _room(fake: FakeBotApi, api: Api, tmp_path: Path) -> Room:
    store = StubStore([ticket()])
    groups, post = HelpersGroups(store), Post(api, Pictures(api, tmp_path), Renderer().words)
    await groups.load()
    waits: list[Address] = []

    async def wait(to: Address) -> None:
        waits.append(to)

    topics = Topics(api, store, groups, post, lambda _: CARD, wait)
    transport = TelegramTransport(store, post, topics, NO_COPIES, StubDesk().tell)
    return Room(fake, store, waits, groups, transport, fake.group.id)


@pytest.fixture
async def room(fake: FakeBotApi, api: Api, tmp_path: Path) -> Room:
    """A group with topics."""
    return await _room(fake, api, tmp_path)


@pytest.fixture
async def flat(fake: FakeBotApi, api: Api, tmp_path: Path) -> Room:
    """A group without topics."""
    fake.group.chat.forum = False
    return await _room(fake, api, tmp_path)


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
    groups = HelpersGroups(flat.store)
    await groups.load()
    home = groups.at(-1003)
    assert home is not None
    assert (home.now, home.address, home.group) == (-1003, Address("telegram", str(flat.home)), 1)
    assert groups.at(flat.home) == groups.at(-1002) == home
    assert groups.all == [home]


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


async def test_topic_takes_a_place_of_its_own_in_the_pace(room: Room) -> None:
    await room.send(CARD)
    await room.send(LINE)
    assert len(room.waits) == 1
    room.fake.group.delete_topic(int(room.ticket.thread))
    await room.send(LINE)
    assert len(room.waits) == 3  # the topic and its card once more


async def test_closed_topic_of_a_closed_ticket_is_closed_again(room: Room) -> None:
    await room.send(CARD)
    room.fake.group.close_topic(int(room.ticket.thread))
    room.store.tickets.rows[27] = replace(room.ticket, status=Status.CLOSED)
    await room.send(LINE)
    assert room.texts() == ["Briefing", "Ann writes:\n\nhello?"]
    assert room.fake.group.chat.topics[int(room.ticket.thread)].closed


async def test_last_words_stand_in_the_topic_that_is_closed(room: Room) -> None:
    await room.send(CARD)
    thread = room.ticket.thread
    room.store.tickets.rows[27] = replace(room.ticket, thread="", card_ref="", chat="telegram:-1002")
    ref = await room.send(Message("It went to York."), kind=Kind.CLOSE_THREAD, ref=thread)
    assert [post.text for post in room.posts(thread)] == ["Briefing", "It went to York."]
    assert room.fake.group.chat.topics[int(thread)].closed
    assert ref == thread


async def test_what_is_owed_to_a_group_that_a_ticket_has_left_is_let_go(room: Room) -> None:
    room.store.tickets.rows[27] = replace(room.ticket, chat="telegram:-1002")
    assert await room.send(CARD) == ""
    assert room.fake.group.chat.posts == {}


async def test_ticket_closed_before_anybody_saw_it_makes_no_topic(room: Room) -> None:
    room.store.tickets.rows[27] = replace(room.ticket, status=Status.CLOSED)
    for kind in (Kind.SAY, Kind.REPLACE, Kind.CLOSE_THREAD):
        await room.send(CARD if kind is not Kind.CLOSE_THREAD else Message(), kind=kind)
    assert room.fake.group.chat.posts == {}


async def test_topic_of_a_ticket_that_is_no_more_is_deleted_with_all_that_stands_in_it(room: Room) -> None:
    await room.send(CARD)
    thread = room.ticket.thread
    for _ in range(2):
        await room.send(Message(), kind=Kind.DELETE_THREAD, ref=thread, ticket=None)
    assert room.fake.group.chat.topics == {}
    assert room.fake.group.chat.posts == {}


async def test_answer_stands_below_what_it_answers(room: Room) -> None:
    await room.send(CARD)
    asked = room.fake.group.write(int(room.ticket.thread), room.fake.user(50, "Amir"), "/unsend")
    await room.send(Message("Taken back."), ref=str(asked))
    assert (room.posts()[-1].text, room.posts()[-1].reply_to) == ("Taken back.", asked)


async def test_answer_to_what_is_gone_is_said_all_the_same(flat: Room) -> None:
    await flat.send(Message("Taken back."), ref="99")
    assert flat.fake.group.texts == ["Taken back."]


async def test_question_with_buttons_is_no_card(room: Room) -> None:
    await room.send(CARD)
    await room.send(Message("How did it end?", buttons=(Button("solved:27", "Solved"),)))
    assert room.ticket.card_ref == str(room.posts()[0].id)


def _picture(fake: FakeBotApi, *kinds: str, said: str = "") -> Message:
    ids = fake.user(7, "Ann").send_album(*kinds) if len(kinds) > 1 else [fake.user(7, "Ann").send_media(*kinds)]
    return Message("Ann sends this:", said=said, media=Copied("7", tuple(ids), "picture"))


async def test_picture_of_a_learner_cannot_be_passed_on_by_helpers(room: Room) -> None:
    await room.send(_picture(room.fake, "photo"))
    (post,) = room.posts()
    assert (post.kind, post.text, post.protected) == ("photo", "Ann sends this:", True)


async def test_picture_in_a_deleted_topic_stands_in_the_new_one(room: Room) -> None:
    await room.send(CARD)
    room.fake.group.delete_topic(int(room.ticket.thread))
    await room.send(_picture(room.fake, "photo"))
    assert [post.kind or post.text for post in room.posts()] == ["Briefing", "photo"]


async def test_album_is_one_message_with_an_id_for_each_part(room: Room) -> None:
    ref = await room.send(_picture(room.fake, "photo", "photo", "video", said="Look"))
    posts = room.posts()
    assert ref.split() == [str(post.id) for post in posts]
    assert [post.text for post in posts] == ["Ann sends this:\n\nLook", "", ""]
    assert len(room.waits) == 1 + 1  # the topic, and the words, which an album takes only afterwards


async def test_album_without_words_has_no_heading_where_a_topic_says_whose_it_is(room: Room) -> None:
    await room.send(_picture(room.fake, "photo", "photo"))
    assert room.texts() == ["", ""]


async def test_album_in_a_flat_group_is_headed_with_its_ticket(flat: Room) -> None:
    await flat.send(_picture(flat.fake, "photo", "photo"))
    assert flat.fake.group.texts == ["#27 Ann · Spot a fake email\n\nAnn sends this:"]


def _delivered(room: Room, number: int, ref: str, message: Message) -> None:
    """An entry that was delivered before."""
    room.store.record.refs[number] = ref
    room.store.record.entries[number] = Entry(number, Author.DESK, message, NOW, ticket=27)


async def test_edit_leaves_what_was_said_in_the_same_message(room: Room) -> None:
    ref = await room.send(Message("Ann writes: wich\n\nAnn writes: please"))
    _delivered(room, 1, ref, Message("Ann writes:", said="wich"))
    _delivered(room, 2, ref, Message("Ann writes:", said="please"))
    await room.send(Message("Ann writes:", said="which"), kind=Kind.EDIT, of=1)
    assert room.texts() == ["Ann writes:\n\nwhich\n\nplease"]
    assert room.ticket.card_ref == ""


async def test_edit_of_what_never_came_here_is_said(room: Room) -> None:
    await room.send(LINE, kind=Kind.EDIT, of=1)
    assert room.texts() == ["Ann writes:\n\nhello?"]


async def test_edit_in_a_deleted_topic_stands_in_the_new_one(room: Room) -> None:
    ref = await room.send(LINE)
    _delivered(room, 1, ref, LINE)
    room.fake.group.delete_topic(int(room.ticket.thread))
    await room.send(Message("Ann writes:", said="hello!"), kind=Kind.EDIT, of=1)
    assert room.texts() == ["Briefing", "Ann writes:\n\nhello!"]


async def test_each_group_keeps_its_own_new_place(fake: FakeBotApi) -> None:
    store = StubStore(chats=("telegram:-5", "telegram:-6", "", "web:x"))
    groups = HelpersGroups(store)
    await groups.load()
    await groups.move(-6, -1006)
    await groups.move(-5, -1005)
    await groups.move(-1005, -10055)
    await groups.move(-7, -1007)
    assert [(home.group, home.address.id, home.now) for home in groups.all] == [(1, "-5", -10055), (2, "-6", -1006)]
