"""A helper, even a coordinator, who tries every page and every form of the desk with a ticket of another group."""

from collections.abc import Iterator

import pytest
from starlette.routing import BaseRoute, Route
from starlette.testclient import TestClient

from tests.integration.web.pages import Form, form_of
from tests.integration.web.town import Town, who
from tutorbot.channels.web.desk.ticket import ACTS
from tutorbot.desk.group import Group
from tutorbot.desk.ticket import Status
from tutorbot.runtime.values import Address

OLU = Address("web", "olu")
SECRETS = ("Olu", "old phone", "PIN", "look at the")  # what the other group knows


@pytest.fixture
async def harbour(town: Town) -> Town:
    """Ann's ticket 1 is the first group's; Olu's ticket 2 is Harbour library's, where Noor answers, and an answer of
    hers is held."""
    await town.stuck()
    number = await town.store.transact(lambda tx: tx.groups.add(Group(0, "Harbour library", invite="h"), town.now))
    await town.link("Amir")
    await town.office.enlist("Noor", str(number))
    assert await town.stuck("Olu", OLU) == 2
    await town.desk.hand_over("over", who("Amir"), 2, number)
    await town.desk.claim("claim", who("Noor"), 2)
    await town.desk.reply("reply", who("Noor"), 2, "look at the last letter")
    await town.desk.note("note", who("Noor"), 2, "she has an old phone")
    await town.desk.reply("held", who("Noor"), 2, "What is your PIN?")
    return town


@pytest.fixture
async def attacker(harbour: Town) -> TestClient:
    """The browser of Amir, who coordinates the first group."""
    return await harbour.enter("Amir", coordinator=True)


def ways(routes: list[BaseRoute], ticket: int) -> Iterator[tuple[str, str]]:
    """Every way in to a ticket, as method and address."""
    for route in routes:
        if isinstance(route, Route) and "{ticket" in route.path:
            path = route.path.replace("{ticket:number}", str(ticket))
            for method in (route.methods or set()) - {"HEAD"}:
                yield from ((method, path.replace("{act}", act)) for act in (ACTS if "{act}" in path else [""]))


async def test_no_way_leads_to_a_ticket_of_another_group(attacker: TestClient, harbour: Town) -> None:
    before = repr(await harbour.case(2, "Noor"))
    tried = list(ways(harbour.app.routes, ticket=2))
    assert len(tried) > len(ACTS) + 3
    assert not [path for _, path in tried if "{" in path]
    for method, path in tried:
        page = attacker.get(path) if method == "GET" else Form(path).press(attacker, text="x", to="1", fill="yes")
        assert page.status_code == 404, path
        assert not [one for one in SECRETS if one in page.text], path
    assert not [one for one in SECRETS if one in attacker.get("/desk").text]
    assert repr(await harbour.case(2, "Noor")) == before


@pytest.mark.parametrize("act", ["send_held", "drop_held"])
async def test_held_answer_of_another_group_cannot_be_reached_by_a_ticket_of_ones_own(
    attacker: TestClient, harbour: Town, act: str
) -> None:
    (held,) = (await harbour.case(2, "Noor")).held
    page = Form(f"/desk/ticket/1/{act}").press(attacker, to=str(held.id))
    assert "belongs to another group" in page.text
    assert not [one for one in SECRETS if one in page.text]
    assert [one.id for one in (await harbour.case(2, "Noor")).held] == [held.id]


async def test_ticket_cannot_be_given_to_a_helper_of_another_group(attacker: TestClient, harbour: Town) -> None:
    noor = (await harbour.helper("Noor")).id
    page = Form("/desk/ticket/1/transfer").press(attacker, to=str(noor))
    assert "not at your group" in page.text
    assert (await harbour.case(1)).ticket.status is Status.WAITING


async def test_desk_itself_tells_another_group_nothing(harbour: Town) -> None:
    """The one door asks whoever comes through it, whatever page or chat they come from."""
    amir, stranger = who("Amir"), who("Nobody")
    assert await harbour.desk.case(amir, 2) == "not_your_group"
    assert await harbour.desk.case(stranger, 2) == "not_joined"
    assert not await harbour.desk.held_of(amir, 2)
    assert [one.id for one in await harbour.desk.queue(amir)] == [1]
    assert not await harbour.desk.queue(stranger)


async def test_words_for_a_ticket_that_went_to_another_group_are_not_lost(attacker: TestClient, harbour: Town) -> None:
    page = Form("/desk/ticket/2/reply").press(attacker, text="Look here, Olu")
    assert page.status_code == 404
    assert "Look here, Olu</textarea>" in page.text
    assert "not sent" in page.text


async def test_audit_is_a_file_of_the_coordinators_own_group(attacker: TestClient, harbour: Town) -> None:
    """Also of what was done before the ticket went to the other group; and taking the file is an act."""
    page = form_of(attacker.get("/desk/overview"), "/desk/acts").press(attacker, "For a spreadsheet (CSV)", since="")
    assert page.headers["content-disposition"] == 'attachment; filename="acts.csv"'
    head, *lines = page.text.splitlines()
    assert head == "at,act,name,helper,ticket,detail"
    assert any(",handed_over,Amir," in line for line in lines)
    assert ",exported,Amir," in lines[-1]
    assert "Noor" not in page.text
    assert not [one for one in SECRETS if one in page.text]


async def test_audit_for_programs_says_the_same(attacker: TestClient) -> None:
    form = form_of(attacker.get("/desk/overview"), "/desk/acts")
    acts = form.press(attacker, "For a program (JSON)", since="2026-11-23").json()
    assert {act["name"] for act in acts} == {"Amir"}
    assert form.press(attacker, "For a program (JSON)", since="2030-01-01").json() == []
    assert len(form.press(attacker, "For a program (JSON)", since="<b>").json()) > len(acts)


async def test_audit_is_for_coordinators_alone(harbour: Town) -> None:
    noor = await harbour.enter("Noor")
    page = Form("/desk/acts").press(noor, form="csv")
    assert page.status_code == 403
    assert "This page is for coordinators" in page.text
    assert TestClient(harbour.app).get("/desk/acts").status_code == 405
