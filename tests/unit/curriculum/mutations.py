"""Real lessons, spoiled in the ways in which files are: by slips of the hand, by half a save, by other programs."""

from collections.abc import Callable, Sequence
from random import Random

MARKS = (
    *("---\n", "## Quiz: A\n", "## Try it: B\n", "- [x] ", "- [ ] `b`\n", "> Hint: ", "  > ", "<!-- id: a -->\n"),
    *("![a](b.png)", "![](../../etc/passwd)", "[a](javascript:x)", "<b>", "`", "**", "```\n", "&a ", "*a ", "\t", "|"),
    *("\x00", "\ufeff", "\u202e", "\u200b", "\ud800", "\r", "\u2028", "\u00a0", "é", "ﷺ", "🙋"),
)
MOST_MUTATIONS = 6

Mutation = Callable[[str, Random], str]


def _place(text: str, chance: Random) -> int:
    return chance.randint(0, len(text))


def _span(text: str, chance: Random) -> tuple[int, int]:
    start = _place(text, chance)
    return start, min(len(text), start + int(chance.expovariate(1 / 40)))


def _put(text: str, chance: Random) -> str:
    place = _place(text, chance)
    return text[:place] + chance.choice(MARKS) + text[place:]


def _cut(text: str, chance: Random) -> str:
    start, end = _span(text, chance)
    return text[:start] + text[end:]


def _half(text: str, chance: Random) -> str:
    return text[: _place(text, chance)]


def _twice(text: str, chance: Random) -> str:
    start, end = _span(text, chance)
    return text[:end] + text[start:]


def _swap_lines(text: str, chance: Random) -> str:
    lines = text.split("\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return "\n".join(lines)


def _drop_line(text: str, chance: Random) -> str:
    lines = text.split("\n")
    del lines[chance.randrange(len(lines))]
    return "\n".join(lines)


def _indent_line(text: str, chance: Random) -> str:
    lines = text.split("\n")
    place = chance.randrange(len(lines))
    lines[place] = " " * chance.randint(1, 8) + lines[place]
    return "\n".join(lines)


def _misread(text: str, chance: Random) -> str:
    """Saved in one encoding and read in another."""
    return text.encode("utf-8", "surrogatepass").decode(chance.choice(("latin-1", "cp437")))


MUTATIONS: Sequence[Mutation] = (_put, _cut, _half, _twice, _swap_lines, _drop_line, _indent_line, _misread)


def mutated(text: str, chance: Random) -> str:
    """The text after one to `MOST_MUTATIONS` of these."""
    for _ in range(chance.randint(1, MOST_MUTATIONS)):
        text = chance.choice(MUTATIONS)(text, chance)
    return text
