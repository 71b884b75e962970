"""The learner's chat in a real browser: live, by keyboard, without scripts."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import FakeSite, listening
from tutorbot.messages.message import Button, Message
from tutorbot.runtime.values import Address, Author, Kind

Visit = Callable[..., Page]


def begin(page: Page) -> Page:
    """Press Start; the chat."""
    page.get_by_role("button", name="Start").click()
    page.wait_for_url("**/#newest")
    return page


def learner(site: FakeSite) -> Address:
    """The one learner there is."""
    (address,) = site.world.store.chats
    return address


def test_press_shows_the_answer_without_loading_the_page_anew(site: FakeSite, visit: Visit) -> None:
    page = begin(visit())
    page.evaluate("window.same = true")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("Well done.")).to_be_visible()
    assert page.evaluate("window.same")


def test_reading_goes_on_at_the_answer(site: FakeSite, visit: Visit) -> None:
    page = begin(visit())
    page.get_by_role("button", name="Next").click()
    expect(page.locator(".bubble:focus")).to_contain_text("Well done.")


def test_message_that_comes_by_itself_arrives_without_reload(site: FakeSite, visit: Visit) -> None:
    page = begin(visit())
    listening(page)
    site.do(site.world.conversation.say, learner(site), Message(said="Hello Ann."), Author.HELPER, "Amir")
    bubble = page.locator(".bubble.helper")
    expect(bubble).to_contain_text("Amir (volunteer)")
    expect(bubble).to_contain_text("Hello Ann.")


def test_message_that_comes_by_itself_comes_into_sight(site: FakeSite, visit: Visit) -> None:
    page = begin(visit())
    listening(page)
    site.world.conversation.answer = Message("I have asked.\n\n" * 20)
    page.get_by_role("button", name="Next").click()
    expect(page.locator(".bubble:focus")).to_contain_text("I have asked.")
    site.do(site.world.conversation.say, learner(site), Message(said="Hello Ann."), Author.HELPER, "Amir")
    expect(page.locator(".bubble.helper")).to_be_in_viewport(ratio=0.9)


def test_message_that_comes_by_itself_leaves_those_alone_who_read_older_ones(site: FakeSite, visit: Visit) -> None:
    page = begin(visit())
    listening(page)
    for _ in range(3):
        site.do(site.world.conversation.say, learner(site), Message("Words. " * 200))
    expect(page.locator(".bubble")).to_have_count(4)
    page.evaluate("window.scrollTo(0, 0)")
    site.do(site.world.conversation.say, learner(site), Message(said="Hello Ann."), Author.HELPER, "Amir")
    expect(page.locator(".bubble.helper")).to_have_count(1)
    assert page.evaluate("window.scrollY") == 0


def test_no_message_is_shown_twice(site: FakeSite, visit: Visit) -> None:
    """The answer to a press comes by two ways at once: with the press, and by the stream."""
    page = begin(visit())
    listening(page)
    for count in (1, 2, 3):
        page.get_by_role("button", name="Next").click()
        expect(page.get_by_text("Well done.")).to_have_count(count)
    site.do(site.world.conversation.say, learner(site), Message("The end."))
    expect(page.get_by_text("The end.")).to_be_visible()
    shown = page.locator("[data-entry]").evaluate_all("all => all.map(one => Number(one.dataset.entry))")
    assert shown == sorted(set(shown))
    assert len(shown) == 1 + 3 * 2 + 1


def test_nothing_is_lost_while_the_stream_is_down(site: FakeSite, visit: Visit) -> None:
    page = begin(visit())
    listening(page)
    page.context.set_offline(True)
    page.evaluate("document.querySelector('[hx-sse\\\\:connect]')._htmx.sse.reader.cancel()")
    site.do(site.world.conversation.say, learner(site), Message("Said meanwhile."))
    page.context.set_offline(False)
    expect(page.get_by_text("Said meanwhile.")).to_have_count(1, timeout=15_000)


def test_what_is_being_written_survives_a_message(site: FakeSite, visit: Visit) -> None:
    page = begin(visit())
    listening(page)
    box = page.get_by_label("Or write here")
    box.press_sequentially("I am wri")
    site.do(site.world.conversation.say, learner(site), Message(said="Hello."), Author.HELPER, "Amir")
    expect(page.locator(".bubble.helper")).to_be_visible()
    page.keyboard.type("ting")
    expect(box).to_have_value("I am writing")
    expect(box).to_be_focused()


def test_message_that_replaces_takes_the_place_of_the_one_before(site: FakeSite, visit: Visit) -> None:
    page = begin(visit())
    listening(page)
    write = site.world.store.write
    site.do(write, learner(site), Author.LEARNER, Message(said="Hurry"))
    site.do(write, learner(site), Author.TUTOR, Message("Tick all. ☑"), kind=Kind.REPLACE)
    site.do(site.world.live.publish, str(learner(site)))
    expect(page.get_by_text("Tick all. ☑")).to_be_visible()
    expect(page.locator(".bubble")).to_have_count(1)


def test_buttons_follow_the_newest_message(site: FakeSite, visit: Visit) -> None:
    page = begin(visit())
    listening(page)
    question = Message("Which one?", buttons=(Button("pick:0", "The first"), Button("pick:1", "The second")), step=4)
    site.do(site.world.conversation.say, learner(site), question)
    page.get_by_role("button", name="The second").click()
    expect(page.locator(".bubble.learner")).to_contain_text("The second")
    expect(page.get_by_role("button", name="The second")).to_have_count(0)


def test_words_stay_in_the_box_when_we_are_not_reached(site: FakeSite, visit: Visit) -> None:
    page = begin(visit())
    site.world.store.down = True
    page.get_by_label("Or write here").fill("Please help me")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_contain_text("Your place is safe.")
    expect(page.get_by_label("Or write here")).to_have_value("Please help me")
    site.world.store.down = False
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".bubble.learner")).to_contain_text("Please help me")
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.get_by_label("Or write here")).to_have_value("")


def test_help_is_at_hand_when_the_network_is_gone(site: FakeSite, visit: Visit) -> None:
    page = begin(visit())
    page.context.set_offline(True)
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("alert")).to_be_visible()


def test_chat_works_by_keyboard_alone(site: FakeSite, visit: Visit) -> None:
    page = visit()
    _tab_to(page, "Start")
    page.keyboard.press("Enter")
    page.wait_for_url("**/#newest")
    _tab_to(page, "▶ Next")
    page.keyboard.press("Enter")
    expect(page.locator(".bubble:focus")).to_contain_text("Well done.")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "▶ Next"


def test_chat_works_without_scripts(site: FakeSite, visit: Visit) -> None:
    page = begin(visit(scripts=False))
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("Well done.")).to_be_visible()
    page.get_by_label("Or write here").fill("hello")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".bubble.learner").last).to_contain_text("hello")
    expect(page.locator("#newest")).to_be_in_viewport()


def test_newest_message_is_in_sight_on_a_plain_visit(site: FakeSite, visit: Visit) -> None:
    page = begin(visit())
    for number in range(12):
        site.do(site.world.store.write, learner(site), Author.TUTOR, Message(f"Message {number}. " * 12))
    site.do(site.world.store.write, learner(site), Author.LEARNER, Message(said="and then?"))
    site.do(site.world.store.write, learner(site), Author.TUTOR, Message("The answer."))
    page.goto(f"{site.address}/")
    expect(page.get_by_text("The answer.")).to_be_in_viewport()


def _tab_to(page: Page, label: str) -> None:
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText") == label:
            return
    raise AssertionError(f"the key Tab does not lead to {label}")
