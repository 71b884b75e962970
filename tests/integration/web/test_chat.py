"""The learner's chat as a browser without scripts sees it."""

import re

from starlette.testclient import TestClient

from tests.integration.web.fakes import World
from tests.integration.web.pages import Form, begin, form_of, has_form
from tutorbot.messages.message import Button, Copied, Message
from tutorbot.runtime.values import Author, Kind
from tutorbot.tutor.events import ChoicePicked


def test_first_visit_makes_no_cookie_and_no_learner(browser: TestClient, world: World) -> None:
    page = browser.get("/")
    assert has_form(page, "/start")
    assert not browser.cookies
    assert not world.conversation.heard


def test_start_opens_the_chat(browser: TestClient, world: World) -> None:
    page = begin(browser)
    assert world.conversation.written == ["/start"]
    assert "Hello. I am Tutorbot." in page.text
    assert "/start</p>" not in page.text


def test_start_pressed_twice_makes_one_learner(browser: TestClient, world: World) -> None:
    form = form_of(browser.get("/"), "/start")
    form.press(browser, "Start")
    browser.cookies.clear()
    form.press(browser, "Start")
    assert len(world.conversation.heard) == 1
    assert len(world.store.chats) == 1


def test_link_to_a_lesson_names_it_and_starts_it(browser: TestClient, world: World) -> None:
    page = browser.get("/?start=fake-email")
    assert "Spot a fake email" in page.text
    form_of(page, "/start").press(browser, "Start")
    assert world.conversation.written == ["/start fake-email"]


def test_link_to_a_lesson_asks_a_known_learner_first(browser: TestClient, world: World) -> None:
    begin(browser)
    page = browser.get("/?start=fake-email")
    assert "Welcome back" in page.text
    assert len(world.conversation.heard) == 1


def test_strange_link_is_a_plain_welcome(browser: TestClient, world: World) -> None:
    form_of(browser.get("/?start=../<b>"), "/start").press(browser, "Start")
    assert world.conversation.written == ["/start"]


def test_press_carries_action_step_and_words(browser: TestClient, world: World) -> None:
    form_of(begin(browser), "/press").press(browser, "🙋 Talk to a person")
    assert world.conversation.pressed == [ChoicePicked("person", step=1)]
    assert world.conversation.heard[-1].label == "🙋 Talk to a person"


def test_words_that_stood_on_no_button_of_ours_are_not_kept(browser: TestClient, world: World) -> None:
    """A forged press counts as a press, but nothing is said in our name; nor with the seal of another button."""
    form = form_of(begin(browser), "/press")
    _, seal, _ = form.buttons["▶ Next"][1].split(" ", 2)
    for number, forged in enumerate(("next I owe you 5", f"next {seal} I owe you 5", f"menu {seal} ▶ Next", "next")):
        page = Form("/press", {**form.fields, "nonce": str(number), "press": forged}).press(browser)
        assert "I owe you" not in page.text
    assert [one.label for one in world.conversation.heard[1:]] == [""] * 4
    assert [one.action for one in world.conversation.pressed] == ["next", "next", "menu", "next"]


def test_press_comes_back_to_the_newest_message(browser: TestClient) -> None:
    page = form_of(begin(browser), "/press").press(browser, "▶ Next")
    assert page.history[0].status_code == 303
    assert page.history[0].headers["location"] == "/#newest"
    assert 'id="newest"' in page.text.partition("Well done.")[0].rpartition("<div")[2]


def test_form_sent_twice_is_one_event(browser: TestClient, world: World) -> None:
    form = form_of(begin(browser), "/press")
    form.press(browser, "▶ Next")
    form.press(browser, "▶ Next")
    assert len(world.conversation.pressed) == 1


def test_same_words_in_a_new_form_are_a_new_event(browser: TestClient, world: World) -> None:
    page = begin(browser)
    for _ in range(2):
        page = form_of(page, "/say").press(browser, text="yes")
    assert world.conversation.written == ["/start", "yes", "yes"]


def test_other_words_in_a_form_sent_before_are_not_lost(browser: TestClient, world: World) -> None:
    form = form_of(begin(browser), "/say")
    form.press(browser, text="help")
    form.press(browser, text="help me please")
    assert world.conversation.written == ["/start", "help", "help me please"]


def test_long_text_reaches_the_tutor_whole(browser: TestClient, world: World) -> None:
    form_of(begin(browser), "/say").press(browser, text="ы" * 9000)
    assert world.conversation.written[-1] == "ы" * 9000


def test_empty_text_changes_nothing(browser: TestClient, world: World) -> None:
    page = form_of(begin(browser), "/say").press(browser, text="  ")
    assert page.status_code == 200
    assert world.conversation.written == ["/start"]


def test_markup_in_words_is_shown_letter_by_letter(browser: TestClient) -> None:
    page = form_of(begin(browser), "/say").press(browser, text="<script>alert(1)</script> **b**")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; **b**" in page.text
    assert "<script>alert" not in page.text


def test_markup_in_the_name_of_a_helper_is_shown_letter_by_letter(browser: TestClient, world: World) -> None:
    begin(browser)
    (address,) = world.store.chats
    world.conversation.say(address, Message(said="Hi"), Author.HELPER, name="<b>Amir</b>")
    assert "&lt;b&gt;Amir&lt;/b&gt; (volunteer)" in browser.get("/").text


def test_buttons_stand_only_under_the_newest_message(browser: TestClient) -> None:
    page = form_of(begin(browser), "/press").press(browser, "▶ Next")
    assert len(re.findall(r'value="next [0-9a-f]{32} ▶ Next"', page.text)) == 1
    assert form_of(page, "/press").fields["step"] == "7"


def test_message_that_replaces_takes_the_place_of_the_one_before(browser: TestClient, world: World) -> None:
    begin(browser)
    (address,) = world.store.chats
    world.store.write(address, Author.TUTOR, Message("Tick all", buttons=(Button("pick:0", "Hurry"),)))
    world.store.write(address, Author.LEARNER, Message(said="Hurry"))
    world.store.write(address, Author.TUTOR, Message("Tick all ☑", buttons=()), kind=Kind.REPLACE)
    page = browser.get("/").text
    assert "Tick all ☑" in page
    assert "Tick all</p>" not in page
    assert ">Hurry</p>" not in page


def test_toast_is_shown_once(browser: TestClient, world: World) -> None:
    page = begin(browser)
    world.conversation.toast = "You pressed this before."
    assert "You pressed this before." in form_of(page, "/press").press(browser, "▶ Next").text
    assert "You pressed this before." not in browser.get("/").text


def test_picture_has_words_for_those_who_cannot_see_it(browser: TestClient, world: World) -> None:
    picture = world.parts().library.curriculum.lesson("fake-email").cards[0].picture  # type: ignore[union-attr]
    world.conversation.answer = Message("Look.", picture=picture, buttons=())
    page = form_of(begin(browser), "/press").press(browser, "▶ Next")
    assert '<img src="/pictures/scams/w.png" alt="A warning"' in page.text


def test_picture_from_a_helper_in_telegram_is_said_in_words(browser: TestClient, world: World) -> None:
    begin(browser)
    (address,) = world.store.chats
    picture = Message(said="Look here", media=Copied("-100500", (7,), "picture"))
    world.conversation.say(address, picture, Author.HELPER, name="Amir")
    page = browser.get("/").text
    assert "[a picture, which cannot be shown here]" in page
    assert "-100500" not in page


def test_many_messages_are_shown_on_request(browser: TestClient, world: World) -> None:
    begin(browser)
    (address,) = world.store.chats
    for number in range(70):
        world.store.write(address, Author.TUTOR, Message(f"Message {number}."))
    page = browser.get("/")
    assert "Message 9." not in page.text
    assert "Message 9." in browser.get("/?older=1").text
    assert "/?older=1" in page.text


def test_leaving_forgets_the_learner_on_this_computer(browser: TestClient) -> None:
    begin(browser)
    form_of(browser.get("/leave"), "/leave").press(browser, "Forget me on this computer")
    assert not browser.cookies
    assert has_form(browser.get("/"), "/start")


def test_press_without_a_session_leads_to_the_welcome(browser: TestClient, world: World) -> None:
    page = Form("/press", {"nonce": "n", "press": "next", "step": "1"}).press(browser)
    assert has_form(page, "/start")
    assert not world.conversation.heard


def test_every_press_keeps_the_place_for_another_year(browser: TestClient) -> None:
    page = form_of(begin(browser), "/press").press(browser, "▶ Next")
    assert "max-age=31536000" in page.history[0].headers["set-cookie"].lower()
