"""What a start of the tutor brings into memory: nothing that only authors, operators or an update need."""

import os
import subprocess
import sys
from pathlib import Path

from tests.acceptance.conftest import ROOT, free_port
from tutorbot.store.schema import migrate

NOT_NEEDED = {
    "alembic",
    "prometheus_client",
    "psycopg",
    "readability",
    "tutorbot.channels.preview",
    "tutorbot.channels.terminal",
    "tutorbot.doctor",
    "tutorbot.store.schema",
    "tutorbot.upkeep.backup",
    "tutorbot.workshop",
}
UNTIL_IT_SERVES = """
import sys
from tutorbot import collector
from tutorbot.cli import main

def stop():
    raise KeyboardInterrupt

collector.spare = stop
assert main(["run"]) == 0
print("modules:", *sys.modules)
"""


def test_a_start_imports_nothing_that_it_does_not_need(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/tutorbot.db"
    migrate(url)
    token = "1:made-up-and-not-asked-for-anything"
    settings = {"DATABASE_URL": url, "TUTORBOT_DATA": str(tmp_path), "PORT": str(free_port())}
    settings |= {"TUTORBOT_TELEGRAM_TOKEN": token, "TUTORBOT_TELEGRAM_API_URL": "http://127.0.0.1:9"}
    ours = {name: value for name, value in os.environ.items() if not name.startswith("TUTORBOT_")}
    start = [sys.executable, "-c", UNTIL_IT_SERVES]
    said = subprocess.run(start, cwd=ROOT, env=ours | settings, stdout=subprocess.PIPE, text=True, check=True).stdout
    modules = set(said.partition("modules: ")[2].split())
    assert "tutorbot.channels.telegram.poller" in modules
    assert not modules & NOT_NEEDED
