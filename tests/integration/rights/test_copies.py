"""Who asks gets a copy of all that is kept about them, and of nobody else."""

import json
from typing import Any

from tests.integration.rights.conftest import AMIR, ANN, BEA, WEB, Town
from tutorbot.messages.message import Copied
from tutorbot.runtime.conversation import Incoming
from tutorbot.runtime.values import Address
from tutorbot.tutor.events import Media, MediaSent
from tutorbot.tutor.replies import Document


async def data(town: Town, who: Address = ANN) -> Any:
    file = await town.copies.file(who, Document.DATA)
    assert file
    return json.loads(file.content)


async def test_the_data_hold_all_that_is_kept(town: Town) -> None:
    await town.learn()
    ticket = await town.be_helped()
    kept = await data(town)
    assert kept["state"]["name"] == "Ann"
    assert kept["addresses"] == ["telegram:…001"]
    assert [(one["card"], one["right"]) for one in kept["answers"]] == [("sender", False), ("sender", True)]
    assert [one["lesson"] for one in kept["lessons"]] == ["fake-email"]
    assert [(one["skill"], one["name"]) for one in kept["skills"]] == [("S5", "Keeping what is about others private")]
    assert [(one["id"], one["helper"]) for one in kept["tickets"]] == [(ticket, "Amir")]
    said = {(one["who"], one["name"]): one["text"] for one in kept["talk"]}
    assert "Shall we look at it together?" in said[("helper", "Amir")]
    assert said[("note", "Amir")] == "She has an old phone."
    assert said[("learner", "")] == "yes please"


async def test_the_page_reads_well(town: Town) -> None:
    await town.learn()
    await town.be_helped()
    page = await town.copies.page(ANN)
    assert page
    assert page.startswith("# What I keep about you")
    for line in (
        "- Name: Ann",
        "- Language: English",
        "- Your lesson: Spot a fake email",
        "in Telegram, by the number of your account there, which ends in 001",
        "- Keeping what is about others private: 2 tries",
        "Spot a fake email: help\\@paypa1\\.example",
        "answered by Amir",
        "a note of Amir, for helpers: She has an old phone\\.",
    ):
        assert line in page


async def test_words_of_people_are_no_markup_on_the_page(town: Town) -> None:
    await town.says(ANN, "/start", "**Bob** <b>", "# <script>alert(1)</script>")
    file = await town.copies.file(ANN, Document.PAGE)
    assert file
    html = file.content.decode()
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "**Bob** &lt;b&gt;" in html


async def test_nobody_gets_anything_of_others(town: Town) -> None:
    await town.learn()
    await town.learn(BEA, "Beatrice")
    assert "Beatrice" not in json.dumps(await data(town))
    assert "1001" not in json.dumps(await data(town))


async def test_who_is_not_known_gets_nothing(town: Town) -> None:
    assert await town.copies.page(WEB) is None
    assert await town.copies.file(WEB, Document.DATA) is None


async def test_note_that_names_another_question_is_held_back_and_told_of(town: Town) -> None:
    await town.learn()
    ticket = await town.be_helped()
    await town.desk.note(town.key(), AMIR, ticket, f"Like #{ticket + 1}, but #{ticket} is older.")
    await town.desk.note(town.key(), AMIR, ticket, f"See #{ticket}.")
    kept = await data(town)
    notes = [one["text"] for one in kept["talk"] if one["who"] == "note"]
    assert notes == ["She has an old phone.", f"See #{ticket}."]
    assert kept["notes_held_back"] == 1
    assert "1 note of a helper is not shown here" in (await town.copies.page(ANN) or "")


async def test_notes_about_danger_are_held_back(town: Town) -> None:
    await town.learn()
    ticket = await town.be_helped()
    await town.desk.mark_urgent(town.key(), AMIR, ticket)
    assert (await data(town))["notes_held_back"] == 1
    assert "old phone" not in (await town.copies.page(ANN) or "")


async def test_asking_for_the_copy_owes_a_page_and_a_file(town: Town) -> None:
    await town.learn()
    await town.says(ANN, "/mydata")
    assert [one.message.document for one in town.owed[-2:]] == [Document.PAGE, Document.DATA]


async def test_what_was_sent_instead_of_words_is_named(town: Town) -> None:
    await town.learn()
    await town.be_helped()
    photo = Copied("1001", (7,), "picture")
    incoming = Incoming(town.key(), ANN, MediaSent(Media.PICTURE, copied=True), town.now, media=photo)
    await town.conversation.receive(incoming)
    assert "[picture]" in [one["text"] for one in (await data(town))["talk"]]


async def test_copy_holds_no_place_where_helpers_talk(town: Town) -> None:
    await town.learn()
    await town.be_helped()
    written = json.dumps(await data(town))
    assert "topic-" not in written
    assert "-100500" not in written


async def test_the_page_tells_how_a_question_was_rated(town: Town) -> None:
    await town.learn()
    ticket = await town.be_helped()
    await town.desk.close(town.key(), AMIR, ticket)
    await town.presses(ANN, "rate:some")
    page = await town.copies.page(ANN)
    assert page
    assert "answered by Amir, you said that it helped a little\n" in page
