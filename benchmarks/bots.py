"""A bot that runs: its processes on the CPUs of the bots, its Bot API, its learners, its database."""

import asyncio
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path
from typing import Self

from benchmarks.cpus import BOTS_CPUS, cpu_of, memory_of
from benchmarks.kinds import CHECKOUT, Kind, Place, Program
from benchmarks.learners import Learners
from benchmarks.postgres import Postgres

STARTS = 60.0  # seconds in which a bot must ask for updates
STOPS = 10.0
SOON = 0.02  # seconds between two looks


class Bot:
    """A running bot. Use with `async with`."""

    def __init__(self, kind: Kind, folder: Path, server: Postgres | None = None, seed: int = 1) -> None:
        """RuntimeError if it needs a server and there is none."""
        if kind.on_postgres and server is None:
            raise RuntimeError("there is no PostgreSQL")
        self.name = kind.name
        self.learners = Learners(seed)
        self.folder = folder
        self._kind = kind
        self._server = server if kind.on_postgres else None
        self._database = self._server.database(folder.name) if self._server else ""
        self._processes: list[asyncio.subprocess.Process] = []

    async def __aenter__(self) -> Self:
        await self.learners.api.start()
        try:
            await self.start()
        except BaseException:
            await self.__aexit__()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()
        await self.learners.api.stop()

    async def start(self) -> float:
        """Start it; the seconds until it asked for updates. RuntimeError if it does not."""
        self.folder.mkdir(parents=True, exist_ok=True)
        api = self.learners.api
        api.asked.clear()
        programs = self._kind.programs(Place(api.url, self.folder, self._database))
        api.ports = [program.port for program in programs if program.port]
        clock = asyncio.get_running_loop().time
        begin = clock()
        self._processes = [await self._launch(*numbered) for numbered in enumerate(programs)]
        await self._until_asked()
        took = clock() - begin
        if len(programs) > 1:
            await self._until_open(api.ports)
        return took

    async def stop(self) -> None:
        """End the processes that we started."""
        alive, self._processes = [one for one in self._processes if one.returncode is None], []
        for process in alive:
            process.send_signal(signal.SIGTERM)
        await asyncio.gather(*map(_end, alive))

    async def stop_cleanly(self) -> float:
        """End them; how many seconds it took. RuntimeError if one had to be killed or says that something is amiss."""
        processes, clock = self._processes, asyncio.get_running_loop().time
        begin = clock()
        await self.stop()
        if odd := [process.returncode for process in processes if process.returncode != 0]:
            raise RuntimeError(f"{self.name} ended with {odd}, after {clock() - begin:.1f} s:\n{self.log}")
        return clock() - begin

    @property
    def log(self) -> str:
        """The last lines it wrote."""
        return "\n".join((self.folder / "log.txt").read_text("utf-8", "replace").splitlines()[-15:])

    @property
    def cpus(self) -> list[float]:
        """Seconds of CPU that each process has used, all threads together. RuntimeError if one has ended."""
        return [cpu_of(pid) for pid in self._pids]

    @property
    def cpu(self) -> float:
        """Seconds of CPU it has used, without the database's server."""
        return sum(self.cpus)

    @property
    def database_cpu(self) -> float:
        """Seconds of CPU that the database's server has used for all bots; 0 on SQLite."""
        return self._server.cpu if self._server else 0.0

    @property
    def memory(self) -> float:
        """MiB it has in memory."""
        return sum(memory_of(pid) for pid in self._pids)

    @property
    def _pids(self) -> Sequence[int]:
        if not self._processes or any(process.returncode is not None for process in self._processes):
            raise RuntimeError(f"{self.name} does not run:\n{self.log}")
        return [process.pid for process in self._processes]

    async def _launch(self, number: int, program: Program) -> asyncio.subprocess.Process:
        with (self.folder / "log.txt").open("ab") as log:
            return await asyncio.create_subprocess_exec(
                sys.executable,
                *program.arguments,
                cwd=CHECKOUT,
                env=program.variables,
                stdout=log,
                stderr=log,
                preexec_fn=partial(os.sched_setaffinity, 0, {BOTS_CPUS[number % len(BOTS_CPUS)]}),
            )

    async def _until_asked(self) -> None:
        waits = [asyncio.ensure_future(process.wait()) for process in self._processes]
        asked = asyncio.ensure_future(self.learners.api.asked.wait())
        await asyncio.wait({asked, *waits}, timeout=STARTS, return_when=asyncio.FIRST_COMPLETED)
        well = asked.done()
        for one in (asked, *waits):
            one.cancel()
        if not well:
            raise RuntimeError(f"{self.name} did not start:\n{self.log}")

    async def _until_open(self, ports: Sequence[int]) -> None:
        try:
            async with asyncio.timeout(STARTS):
                for port in ports:
                    while not await _is_open(port):  # noqa: ASYNC110 (nothing tells us)
                        await asyncio.sleep(SOON)
        except TimeoutError:
            raise RuntimeError(f"{self.name} did not listen:\n{self.log}") from None


async def gather(
    stack: AsyncExitStack, kinds: Sequence[Kind], folder: Path, server: Postgres | None, failed: dict[str, str]
) -> list[Bot]:
    """Start one of each kind, stopped with the stack; who does not start is `failed`, with why."""
    bots = []
    for number, kind in enumerate(kinds):
        try:
            bots.append(await stack.enter_async_context(Bot(kind, folder.with_name(f"{folder.name}-{number}"), server)))
        except RuntimeError as error:
            failed[kind.name] = str(error)
    return bots


async def _end(process: asyncio.subprocess.Process) -> None:
    try:
        await asyncio.wait_for(process.wait(), STOPS)
    except TimeoutError:
        process.kill()
        await process.wait()


async def _is_open(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    await writer.wait_closed()
    return True
