"""A learner is stuck and is helped, over the web alone, with every real part behind the pages."""

from starlette.testclient import TestClient

from tests.integration.web.pages import begin, form_of
from tests.integration.web.town import Town


async def test_stuck_learner_is_helped_and_goes_on(town: Town) -> None:
    ann = TestClient(town.app)
    page = form_of(ann.get("/?start=fake-email"), "/start").press(ann, "Start")
    page = form_of(page, "/say").press(ann, text="Ann")
    page = form_of(page, "/press").press(ann, "🙋 Talk to a person")
    page = form_of(page, "/press").press(ann, "Yes, ask a person")

    amir = await town.enter("Amir")
    assert "#1 Ann · Spot a fake email" in amir.get("/desk").text
    ticket = form_of(amir.get("/desk/ticket/1"), "/desk/ticket/1/claim").press(amir)
    ticket = form_of(ticket, "/desk/ticket/1/reply").press(amir, text="Hello Ann <3")
    assert "Hello Ann &lt;3" in ann.get("/").text

    page = form_of(ann.get("/"), "/say").press(ann, text="thank you")
    assert "thank you" in amir.get("/desk/ticket/1").text
    form_of(amir.get("/desk/ticket/1"), "/desk/ticket/1/close").press(amir)
    page = form_of(ann.get("/"), "/press").press(ann, "Yes")
    assert "Why it matters" in page.text.partition('id="newest"')[2]


def test_words_of_a_card_are_explained_and_lead_back(town: Town) -> None:
    ann = TestClient(town.app)
    form_of(ann.get("/?start=fake-email"), "/start").press(ann, "Start")
    page = form_of(ann.get("/"), "/press").press(ann, "Skip this")
    page = form_of(page, "/press").press(ann, "📖 Words")
    page = form_of(page, "/press").press(ann, "📖 email")
    assert "A letter that comes over the internet." in page.text.partition('id="newest"')[2]
    page = form_of(page, "/press").press(ann, "▶ Back to my lesson")
    assert "1 of 5" in page.text.partition('id="newest"')[2]
    page = form_of(page, "/say").press(ann, text="wat is a brouser")
    assert "The app you use to look at websites." in page.text.partition('id="newest"')[2]


def test_same_form_twice_is_one_turn(town: Town) -> None:
    ann = TestClient(town.app)
    form = form_of(begin(ann), "/say")
    once = form.press(ann, text="Ann").text.count("data-entry")
    assert form.press(ann, text="Ann").text.count("data-entry") == once
