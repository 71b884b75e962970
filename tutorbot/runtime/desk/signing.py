"""How helpers sign in to the web desk: a one-time link opens a session, and only digests of both are kept.

Who helps on the web alone is here from signing in until signing out; others say themselves when they come and go.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

from tutorbot.desk.audit import Act
from tutorbot.desk.helper import Helper
from tutorbot.runtime.desk.tools import Who
from tutorbot.runtime.ports import Store, Transaction

LINK = timedelta(minutes=15)  # how long a link is good
SESSION = timedelta(hours=12)
WEB_ALONE = "desk"  # the channel of helpers who are on no other


class Signing:
    """The desk's door on the web."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store, self._clock = store, clock

    async def sign_in_link(self, who: Who) -> str:
        """The secret of a link that signs this helper in, once; "" if they have not joined."""
        secret = token_urlsafe()

        def work(tx: Transaction) -> str:
            helper = tx.helpers.of_address(who.address)
            if helper is None or not helper.joined:
                return ""
            tx.signing.add_link(helper.id, _digest(secret), self._clock() + LINK)
            return secret

        return await self._store.transact(work)

    async def session_open(self, token: str) -> str | None:
        """The secret of a new session, for the secret of a link, which is used up; None if that is worth nothing."""
        secret = token_urlsafe()

        def work(tx: Transaction) -> str | None:
            now = self._clock()
            number = tx.signing.use_link(_digest(token), now)
            helper = tx.helpers.get(number) if number else None
            if helper is None or not helper.joined:
                return None
            tx.signing.open(helper.id, _digest(secret), now + SESSION)
            _come_or_go(tx, helper, here=True)
            tx.audit.add(Act.SIGNED_IN, now, helper)
            return secret

        return await self._store.transact(work)

    async def session_helper(self, secret: str) -> Helper | None:
        """The helper of this session; None if it has ended, or they have left the desk."""

        def look(tx: Transaction) -> Helper | None:
            number = tx.signing.helper_of(_digest(secret), self._clock())
            helper = tx.helpers.get(number) if number else None
            return helper if helper and helper.joined else None

        return await self._store.read(look)

    async def session_who(self, secret: str) -> Who | None:
        """The same helper, as the acts of the desk know them."""

        def look(tx: Transaction) -> Who | None:
            number = tx.signing.helper_of(_digest(secret), self._clock())
            helper = tx.helpers.get(number) if number else None
            return Who(tx.helpers.address_of(helper.id), helper.name) if helper and helper.joined else None

        return await self._store.read(look)

    async def session_close(self, secret: str) -> None:
        """Sign out."""

        def work(tx: Transaction) -> None:
            now = self._clock()
            number = tx.signing.helper_of(_digest(secret), now)
            tx.signing.close(_digest(secret))
            if number and (helper := tx.helpers.get(number)):
                _come_or_go(tx, helper, here=False)
                tx.audit.add(Act.SIGNED_OUT, now, helper)

        await self._store.transact(work)

    async def sessions_revoke(self, helper_id: int) -> int:
        """Sign a helper out everywhere; how many sessions that ends."""
        return await self._store.transact(lambda tx: tx.signing.revoke(helper_id))


def _come_or_go(tx: Transaction, helper: Helper, *, here: bool) -> None:
    if tx.helpers.address_of(helper.id).channel == WEB_ALONE:
        tx.helpers.save(replace(helper, here=here))
        tx.tell("desk")


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
