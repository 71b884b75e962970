"""Nothing is kept for longer than we say; what may stay, stays."""

import pytest

from tests.integration.rights.conftest import AMIR, ANN, BEA, GROUP, WEB, Town
from tests.integration.store.sample import rows
from tutorbot.runtime.rights.values import Old
from tutorbot.runtime.values import Kind
from tutorbot.store.tables import AttemptRow, AuditRow, EntryRow, LearnerRow, TicketRow


async def closed(town: Town, *, urgent: bool = False) -> int:
    """Ann was helped, and the ticket is closed."""
    await town.learn()
    ticket = await town.be_helped()
    if urgent:
        await town.desk.mark_urgent(town.key(), AMIR, ticket)
    await town.desk.close(town.key(), AMIR, ticket)
    return ticket


async def test_what_was_said_goes_after_its_time_and_the_place_stays(town: Town, database_url: str) -> None:
    await town.learn(WEB)
    town.days_go_by(20)
    await town.says(WEB, "next")
    town.days_go_by(11)
    removed = await town.retention.prune(town.now)
    kept = rows(database_url, EntryRow)
    assert removed.messages > 0
    assert kept
    assert all((town.now - row.at).days < 30 for row in kept)
    assert len(rows(database_url, AttemptRow)) == 2


async def test_what_is_still_owed_is_never_too_old(town: Town, database_url: str) -> None:
    await town.learn()
    owed = [row.id for row in rows(database_url, EntryRow) if row.due_at]
    town.days_go_by(100)
    await town.retention.prune(town.now)
    assert [row.id for row in rows(database_url, EntryRow)] == owed


async def test_closed_ticket_goes_with_its_words_and_its_topic(town: Town, database_url: str) -> None:
    ticket = await closed(town)
    town.days_go_by(29)
    assert (await town.retention.prune(town.now)).tickets == 0
    town.days_go_by(2)
    assert (await town.retention.prune(town.now)).tickets == 1
    assert rows(database_url, TicketRow) == []
    assert [row for row in rows(database_url, EntryRow) if row.ticket is not None] == []
    assert [one.ref for one in town.sent_to(GROUP, Kind.DELETE_THREAD)] == [f"topic-{ticket}"]
    assert (await town.counts())[("ended", "solved")] == 1


async def test_open_ticket_stays_however_old_it_is(town: Town, database_url: str) -> None:
    await town.learn()
    await town.be_helped()
    town.days_go_by(400)
    await town.retention.prune(town.now)
    assert len(rows(database_url, TicketRow)) == 1
    assert [row for row in rows(database_url, EntryRow) if row.ticket is not None]


async def test_urgent_ticket_is_kept_for_a_year(town: Town) -> None:
    await closed(town, urgent=True)
    town.days_go_by(300)
    assert (await town.retention.prune(town.now)).tickets == 0
    town.days_go_by(66)
    assert (await town.retention.prune(town.now)).tickets == 1


async def test_who_does_not_come_back_is_forgotten_without_a_word(town: Town, database_url: str) -> None:
    await town.learn()
    await town.learn(BEA, "Bea")
    town.days_go_by(700)
    await town.says(BEA, "hello")
    sent = len(town.sent_to(ANN))
    town.days_go_by(31)
    assert (await town.retention.prune(town.now)).learners == 1
    assert [row.address for row in rows(database_url, LearnerRow)] == [str(BEA)]
    assert len(town.sent_to(ANN)) == sent
    assert (await town.counts())[("forgotten", "unused")] == 1


async def test_last_words_go_a_day_later(town: Town, database_url: str) -> None:
    await town.learn(WEB)
    await town.presses(WEB, "forget", "forget:sure", "forget:now")
    await town.retention.prune(town.now)
    assert len(rows(database_url, EntryRow)) == 1
    town.days_go_by(1.1)
    await town.retention.prune(town.now)
    assert rows(database_url, EntryRow) == []


async def test_old_acts_go(town: Town, database_url: str) -> None:
    assert rows(database_url, AuditRow)
    town.days_go_by(731)
    assert (await town.retention.prune(town.now)).acts == 1
    assert rows(database_url, AuditRow) == []


async def test_a_look_tells_what_would_go_and_removes_nothing(town: Town) -> None:
    await closed(town)
    town.days_go_by(31)
    before = await town.retention.look(town.now)
    assert (before.tickets, before.learners) == (1, 0)
    assert await town.retention.look(town.now) == before
    assert await town.retention.prune(town.now) == before
    assert await town.retention.look(town.now) == Old()


async def test_much_goes_in_small_pieces(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tutorbot.runtime.rights.retention.BATCH", 3)
    monkeypatch.setattr("tutorbot.runtime.rights.retention.TICKETS", 1)
    await closed(town)
    await town.says(BEA, *["hello"] * 5)
    await _all_sent(town)
    town.days_go_by(31)
    before = await town.retention.look(town.now)
    assert await town.retention.prune(town.now) == before
    assert await town.retention.look(town.now) == Old()


async def _all_sent(town: Town) -> None:
    ids = [one.id for one in town.owed]
    await town.store.transact(lambda tx: tx.outbox.sent(ids, "1", town.now))
