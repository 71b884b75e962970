"""The house rules that a program can check: sizes, late imports, forgotten templates, and a README that tells all."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tutorbot.commands.help.parser import SUMMARIES
from tutorbot.config import SETTINGS

ROOT = Path(__file__).resolve().parents[1]
HOUSE = ROOT / "tutorbot"
MODULES = sorted(path for path in HOUSE.rglob("*.py") if "versions" not in path.parts)
TEMPLATES = sorted([*HOUSE.rglob("*.j2"), *HOUSE.rglob("templates/**/*.html")])
READ_WHOLE = {"canned"}  # folders of templates that are listed, not named one by one
LONGEST_MODULE, LONGEST_FUNCTION = 300, 45  # lines

Function = ast.FunctionDef | ast.AsyncFunctionDef


def place(path: Path, line: int = 1) -> str:
    """Where to look, as an editor takes it."""
    return f"{path.relative_to(ROOT).as_posix()}:{line}"


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def functions(path: Path) -> Iterator[Function]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, Function))


def quoted() -> set[str]:
    """Every string in the code, and every word in quotes in a template."""
    code = {
        node.value
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return code.union(*(re.findall(r"[\"']([^\"'\s]+)[\"']", path.read_text("utf-8")) for path in TEMPLATES))


def test_no_module_is_too_long() -> None:
    long = [place(path) for path in MODULES if len(path.read_text("utf-8").splitlines()) > LONGEST_MODULE]
    assert not long, f"split these modules; the limit is {LONGEST_MODULE} lines"


def test_no_function_is_too_long() -> None:
    long = [
        f"{place(path, function.lineno)} {function.name}"
        for path in MODULES
        for function in functions(path)
        if (function.end_lineno or 0) - function.lineno + 1 > LONGEST_FUNCTION
    ]
    assert not long, f"split these functions; the limit is {LONGEST_FUNCTION} lines"


def test_nothing_is_imported_inside_a_function() -> None:
    late = [
        f"{place(path, node.lineno)} in {function.name}"
        for path in MODULES
        for function in functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert not late, "import at the head of the module; if that makes a circle, something is in the wrong room"


def test_every_module_says_what_it_is_for() -> None:
    silent = [place(path) for path in MODULES if not ast.get_docstring(tree(path))]
    assert not silent, "begin these modules with what they are for, and what they must not know"


def test_every_template_is_used() -> None:
    names = quoted()
    unused = [
        place(path)
        for path in TEMPLATES
        if not {path.name, path.name.partition(".")[0], f"{path.parent.name}/{path.name}"} & names
        and path.parent.name not in READ_WHOLE
    ]
    assert not unused, "delete these templates, or use them"


@pytest.mark.parametrize("name", [setting.name for setting in SETTINGS])
def test_the_readme_names_every_setting(name: str) -> None:
    setting = next(setting for setting in SETTINGS if setting.name == name)
    row = f"| `{setting.name}` | {setting.default} | {setting.meaning} |"
    assert f"`{name}`" in (ROOT / "README.md").read_text("utf-8"), f"add to the README: {row}"


def test_the_readme_names_every_command() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    missing = {
        name: summary for name, summary in SUMMARIES.items() if not re.search(rf"(tutorbot|run\.py) {name}\b", readme)
    }
    assert not missing, "tell in the README what these commands do"


def test_no_secret_is_compared_letter_by_letter() -> None:
    """How long `==` takes tells how much of a guess is right: where words come from outside, `hmac.compare_digest`."""
    compared = [
        place(path, node.lineno)
        for path in MODULES
        if path.relative_to(HOUSE).parts[0] in ("channels", "runtime")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Compare) and any(isinstance(how, ast.Eq | ast.NotEq) for how in node.ops)
        if re.search(r"secret|token|password|seal|sesame|digest", ast.unparse(node))
    ]
    assert not compared


def test_every_test_that_the_security_page_names_is_there() -> None:
    named = set(re.findall(r"`(test_\w+)`", (ROOT / "docs" / "security.md").read_text("utf-8")))
    there = {
        name
        for path in ROOT.glob("tests/**/test_*.py")
        for name in re.findall(r"def (test_\w+)", path.read_text("utf-8"))
    }
    assert named
    assert not named - there, "put right in docs/security.md what shows these things"
