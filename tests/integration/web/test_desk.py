"""The helpers' desk as a browser without scripts sees it, with every real part behind it."""

import asyncio
import re
import sqlite3
from datetime import timedelta
from hashlib import sha256
from html import unescape

import pytest
from sqlalchemy import update
from starlette.testclient import TestClient

from tests.integration.store.sample import connected
from tests.integration.web.pages import Form, form_of, has_form
from tests.integration.web.town import ANN, NOW, Town, who
from tutorbot.desk.group import Group
from tutorbot.desk.ticket import Outcome, Status
from tutorbot.messages.message import Copied
from tutorbot.runtime.conversation import Incoming
from tutorbot.runtime.values import Address, Lease
from tutorbot.store.tables import EntryRow, table
from tutorbot.tutor.events import Media, MediaSent

HERE = "/desk/ticket/1"
OLU = Address("web", "olu")


@pytest.fixture
async def stuck(town: Town) -> Town:
    """Ann waits with ticket 1, for three minutes now."""
    assert await town.stuck() == 1
    town.now += timedelta(minutes=3)
    return town


@pytest.fixture
async def amir(stuck: Town) -> TestClient:
    """Amir's browser."""
    return await stuck.enter("Amir")


@pytest.fixture
async def dana(stuck: Town) -> TestClient:
    """The browser of Dana, who is a coordinator."""
    return await stuck.enter("Dana", coordinator=True)


def do(client: TestClient, act: str, **typed: str) -> str:
    """Send a form of the ticket's page; the words of the page it leads to."""
    return seen(form_of(client.get(HERE), f"{HERE}/{act}").press(client, **typed))


def can(client: TestClient, act: str) -> bool:
    """Whether the ticket's page offers it."""
    return has_form(client.get(HERE), f"{HERE}/{act}")


def seen(page: object) -> str:
    """A page's words, without what stands for letters."""
    return unescape(page.text)  # type: ignore[attr-defined]


async def in_doubt(town: Town, url: str, said: str) -> None:
    """Amir writes this, and nobody knows whether it arrived: as if it had been sent to another channel."""
    await town.desk.reply("in doubt", who("Amir"), 1, said)
    answer = (await town.store.read(lambda tx: tx.record.of_ticket(1)))[-1].id
    entries = table(EntryRow)
    doubtful = update(entries).where(entries.c.id == answer).values(unsure=True, given_up_at=NOW)
    with connected(url) as connection:
        connection.execute(doubtful)


# --- The queue ------------------------------------------------------------------------------------------------------


def test_queue_says_who_waits_how_long_and_why(amir: TestClient) -> None:
    page = seen(amir.get("/desk"))
    assert "1 person is waiting" in page
    assert "#1 Ann · Spot a fake email" in page
    assert "Waiting 3 minutes" in page
    assert "Asked for a person" in page


async def test_queue_shows_urgent_ones_first_and_in_words(amir: TestClient, stuck: Town) -> None:
    await stuck.stuck("Olu", OLU)
    form_of(amir.get("/desk/ticket/2"), "/desk/ticket/2/urgent").press(amir)
    page = seen(amir.get("/desk"))
    assert page.index("#2 Olu") < page.index("#1 Ann")
    assert page.index("Urgent") < page.index("#2 Olu")


async def test_queue_shows_mine_others_and_closed_apart(amir: TestClient, dana: TestClient, stuck: Town) -> None:
    await stuck.stuck("Olu", OLU)
    do(amir, "claim")
    form_of(dana.get("/desk/ticket/2"), "/desk/ticket/2/claim").press(dana)
    page = seen(amir.get("/desk"))
    assert page.index("You are helping") < page.index("#1 Ann") < page.index("Others are helping")
    assert "With Dana" in page
    do(amir, "close", outcome="referred")
    assert "Closed: gone to another service" in seen(amir.get("/desk"))


async def test_ticket_of_another_group_is_not_shown(amir: TestClient, stuck: Town) -> None:
    await _other_group(stuck)
    assert "Nobody is waiting" in do(amir, "hand_over", to=str((await stuck.desk.groups())[1].id))
    page = amir.get(HERE)
    assert page.status_code == 404
    assert "Ann" not in page.text
    assert amir.get(f"{HERE}/events").status_code == 404


async def _other_group(town: Town) -> None:
    await town.store.transact(lambda tx: tx.groups.add(Group(0, "Harbour library", invite="harbour"), NOW))


# --- One ticket -----------------------------------------------------------------------------------------------------


def test_ticket_shows_card_tries_and_picture_words(amir: TestClient) -> None:
    page = seen(amir.get(HERE))
    assert "Which sender looks real?" in page
    assert "help@paypa1.example" in page


async def test_picture_of_the_card_is_shown_with_its_words(town: Town) -> None:
    await town.says(ANN, "/start fake-email", "Ann")
    await town.presses(ANN, "person", "yes")
    amir = await town.enter("Amir")
    assert '<img src="/pictures/scams/w.png" alt="A warning"' in amir.get(HERE).text


def test_waiting_ticket_can_be_claimed_but_not_answered(amir: TestClient) -> None:
    assert can(amir, "claim")
    for act in ("reply", "release", "unsend", "show_card", "step_back", "transfer", "block"):
        assert not can(amir, act), act


def test_claimed_ticket_can_be_answered(amir: TestClient) -> None:
    do(amir, "claim")
    page = do(amir, "reply", text="Hello Ann.\nShall we look?")
    assert "Hello Ann.<br>\nShall we look?" in page
    assert "Amir (helper)" in page


async def test_answer_reaches_the_learner_and_a_note_does_not(amir: TestClient, stuck: Town) -> None:
    do(amir, "claim")
    do(amir, "reply", text="Look at the last letter.")
    page = do(amir, "note", text="<b>She</b> has an old phone.")
    assert "Note by Amir. Only helpers see it" in page
    assert "&lt;b&gt;She&lt;/b&gt;" in amir.get(HERE).text
    assert "Look at the last letter." in await stuck.read()
    assert "old phone" not in await stuck.read()


async def test_loser_of_a_claim_is_told_who_has_it(amir: TestClient, dana: TestClient) -> None:
    late = form_of(amir.get(HERE), f"{HERE}/claim")
    do(dana, "claim")
    assert "Dana has this one." in seen(late.press(amir))
    assert not can(amir, "reply")


def test_reply_sent_twice_is_one_reply(amir: TestClient) -> None:
    do(amir, "claim")
    form = form_of(amir.get(HERE), f"{HERE}/reply")
    form.press(amir, text="Hello there")
    assert seen(form.press(amir, text="Hello there")).count("Hello there") == 1


def test_ready_made_answer_is_put_into_the_box_after_what_was_typed(amir: TestClient, stuck: Town) -> None:
    do(amir, "claim")
    form = form_of(amir.get(HERE), f"{HERE}/reply")
    page = form.press(amir, "Put it in the box", text="Well done.", canned="hello")
    box = seen(page).partition('<textarea id="reply-text"')[2].partition("</textarea>")[0]
    assert box.partition(">\n")[2].startswith("Well done.\n\nHello Ann, I am Amir.")
    assert "Amir (helper)" not in page.text, "not sent yet"


async def test_answer_that_asks_for_a_secret_is_held_and_says_why(amir: TestClient, stuck: Town) -> None:
    do(amir, "claim")
    page = do(amir, "reply", text="Tell me your PIN")
    assert "Not sent yet: please look once more" in page
    assert "It may ask for a password or a code." in page
    assert "your PIN" not in await stuck.read()
    assert "Not sent yet" not in do(amir, "drop_held")
    do(amir, "reply", text="Never tell your PIN")
    do(amir, "send_held")
    assert "Never tell your PIN" in await stuck.read()


async def test_doubtful_answer_is_shown_and_sent_again_once(amir: TestClient, stuck: Town, sqlite_url: str) -> None:
    do(amir, "claim")
    await in_doubt(stuck, sqlite_url, "Press A")
    form = form_of(amir.get(HERE), f"{HERE}/send_again")
    assert "We do not know whether this arrived" in seen(amir.get(HERE))
    assert "I send it once more." in seen(form.press(amir))
    assert not can(amir, "send_again")
    assert "settled already" in seen(form.press(amir, nonce="another"))
    due = await stuck.store.transact(lambda tx: tx.outbox.claim(["web"], Lease("me", stuck.now), stuck.now))
    assert [one.message.said for one in due] == ["Press A"]


async def test_doubtful_answer_of_another_is_shown_without_buttons(
    amir: TestClient, stuck: Town, sqlite_url: str
) -> None:
    do(amir, "claim")
    await in_doubt(stuck, sqlite_url, "Press A")
    bea = await stuck.enter("Bea")
    assert "We do not know whether this arrived" in seen(bea.get(HERE))
    assert not can(bea, "arrived")
    assert "Nothing more is sent." in do(amir, "arrived")
    assert "We do not know whether this arrived" not in seen(bea.get(HERE))


async def test_last_answer_is_taken_back(amir: TestClient, stuck: Town) -> None:
    do(amir, "claim")
    do(amir, "reply", text="The first one")
    page = do(amir, "unsend")
    assert "The first one" not in page
    assert "took an answer back" in page


@pytest.mark.parametrize(("act", "word"), [("show_card", "showed the card again"), ("step_back", "back some steps")])
async def test_learner_is_shown_the_card_or_sent_back(amir: TestClient, stuck: Town, act: str, word: str) -> None:
    do(amir, "claim")
    before = await stuck.read()
    assert word in do(amir, act)
    assert await stuck.read() != before


@pytest.mark.parametrize("outcome", ["solved", "referred", "no_answer", "no_help"])
async def test_ticket_is_closed_with_its_outcome(amir: TestClient, stuck: Town, outcome: str) -> None:
    do(amir, "claim")
    assert "Who needs help?" in do(amir, "close", outcome=outcome)
    (closed,) = await stuck.store.read(lambda tx: tx.tickets.list(closed=True))
    assert closed.outcome == outcome


async def test_outcome_that_no_helper_can_choose_is_taken_for_solved(amir: TestClient, stuck: Town) -> None:
    do(amir, "close", outcome="cancelled")
    (closed,) = await stuck.store.read(lambda tx: tx.tickets.list(closed=True))
    assert closed.outcome is Outcome.SOLVED


async def test_ticket_is_given_back(amir: TestClient, stuck: Town) -> None:
    do(amir, "claim")
    assert "1 person is waiting" in do(amir, "release")
    assert "came back once" in seen(amir.get("/desk"))


async def test_ticket_is_given_to_another_helper(amir: TestClient, dana: TestClient, stuck: Town) -> None:
    do(amir, "claim")
    do(amir, "transfer", to=str((await stuck.helper("Dana")).id))
    assert "You have this one." in seen(dana.get(HERE))
    assert "gave it to another helper" in seen(dana.get(HERE))


async def test_coordinator_can_act_for_a_helper(amir: TestClient, dana: TestClient, stuck: Town) -> None:
    do(amir, "claim")
    assert can(dana, "release")
    do(dana, "release")
    (ticket,) = await stuck.store.read(lambda tx: tx.tickets.list())
    assert ticket.status is Status.WAITING


async def test_learner_is_stopped_with_a_reason_and_allowed_again(dana: TestClient, stuck: Town) -> None:
    do(dana, "claim")
    assert "cannot ask until a coordinator allows it" in do(dana, "block", text="Rude words.")
    assert "Rude words." not in await stuck.read()
    assert "can ask again" in do(dana, "unblock")


def test_unknown_ticket_gives_a_page_with_a_way_on(amir: TestClient) -> None:
    page = amir.get("/desk/ticket/99")
    assert page.status_code == 404
    assert 'href="/desk"' in page.text


@pytest.mark.parametrize("act", ["delete", "__class__", "reply/..", "send_held"])
async def test_unknown_act_changes_nothing(amir: TestClient, stuck: Town, act: str) -> None:
    Form(f"{HERE}/{act}").press(amir, text="x", to="7")
    case = await stuck.case(1)
    assert not case.entries
    assert case.ticket.status is Status.WAITING


def test_form_of_another_site_is_refused(amir: TestClient) -> None:
    form = form_of(amir.get(HERE), f"{HERE}/claim")
    assert form.press(amir, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert can(amir, "claim")


async def test_what_a_learner_sent_besides_words_is_said_in_words(amir: TestClient, stuck: Town) -> None:
    do(amir, "claim")
    picture = Copied("1001", (5,), "picture")
    await stuck.conversation.receive(
        Incoming("m", ANN, MediaSent(Media.PICTURE, copied=True), stuck.now, media=picture)
    )
    page = seen(amir.get(HERE))
    assert "[a picture; it can be seen in Telegram]" in page
    assert "1001" not in page


# --- Oneself --------------------------------------------------------------------------------------------------------


async def test_helper_says_whether_they_are_here(amir: TestClient, stuck: Town) -> None:
    page = form_of(amir.get("/desk"), "/desk/presence").press(amir, "I'm away")
    assert "Amir is <strong>away</strong>" in seen(page)
    assert not (await stuck.helper("Amir")).here
    form_of(page, "/desk/presence").press(amir, "I'm here")
    assert (await stuck.helper("Amir")).here


async def test_helper_changes_their_first_name_and_learners_see_it(amir: TestClient, stuck: Town) -> None:
    page = form_of(amir.get("/desk/me"), "/desk/me/name").press(amir, text="  Amira  Jane ")
    assert "Learners now see you as “Amira Jane”" in seen(page)
    do(amir, "claim")
    do(amir, "reply", text="Hello")
    assert "Amira Jane" in await stuck.read()
    assert "Amir " not in (await stuck.read()).replace("Amira", "")


@pytest.mark.parametrize("name", ["", " ", "1234", "x" * 41, "Ring 07700 900123", "t.me/amir", "\u202e"])
async def test_what_is_no_first_name_is_not_taken(amir: TestClient, stuck: Town, name: str) -> None:
    page = form_of(amir.get("/desk/me"), "/desk/me/name").press(amir, text=name)
    assert "Please write a first name" in seen(page)
    assert (await stuck.helper("Amir")).name == "Amir"


async def test_helper_sets_hours_and_languages(amir: TestClient, stuck: Town) -> None:
    form_of(amir.get("/desk/me"), "/desk/me/hours").press(amir, text="mon-fri 09:00-17:00")
    form_of(amir.get("/desk/me"), "/desk/me/languages").press(amir, text="en cy")
    helper = await stuck.helper("Amir")
    assert (helper.hours, helper.languages) == ("mon-fri 09:00-17:00", ("en", "cy"))
    assert 'value="mon-fri 09:00-17:00"' in amir.get("/desk/me").text


def test_hours_that_cannot_be_read_say_what_to_write(amir: TestClient) -> None:
    page = form_of(amir.get("/desk/me"), "/desk/me/hours").press(amir, text="<i>always</i>")
    assert "mon-fri 09:00-17:00, sat 10:00-12:00" in page.text
    assert "<i>always" not in page.text
    assert 'value="&lt;i&gt;always&lt;/i&gt;"' in page.text, "to be mended, not typed anew"
    assert 'value="&lt;i&gt;' not in amir.get("/desk/me").text


# --- The coordinator's page -----------------------------------------------------------------------------------------


async def test_overview_counts_waits_answers_and_ratings(dana: TestClient, stuck: Town) -> None:
    do(dana, "claim")
    do(dana, "reply", text="Look at the last letter.")
    stuck.now += timedelta(minutes=7)
    do(dana, "close", outcome="referred")
    await stuck.presses(ANN, "rate:some")
    await stuck.stuck("Olu", OLU)
    page = words(dana.get("/desk/overview"))
    assert "Waiting 1" in page
    assert "Longest wait less than a minute" in page
    assert "On now: Dana" in page
    assert "23 Nov 1 3 3" in page, "the first answer came after three minutes"
    assert "23 Nov 1 10 10" in page, "it was closed after ten"
    assert "A little 1" in page
    assert "Gone to another service 1" in page
    assert "Spot a fake email, card 2: Which sender looks real? 2" in page
    assert "Dana coordinator, here" in page


def test_overview_names_no_learner(dana: TestClient) -> None:
    assert "Ann" not in dana.get("/desk/overview?days=28").text


def test_every_drawing_has_words_and_a_table(dana: TestClient) -> None:
    page = dana.get("/desk/overview").text
    assert page.count("<svg ") == page.count('role="img"') == page.count("<desc ") == 3
    assert page.count("<table>") >= 3
    assert "<script" not in page.partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize(("days", "shown"), [("28", 28), ("x", 7), ("99999999999", 7), ("-1", 7), ("<b>", 7)])
def test_overview_looks_back_only_so_far(dana: TestClient, days: str, shown: int) -> None:
    page = dana.get("/desk/overview", params={"days": days})
    assert page.status_code == 200
    assert page.text.count("<td>0</td><td>–</td><td>–</td>") == 2 * shown, "a row in two tables for each day"


async def test_overview_is_for_coordinators_alone(amir: TestClient, stuck: Town) -> None:
    page = amir.get("/desk/overview")
    assert page.status_code == 403
    assert "This page is for coordinators" in page.text
    assert "Longest wait" not in page.text
    assert "/desk/overview" not in amir.get("/desk").text
    await stuck.coordinates("Amir")
    assert amir.get("/desk/overview").status_code == 200


async def test_role_that_was_taken_away_counts_at_once(dana: TestClient, stuck: Town) -> None:
    assert dana.get("/desk/overview").status_code == 200
    await stuck.office.set_roles("Dana", coordinator=False)
    assert dana.get("/desk/overview").status_code == 403


def words(page: object) -> str:
    """A page's words alone."""
    return " ".join(re.sub(r"<[^>]*>", " ", seen(page)).split()).replace(" .", ".").replace(" :", ":")


# --- The way in -----------------------------------------------------------------------------------------------------

CLOSED = ["/desk", HERE, "/desk/events", f"{HERE}/events", "/desk/me", "/desk/overview"]


@pytest.mark.parametrize("path", CLOSED)
def test_desk_is_closed_without_signing_in(stuck: Town, path: str) -> None:
    page = TestClient(stuck.app).get(path)
    assert page.status_code == 403
    assert "Ann" not in page.text
    assert "sign-in link" in page.text


async def test_link_works_once(town: Town) -> None:
    link = await town.link("Amir")
    first, second = TestClient(town.app), TestClient(town.app)
    assert form_of(first.get(link), "/desk/enter").press(first).url.path == "/desk"
    page = form_of(second.get(link), "/desk/enter").press(second)
    assert page.status_code == 403
    assert "This link was used before" in page.text


async def test_of_two_who_use_a_link_at_once_one_comes_in(town: Town) -> None:
    secret = (await town.link("Amir")).partition("token=")[2]
    opened = await asyncio.gather(*(town.desk.session_open(secret) for _ in range(8)))
    assert len([one for one in opened if one]) == 1


async def test_opening_a_link_does_not_use_it_up(town: Town) -> None:
    client, link = TestClient(town.app), await town.link("Amir")
    client.get(link)
    client.get(link)
    assert form_of(client.get(link), "/desk/enter").press(client).url.path == "/desk"


async def test_link_is_too_old_after_fifteen_minutes(town: Town) -> None:
    client, link = TestClient(town.app), await town.link("Amir")
    town.now += timedelta(minutes=15, seconds=1)
    assert form_of(client.get(link), "/desk/enter").press(client).status_code == 403


async def test_secrets_are_kept_only_as_digests(town: Town, sqlite_url: str) -> None:
    """Whoever reads the database cannot sign in."""
    link = (await town.link("Amir")).partition("token=")[2]
    session = await town.desk.session_open(link)
    kept = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))
    written = "\n".join(kept.iterdump())
    kept.close()
    assert sha256(link.encode()).hexdigest() in written
    assert link not in written
    assert session
    assert session not in written


async def test_session_ends_after_twelve_hours(amir: TestClient, stuck: Town) -> None:
    stuck.now += timedelta(hours=12, seconds=1)
    assert amir.get("/desk").status_code == 403


def test_signing_out_makes_the_cookie_worthless(amir: TestClient, stuck: Town) -> None:
    copy = TestClient(stuck.app, cookies=dict(amir.cookies))
    assert copy.get("/desk").status_code == 200
    form_of(amir.get("/desk"), "/desk/leave").press(amir, "Sign out")
    assert amir.get("/desk").status_code == 403
    assert copy.get("/desk").status_code == 403


async def test_session_can_be_revoked(amir: TestClient, stuck: Town) -> None:
    await stuck.desk.sessions_revoke((await stuck.helper("Amir")).id)
    assert amir.get("/desk").status_code == 403


async def test_words_written_after_the_end_of_a_session_are_not_lost(amir: TestClient, stuck: Town) -> None:
    do(amir, "claim")
    form = form_of(amir.get(HERE), f"{HERE}/reply")
    stuck.now += timedelta(hours=13)
    page = form.press(amir, text="Look at the last letter.")
    assert "Look at the last letter.</textarea>" in page.text
    case = await stuck.case(1)
    assert not case.entries


async def test_signing_in_makes_a_new_cookie(town: Town) -> None:
    """What somebody put into the browser before is not what opens the desk."""
    client = TestClient(town.app, cookies={"tutorbot_desk": "planted"})
    form_of(client.get(await town.link("Amir")), "/desk/enter").press(client)
    assert client.get("/desk").status_code == 200
    assert TestClient(town.app, cookies={"tutorbot_desk": "planted"}).get("/desk").status_code == 403
