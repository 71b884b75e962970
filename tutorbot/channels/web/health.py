"""Whether we are well, for programs that look after programs. Small, without secrets, and cheap to ask for."""

import asyncio
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tutorbot.errors import SchemaMismatch, StoreUnavailable
from tutorbot.runtime.ports import Store
from tutorbot.runtime.pulse import Pulse

PATIENCE: Final = 3.0  # seconds within which the store has to answer


class Health:
    """Two questions: must the program be started again, and can it be given work?"""

    def __init__(self, store: Store, pulse: Pulse, patience: float = PATIENCE) -> None:
        self._store, self._pulse, self._patience = store, pulse, patience

    def routes(self) -> list[Route]:
        """Where they are asked."""
        return [Route("/healthz", self.healthz), Route("/readyz", self.readyz)]

    async def healthz(self, _request: Request) -> Response:
        """The event loop turns, or this would not be answered; 503 if one of our parts has ended."""
        ended = self._pulse.ended
        return JSONResponse({"status": "broken", "ended": ended} if ended else {"status": "ok"}, 503 if ended else 200)

    async def readyz(self, _request: Request) -> Response:
        """A turn could be kept now; 503 if not, and why."""
        why = await self._why_not()
        return JSONResponse({"status": "waiting", "why": why} if why else {"status": "ready"}, 503 if why else 200)

    async def _why_not(self) -> str:
        try:
            async with asyncio.timeout(self._patience):
                await self._store.transact(lambda tx: tx.upkeep.check())
        except SchemaMismatch:
            return "the database is not up to date"
        except StoreUnavailable:
            return "the database does not answer"
        except TimeoutError:
            return "the database is slow"
        return ""
