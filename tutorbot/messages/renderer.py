"""Replies into words: a template, its values and a language make a message.

Strict: a value that a template wants and does not get is an error, found by the tests. A person's words never become
markup or template: every string that is not `Md`, and not one of our own enums, is shown letter by letter; only where
something was hidden from them stand words of ours.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict
from enum import StrEnum
from functools import cache, lru_cache, partial
from pathlib import PurePosixPath

from babel import Locale, UnknownLocaleError
from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from tutorbot.messages.locale import FALLBACK, direction, spoken, translations
from tutorbot.messages.markup import escape
from tutorbot.messages.message import Button, Message
from tutorbot.tutor.actions import NAVIGATION, SPEAK, split
from tutorbot.tutor.keep import Keep
from tutorbot.tutor.marks import MARK, OPEN
from tutorbot.tutor.replies import Choice, Md, Reply, Value

_CACHED = 1024  # the cards of lessons repeat

_GAPS = re.compile(r"\n{3,}")
_MARKS = {"done": "✔ ", "started": "… ", "picked": "☑ ", "open": "☐ ", "word": "📖 "}
_OPTIONAL: dict[str, Value] = {"note": "", "kind": "", "answers": (), "feedback": Md("")}


class Renderer:
    """All templates, in every language there is a translation for."""

    def __init__(self, keep: Keep | None = None) -> None:
        """`keep`: the times that learners are told."""
        times = asdict(keep or Keep())
        self._always = _OPTIONAL | {f"keep_{what}": days for what, days in times.items()}

    def message(self, reply: Reply, language: str, step: int = 0, facts: Mapping[str, Value] | None = None) -> Message:
        """The reply in this language. `facts`: what the shell knows and the engine did not, as the queue."""
        language = spoken(language)
        values = {**self._always, **reply.values, **(facts or {})}
        show = partial(_isolated if direction(language) == "rtl" else _shown, language=language)
        return Message(
            text=self._text(reply.template, values, language, show),
            said=self.said(reply.said, language),
            buttons=tuple(self._button(choice, language) for choice in reply.choices),
            step=step,
            picture=reply.picture,
            language=language,
            document=reply.document,
        )

    def words(self, reply: Reply, language: str = FALLBACK) -> str:
        """The reply as plain words without markup, for the few words shown at a pressed button."""
        language = spoken(language)
        return self._text(
            reply.template, {**self._always, **reply.values}, language, partial(_as_is, language=language)
        )

    def said(self, text: str, language: str) -> str:
        """A person's words as they are shown, with words of ours in this language where something was hidden."""
        return _unhidden(text, spoken(language))

    def names(self, folder: str) -> list[str]:
        """The templates of a folder, without endings."""
        paths = (PurePosixPath(path) for path in _environment(FALLBACK).list_templates())
        return [path.name.removesuffix(".md.j2") for path in paths if str(path.parent) == folder]

    def _text(self, template: str, values: Mapping[str, Value], language: str, show: Callable[[Value], object]) -> str:
        shown = ((key, show(value)) for key, value in values.items())
        return _rendered(language, template, *((key, type(value), value) for key, value in shown))

    def _button(self, choice: Choice, language: str) -> Button:
        verb, argument = split(choice.action)
        label = choice.text or _label(verb, argument, language)
        return Button(choice.action, _MARKS.get(choice.mark, "") + label, nav=verb in NAVIGATION)


def _shown(value: Value, language: str) -> object:
    """The value as it goes into Markdown."""
    shown = _as_is(value, language)
    if isinstance(shown, tuple):
        return tuple(_shown(one, language) for one in shown)
    return escape(shown) if isinstance(shown, str) and not isinstance(shown, Md | StrEnum) else shown


def _isolated(value: Value, language: str) -> object:
    """The same for a language written from the right: names and titles keep their own direction."""
    shown = _shown(value, language)
    return f"\u2068{shown}\u2069" if isinstance(shown, str) and shown and not isinstance(value, Md | StrEnum) else shown


def _as_is(value: Value, language: str) -> object:
    """The value itself, with words where something was hidden from a person's own."""
    return _unhidden(value, language) if isinstance(value, str) and not isinstance(value, Md | StrEnum) else value


def _unhidden(text: str, language: str) -> str:
    if OPEN not in text:
        return text
    frame = _template(language, "hidden_mark")
    return MARK.sub(lambda found: frame.render(what=hidden_kind(found[1], language)), text)


def hidden_kind(kind: str, language: str) -> str:
    """What was hidden, in words; where we do not know the kind, that it was a number."""
    words = _table(language, "hidden_kinds")
    return words.get(kind) or words["number"]


def skill_name(tag: str, language: str) -> str:
    """What a skill is called, by its tag; the tag where we do not know it."""
    return _table(spoken(language), "skills").get(tag, tag)


@cache
def _environment(language: str) -> Environment:
    environment = Environment(  # noqa: S701 - what comes out is Markdown, and `_shown` escapes for it
        loader=PackageLoader("tutorbot.messages"),
        extensions=["jinja2.ext.i18n"],
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters["language"] = partial(language_name, shown_in=language)
    environment.filters["hidden"] = partial(hidden_kind, language=language)
    environment.filters["skill"] = partial(skill_name, language=language)
    environment.filters["weekday"] = partial(_weekday, shown_in=language)
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    return environment


@cache
def _template(language: str, name: str) -> Template:
    return _environment(language).get_template(f"{name}.md.j2")


@lru_cache(_CACHED)
def _rendered(language: str, template: str, *values: tuple[str, type, object]) -> str:
    """A template with these values, each with its name and type: what is equal may read differently, as 1 and True."""
    text = _template(language, template).render({key: value for key, _, value in values})
    return _GAPS.sub("\n\n", text).strip()


@cache
def _table(language: str, template: str) -> Mapping[str, str]:
    """A template whose lines are a name, a colon, and the words for it."""
    lines = _template(language, template).render().splitlines()
    return {name: words.strip() for name, found, words in (line.partition(":") for line in lines) if found}


def language_name(code: str, shown_in: str = "") -> str:
    """What a language is called, in itself or in another; the code where we do not know it."""
    try:
        locale = Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return code
    name = str(locale.get_display_name(shown_in or locale))
    return name[:1].upper() + name[1:]


def is_language(code: str) -> bool:
    """Whether this is the code of a language."""
    return language_name(code, FALLBACK) != code


def _weekday(day: str, shown_in: str) -> str:
    """What a day of the week is called: "1" is Monday."""
    return str(Locale.parse(shown_in, sep="-").days["format"]["wide"][int(day) - 1])


def _label(verb: str, argument: str, language: str) -> str:
    if verb == SPEAK:
        return language_name(argument)
    labels = _table(language, "labels")
    return labels.get(f"{verb}-{argument}") or labels[verb]
