"""Names that people give themselves, on every page that shows them: letter by letter, and nothing but letters."""

import base64
import json
import re
from html import escape, unescape

import pytest
from itsdangerous import TimestampSigner
from starlette.testclient import TestClient

from tests.integration.web.pages import form_of
from tests.integration.web.town import ANN, Town

NAMES = (
    "Bo <3",
    "'; DROP TABLE learners; --",
    "Bo {{1337*1337}}",
    "Bo ${1337*1337}",
    "<b onclick=x>Bo</b>",
    "&lt;i&gt;",
    "**bold**",
    "%(a)s",
)
MASKED = "Ann\u202egnp.exe\u2066"  # would turn round what stands behind it


async def town_of(town: Town, name: str) -> TestClient:
    """A learner, a helper who coordinates, and a group, all of this name; the helper has the learner's ticket."""
    await town.office.set_group("1", name=name)
    client = await town.enter("Amir", coordinator=True)
    form_of(client.get("/desk/me"), "/desk/me/name").press(client, text=name)
    await town.stuck(name)
    form_of(client.get("/desk/ticket/1"), "/desk/ticket/1/claim").press(client)
    form_of(client.get("/desk/ticket/1"), "/desk/ticket/1/note").press(client, text=name)
    form_of(client.get("/desk/ticket/1"), "/desk/ticket/1/reply").press(client, text=name)
    return client


def seen(html: str) -> str:
    """The words that a browser shows, and what stands in boxes."""
    boxes = " ".join(re.findall(r'value="([^"]*)"', html))
    return unescape(re.sub(r"<[^>]*>", "", html) + boxes)


@pytest.mark.parametrize("name", NAMES)
async def test_name_is_shown_letter_by_letter_on_every_page(town: Town, name: str) -> None:
    helper = await town_of(town, name)
    learner = TestClient(town.app, cookies=_cookie_of_ann(town))
    pages = [helper.get(f"/desk{path}") for path in ("", "/ticket/1", "/me", "/overview", "/overview?days=28")]
    form_of(helper.get("/desk/ticket/1"), "/desk/ticket/1/close").press(helper)
    pages += [helper.get("/desk"), helper.get("/desk/ticket/1"), learner.get("/"), learner.get("/mydata")]
    for page in pages:
        assert page.status_code == 200
        assert name in seen(page.text), page.url
        assert name == escape(name, quote=False) or name not in page.text, "never as it is"
        assert "1787569" not in page.text, "never worked out"


async def test_letters_that_turn_text_round_are_taken_out(town: Town) -> None:
    helper = await town_of(town, MASKED)
    learner = TestClient(town.app, cookies=_cookie_of_ann(town))
    for page in (helper.get("/desk"), helper.get("/desk/ticket/1"), learner.get("/"), learner.get("/mydata")):
        assert "Anngnp.exe" in seen(page.text)
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", page.text), page.url


def _cookie_of_ann(town: Town) -> dict[str, str]:
    """What her browser holds, signed as by our pages."""
    held = base64.b64encode(json.dumps({"id": ANN.id}).encode())
    return {"tutorbot_chat": TimestampSigner(f"chat:{town.parts.secret_key}").sign(held).decode()}
