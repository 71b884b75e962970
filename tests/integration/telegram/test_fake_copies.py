"""The fake Bot API copies, deletes and tells of members as the real one does, where we depend on it."""

from typing import Any

import pytest
from telegram.error import BadRequest

from tests.fake_bot_api import FakeBotApi
from tutorbot.channels.telegram.api import Api


@pytest.fixture
def picture(fake: FakeBotApi) -> int:
    """A picture that Ann has sent."""
    return fake.user(7, "Ann").send_media("photo", "My screen")


async def _refused(api: Api, method: str, **fields: Any) -> str:
    with pytest.raises(BadRequest) as raised:
        await api.call(method, **fields)
    return str(raised.value).lower()


async def test_copy_says_nothing_of_who_sent_it(api: Api, fake: FakeBotApi, picture: int) -> None:
    await api.call("copyMessage", chat_id=fake.group.id, from_chat_id=7, message_id=picture, protect_content=True)
    assert fake.transcript(fake.group.id) == "bot: <photo, not to be forwarded>\n    My screen"


async def test_words_below_a_copy_can_be_others(api: Api, fake: FakeBotApi, picture: int) -> None:
    made = await api.call("copyMessage", chat_id=fake.group.id, from_chat_id=7, message_id=picture, caption="Ann sent")
    assert fake.group.last.text == "Ann sent"
    await api.call("editMessageCaption", chat_id=fake.group.id, message_id=made["message_id"], caption="")
    assert fake.group.last.text == ""


async def test_album_is_copied_as_one_and_what_is_missing_is_left_out(api: Api, fake: FakeBotApi) -> None:
    first, second = fake.user(7, "Ann").send_album("photo", "video", caption="Both")
    fields = {"chat_id": fake.group.id, "from_chat_id": 7, "message_ids": [first, second, 99]}
    made = await api.call("copyMessages", remove_caption=True, **fields)
    assert len(made) == 2
    assert fake.transcript(fake.group.id) == "bot: <photo of an album>\nbot: <video of an album>"


@pytest.mark.parametrize(
    ("numbers", "words"), [([99], "no messages to copy"), ([], "no messages to copy"), ([2, 1], "strictly increasing")]
)
async def test_nothing_to_copy_is_refused(
    api: Api, fake: FakeBotApi, picture: int, numbers: list[int], words: str
) -> None:
    fields = {"chat_id": fake.group.id, "from_chat_id": 7, "message_ids": numbers}
    assert words in await _refused(api, "copyMessages", **fields)


async def test_copy_of_what_is_gone_or_may_not_be_copied_is_refused(api: Api, fake: FakeBotApi) -> None:
    story = fake.user(7, "Ann").send_media("story")
    fields = {"chat_id": fake.group.id, "from_chat_id": 7}
    assert "can't be copied" in await _refused(api, "copyMessage", message_id=story, **fields)
    assert "message to copy not found" in await _refused(api, "copyMessage", message_id=99, **fields)


async def test_message_is_deleted_within_48_hours_alone(api: Api, fake: FakeBotApi, picture: int) -> None:
    sent = [(await api.call("sendMessage", chat_id=7, text="Hello"))["message_id"] for _ in range(2)]
    await api.call("deleteMessage", chat_id=7, message_id=sent[0])
    assert [post.id for post in fake.user(7).chat.by_bot] == sent[1:]
    fake.world.later = 49 * 3600
    assert "can't be deleted for everyone" in await _refused(api, "deleteMessage", chat_id=7, message_id=sent[1])


async def test_topic_goes_with_its_messages(api: Api, fake: FakeBotApi) -> None:
    fields = {"chat_id": fake.group.id}
    topic = (await api.call("createForumTopic", name="#27 Ann", **fields))["message_thread_id"]
    await api.call("sendMessage", text="Hello", message_thread_id=topic, **fields)
    await api.call("deleteForumTopic", message_thread_id=topic, **fields)
    assert fake.group.texts == []
    assert "topic_id_invalid" in await _refused(api, "deleteForumTopic", message_thread_id=topic, **fields)


async def test_comings_and_goings_are_told_where_they_were_asked_for(api: Api, fake: FakeBotApi) -> None:
    amir, bea = fake.user(50, "Amir"), fake.user(51, "Bea")
    await api.call("getUpdates", allowed_updates=["message", "chat_member"])
    fake.group.leave(amir)
    fake.group.chat.bot_is_admin = False
    fake.group.remove(bea, by=amir)
    kinds = [next(kind for kind in update if kind != "update_id") for update in fake.waiting]
    assert kinds == ["message", "chat_member", "message"]
    assert fake.waiting[1]["chat_member"]["new_chat_member"]["status"] == "left"
