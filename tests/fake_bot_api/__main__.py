"""`python -m tests.fake_bot_api --port 8081`: the server alone, on loopback, until Ctrl-C."""

import argparse
import asyncio
import contextlib

from tests.fake_bot_api.control import control_routes
from tests.fake_bot_api.server import GROUP, TOKEN, FakeBotApi


async def serve(options: argparse.Namespace) -> None:
    """Serve until cancelled."""
    fake = FakeBotApi(token=options.token, group_id=options.group, forum=not options.flat, port=options.port)
    fake.latency = options.latency
    await fake.start(control_routes(fake))
    print(f"{fake.url} token {fake.token} group {fake.group.id}", flush=True)
    try:
        await asyncio.Event().wait()
    finally:
        await fake.stop()


def main() -> None:
    """Read the arguments and serve."""
    parser = argparse.ArgumentParser(prog="python -m tests.fake_bot_api", description="A Bot API server for tests.")
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--group", type=int, default=GROUP, help="id of the helpers' group")
    parser.add_argument("--flat", action="store_true", help="the group has no topics")
    parser.add_argument("--latency", type=float, default=0.0, help="seconds before every answer")
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(parser.parse_args()))


if __name__ == "__main__":
    main()
