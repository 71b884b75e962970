"""Run Tutorbot from a fresh copy, with nothing but Python: `python3 run.py`. Run every check: `python3 run.py test`.

Makes `.venv` beside this file and installs what is needed when pyproject.toml has changed. Any other words are handed
to Tutorbot, as in `python3 run.py chat`. Only the standard library is used here.
"""

import hashlib
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
CHECKS = {
    "ruff check": [PYTHON, "-m", "ruff", "check", "."],
    "ruff format": [PYTHON, "-m", "ruff", "format", "--check", "."],
    "mypy": [PYTHON, "-m", "mypy"],
    "lint-imports": [BIN / "lint-imports"],
    "tutorbot check": [PYTHON, "-m", "tutorbot", "check", "--strict"],
    "dependencies": [PYTHON, "-m", "tests.dependencies"],
    "pytest": [PYTHON, "-m", "pytest", "-n", "2", *sys.argv[2:]],
}


def set_up(extra: str) -> None:
    """Make the virtual environment and install into it, unless that was done for this pyproject.toml."""
    if not PYTHON.exists():
        if sys.version_info < (3, 11):  # noqa: UP036 (this file is what an older Python meets first)
            sys.exit("Tutorbot needs Python 3.11 or newer. This is Python " + sys.version.split()[0] + ".")
        if not importlib.util.find_spec("ensurepip"):
            sys.exit("A part of Python is missing. On Debian and Ubuntu run: sudo apt install python3-venv")
        subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=True)
    stamp = VENV / ("installed" + extra)
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    if not stamp.exists() or stamp.read_text() != wanted:
        print("Installing what Tutorbot needs. The first time takes about a minute.", file=sys.stderr, flush=True)
        pip = [PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "-e", str(ROOT) + extra]
        if subprocess.run(pip).returncode:
            sys.exit("The installation stopped; the lines above say why. Put it right, then run this again.")
        # pip compiles what it copies; we stay here, and where Python may not keep it, each start would do it anew
        subprocess.run([PYTHON, "-m", "compileall", "-q", ROOT / "tutorbot"])
        stamp.write_text(wanted)


def test() -> int:
    """Run every check; the exit code is that of the first that found something."""
    codes = {}
    for name, command in CHECKS.items():
        print("\n=== " + name, flush=True)
        codes[name] = subprocess.run(command, cwd=ROOT).returncode
    print("\n" + "\n".join(("FAILED  " if code else "ok      ") + name for name, code in codes.items()))
    return next((code for code in codes.values() if code), 0)


def run(words: "list[str]") -> int:
    """Hand over to Tutorbot. Where the system can, it takes our place, so that signals reach it."""
    command = [str(PYTHON), "-m", "tutorbot", *words]
    if os.name != "nt":
        os.execv(command[0], command)
    return subprocess.run(command).returncode


if __name__ == "__main__":
    testing = sys.argv[1:2] == ["test"]
    set_up("[test,dev]" if testing else "")
    sys.exit(test() if testing else run(sys.argv[1:] or ["run"]))
