"""One-time links by which helpers sign in to the desk. Only the digest of a link is kept."""

from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from urllib.parse import urlencode

from tutorbot.runtime.desk import Who
from tutorbot.runtime.ports import Store
from tutorbot.runtime.values import Address

LIFETIME = timedelta(minutes=15)


def who(name: str) -> Who:
    """The helper of this name at the desk; upper and lower case are one."""
    return Who(Address("desk", name.strip().casefold()), name.strip())


async def make_link(
    store: Store, name: str, now: datetime, base_url: str, chance: Callable[[], str] = token_urlsafe
) -> str:
    """A link that signs in the helper of this name, once, within `LIFETIME`."""
    token = chance()
    await store.transact(lambda tx: tx.helpers.add_link(name.strip(), _digest(token), now + LIFETIME))
    return sign_in_address(base_url, token)


def sign_in_address(base_url: str, secret: str) -> str:
    """The address of a link, by its secret."""
    return f"{base_url.rstrip('/')}/desk/enter?{urlencode({'token': secret})}"


async def use_link(store: Store, token: str, now: datetime) -> str | None:
    """The name of the helper whom the link signs in, which uses it up; None if it was used, is too old or never was."""
    return await store.transact(lambda tx: tx.helpers.use_link(_digest(token), now))


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
