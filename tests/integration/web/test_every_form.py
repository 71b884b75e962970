"""What holds for every form and every template there is, also for those that come later."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.routing import Route
from starlette.testclient import TestClient

from tests.integration.web.pages import Form, form_of
from tests.integration.web.town import Town
from tutorbot.channels.web import forms
from tutorbot.channels.web.app import make_app
from tutorbot.channels.web.desk.ticket import ACTS

TEMPLATES = Path(forms.__file__).parent.parent
EVIL = {"origin": "https://evil.example", "referer": "https://evil.example/"}


def taken(town: Town) -> Iterator[str]:
    """The addresses that take forms."""
    for route in town.app.routes:
        if isinstance(route, Route) and "POST" in (route.methods or ()):
            path = route.path.replace("{ticket:number}", "1")
            yield from (path.replace("{act}", act) for act in ACTS) if "{act}" in path else [path]


@pytest.fixture
async def dana(town: Town) -> TestClient:
    """The browser of a coordinator, which is a learner's too."""
    await town.stuck()
    client = await town.enter("Dana", coordinator=True)
    form_of(client.get("/"), "/start").press(client)
    return client


async def test_no_form_is_taken_from_another_site(dana: TestClient, town: Town) -> None:
    before, paths = repr(await town.case(1, "Dana")), list(taken(town))
    assert {"/start", "/press", "/say", "/leave", "/desk/enter", "/desk/leave", "/desk/acts"} < set(paths)
    assert not [path for path in paths if "{" in path]
    for path in paths:
        assert Form(path, {"text": "x"}).press(dana, headers=EVIL).status_code == 403, path
        assert dana.post(path, data={"text": "x"}).status_code == 403, path
    assert repr(await town.case(1, "Dana")) == before
    assert dana.get("/desk").status_code == 200, "still signed in"


async def test_no_form_may_be_longer_than_allowed(dana: TestClient, town: Town) -> None:
    for path in taken(town):
        assert Form(path).press(dana, text="x" * (forms.LIMIT + 1)).status_code == 413, path


async def test_cookie_of_the_desk_is_kept_from_scripts_and_other_sites(town: Town) -> None:
    client = TestClient(town.app)
    page = form_of(client.get(await town.link("Amir")), "/desk/enter").press(client)
    cookie = page.history[0].headers["set-cookie"].lower()
    assert {"httponly", "samesite=lax", "path=/", "max-age=43200"} <= set(cookie.split("; "))


async def test_cookie_of_the_desk_over_https_can_be_set_by_nobody_else(town: Town) -> None:
    base = "https://tutor.example"
    client = TestClient(make_app(replace(town.parts, public_url=base)), base_url=base)
    link = (await town.link("Amir", base)).removeprefix(base)
    cookie = form_of(client.get(link), "/desk/enter").press(client).history[0].headers["set-cookie"]
    assert cookie.startswith("__Host-tutorbot_desk=")
    assert "secure" in cookie.lower().split("; ")


@pytest.mark.parametrize("template", sorted(TEMPLATES.glob("*/templates/**/*.html")), ids=lambda path: path.name)
def test_no_template_has_code_or_style_in_it(template: Path) -> None:
    """The browser would not run it: see the policy in `guard`."""
    html = template.read_text("utf-8")
    assert not re.search(r"<script(?![^>]*\bsrc=)", html)
    assert not re.search(r"\son[a-z]+\s*=", html)
    assert not re.search(r"\sstyle\s*=|<style|javascript:", html)
    assert "| safe" not in html
    assert "autoescape" not in html
