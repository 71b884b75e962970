"""Asks about everything that Tutorbot brings along: `python -m tests.dependencies`.

That the installed packages fit together, and that none was withdrawn by its makers since (most withdraw a release that
does harm). It asks the package index by pip, and nobody else. It knows nothing of published weaknesses: for those
there is pip-audit, which needs a service of its own (see docs/security.md).
"""

import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, distribution, requires

from packaging.requirements import Requirement

PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
WITHDRAWN = re.compile(r"is a yanked version: '([^']+)' candidate \(version (\S+)")


def brought(wanted: Iterable[str], seen: set[str]) -> Iterator[str]:
    """What these requirements bring along, as "name==version", each once. What is not installed is left out."""
    for line in wanted:
        requirement = Requirement(line)
        applies = not requirement.marker or requirement.marker.evaluate({"extra": ""})
        if not applies or requirement.name in seen:
            continue
        seen.add(requirement.name)
        try:
            found = distribution(requirement.name)
        except PackageNotFoundError:
            continue
        yield f"{requirement.name}=={found.version}"
        yield from brought(found.requires or [], seen)


def withdrawn(said: str) -> list[str]:
    """The packages that pip warns of."""
    return [f"{name} {version}" for name, version in WITHDRAWN.findall(said)]


def main() -> int:
    """0 if all is well, or if the index cannot be asked, which is told; 1 if not."""
    if subprocess.run([*PIP, "check"], check=False).returncode:
        return 1
    ours = sorted(brought((line for line in requires("tutorbot") or [] if "extra ==" not in line), set()))
    asking = [*PIP, "install", "--dry-run", "--ignore-installed", "--no-deps", "--quiet", *ours]
    asked = subprocess.run(asking, capture_output=True, text=True, check=False)
    if found := withdrawn(asked.stderr):
        print("Withdrawn by their makers; take others: " + ", ".join(found))
        return 1
    print(f"{len(ours)} packages. " + ("The index could not be asked." if asked.returncode else "None was withdrawn."))
    return 0


if __name__ == "__main__":
    sys.exit(main())
