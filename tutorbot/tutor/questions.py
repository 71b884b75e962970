"""Which word a text asks to have explained: "what is a browser?", "wat is a brouser", "beth yw porwr".

Knows how people ask, in each language, and no word that can be explained. See `stages.words` for the answer.
"""

import re

from tutorbot.curriculum.spelling import simplify

_LONGEST = 100  # letters of a question; what is longer tells a story
_WHAT = "(?:what|wat|wot|waht|whta|wht|hwat)"
_IS = "(?:s|z| is| iz| are| r| was)"
_TAIL = "(?: please| pls| mean| means| meen| for)?"
_ENGLISH = (
    f"(?:the )?meanings? of (.+?){_TAIL}",
    f"{_WHAT}{_IS} (?:the )?(?:meanings? of|meant by) (.+?){_TAIL}",
    f"{_WHAT} (?:does|do|dose|dos|did|is) (.+?) (?:mean|means|meen|stand for){_TAIL}",
    f"{_WHAT} do you mean by (.+?){_TAIL}",
    f"{_WHAT}{_IS} (.+?){_TAIL}",
    f"{_WHAT} (.+?) (?:means|is)",
    f"(?:define|explain) (.+?){_TAIL}",
    "(.+?) meaning",
)
_WELSH = (  # not yet read by a native speaker; the English ways work as well
    "(?:(?:beth|be) (?:yw|ydy|ydi) )?ystyr (.+?)",
    "(?:beth|be) mae?r? (.+?) yn (?:ei )?(?:feddwl|olygu)",
    "(?:beth|be) (?:yw|ydy|ydi|ydyw)r? (.+?)",
    "(?:esboniwch|esbonia|eglurwch|eglura)r? (.+?)",
)
_BEFORE = re.compile(
    "(?:hi|hello|ok|so|and|but|please|sorry|tell me|can you|could you|do you know|i (?:dont|do not) know) "
)
_AROUND = re.compile("(?:a|an|the|this|that|my|your|word|words|called|y|yr|gair|fy|eich) ")
_SAY_NOTHING = "a an he i it me she that the there these they this those us we you"
_NOTHING = frozenset(_SAY_NOTHING.split())
_WAYS = {"en": _ENGLISH, "cy": (*_WELSH, *_ENGLISH)}


def word_in(text: str, language: str) -> str:
    """The word that a question asks for, simplified; "" if this is no such question."""
    said = simplify(text)
    if len(said) > _LONGEST:
        return ""
    said = _without(_BEFORE, said)
    found = next(filter(None, (re.fullmatch(way, said) for way in _WAYS.get(language, _ENGLISH))), None)
    word = _without(_AROUND, found[1]) if found else ""
    return "" if word in _NOTHING else word


def alone_in(text: str) -> str:
    """The same where all that was written is a word and a question mark: "browser?"."""
    return simplify(text) if text.rstrip().endswith("?") else ""


def _without(before: re.Pattern[str], text: str) -> str:
    """The text without all of these at its start."""
    while found := before.match(text):
        text = text[found.end() :]
    return text
