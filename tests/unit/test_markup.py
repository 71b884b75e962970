"""Markdown in each channel's dress: what is safe, what is literal, where entities and parts lie."""

from html import unescape
from re import sub
from unicodedata import normalize

from hypothesis import given
from hypothesis import strategies as st

from tutorbot.messages.markup import (
    Entity,
    clean,
    escape,
    literal_html,
    split,
    to_html,
    to_plain,
    to_telegram,
)

SIGNS = st.text(alphabet="\\`*_{}[]()<>#+-.!|~$&;:/'\"=^@ \n1ab€🙋é\u200d")
WORDS = (st.text() | SIGNS).map(clean)
PIECES = ["**bold**", "*it*", "🙋", "- a\n- b\n", "`x`", "[GOV](https://www.gov.uk)", "\n\n", " w ", "1. "]
MARKDOWN = st.lists(
    st.sampled_from(["**bold**", "*it*", "🙋", "- a\n- b\n", "`x`", "[GOV](https://www.gov.uk)", "\n\n", " w ", "1. "])
).map("".join)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def marked(text: str, entity: Entity) -> str:
    """The letters that an entity covers."""
    begin, end = 2 * entity["offset"], 2 * (entity["offset"] + entity["length"])
    return text.encode("utf-16-le")[begin:end].decode("utf-16-le")


def bold(text: str, entities: list[Entity]) -> str:
    return "".join(marked(text, entity) for entity in entities if entity["type"] == "bold")


def words_of_html(html: str) -> str:
    return unescape(sub(r"<[^>]*>", "", html)).strip("\n")


def solid(text: str) -> str:
    """The text without space: a part of nothing but space is left out."""
    return "".join(text.split())


def folded(text: str) -> str:
    return " ".join(text.split())


# A person's words


@given(WORDS)
def test_escaped_words_are_shown_literally_in_telegram(words: str) -> None:
    assert to_telegram(escape(words)) == (folded(words), [])


@given(WORDS)
def test_escaped_words_are_shown_literally_in_html(words: str) -> None:
    html = to_html(escape(words))
    assert words_of_html(html) == folded(words)
    assert "<a" not in html


@given(WORDS)
def test_escaped_words_are_shown_literally_as_plain_text(words: str) -> None:
    assert to_plain(escape(words)) == folded(words)


@given(WORDS)
def test_escaped_words_leave_the_markup_around_them_alone(words: str) -> None:
    text, entities = to_telegram(f"**Hello** {escape(words)} x **bye**")
    assert [marked(text, entity) for entity in entities] == ["Hello", "bye"]


@given(st.text(), st.text())
def test_literal_html_holds_no_tag_but_line_breaks(before: str, after: str) -> None:
    assert "<" not in literal_html(f"{before}<b>\n{after}").replace("<br>\n", "")


def test_literal_html_keeps_lines() -> None:
    assert literal_html('a < b\n"c"') == "a &lt; b<br>\n&quot;c&quot;"


@given(st.text(alphabet=st.characters(codec=None, exclude_categories=())))
def test_cleaned_words_can_be_stored_and_stay_as_they_are(text: str) -> None:
    cleaned = clean(text)
    assert cleaned.encode().decode() == cleaned
    assert clean(cleaned) == cleaned == normalize("NFC", cleaned)


def test_cleaning_takes_out_what_harms() -> None:
    assert clean("a\0b\ud800c\u202ed\u2066e\x1b[1m") == "abcde[1m"


def test_cleaning_keeps_lines_and_joined_emoji() -> None:
    assert clean("one\r\ntwo 👩\u200d👧") == "one\ntwo 👩\u200d👧"


def test_words_that_cannot_be_seen_become_empty() -> None:
    assert [clean(text) for text in (" \n", "\u200b\u200d", "\u2800", "\u3164 \u2060")] == [""] * 4


def test_letters_that_look_alike_are_stored_alike() -> None:
    assert clean("e\u0301") == "é"


# Telegram


@given(MARKDOWN)
def test_entities_lie_within_the_text(markdown: str) -> None:
    text, entities = to_telegram(markdown)
    for entity in entities:
        assert entity["length"] > 0
        assert 0 <= entity["offset"] <= entity["offset"] + entity["length"] <= units(text)


def test_offsets_are_counted_in_utf16_units() -> None:
    text, entities = to_telegram("🙋 **Talk** 🙋")
    assert (text, entities) == ("🙋 Talk 🙋", [{"type": "bold", "offset": 3, "length": 4}])


def test_a_heading_is_bold_and_nothing_else() -> None:
    assert to_telegram("# Stop") == ("Stop", [{"type": "bold", "offset": 0, "length": 4}])


def test_only_web_links_are_sent() -> None:
    text, entities = to_telegram("[GOV.UK](https://www.gov.uk) [bad](javascript:x) [near](other.md)")
    assert text == "GOV.UK bad near"
    assert [entity["url"] for entity in entities] == ["https://www.gov.uk"]


def test_what_is_not_our_markdown_is_sent_as_written() -> None:
    for written in ("It costs $5, not $6", "~~no~~", "||hidden||", "<b>bold</b>", "|a|b|\n|-|-|\n|1|2|"):
        assert to_telegram(written) == (written, [])


def test_code_is_left_alone() -> None:
    assert to_telegram("`$5 <b>`")[0] == "$5 <b>"


def test_lists_keep_their_lines() -> None:
    assert to_telegram("Now:\n\n1. Stop\n2. Check\n\n- a\n- b")[0] == "Now:\n\n1. Stop\n2. Check\n\n• a\n• b"


def test_changing_the_entities_does_not_change_the_next_ones() -> None:
    to_telegram("**again**")[1][0]["type"] = "spoiler"
    assert to_telegram("**again**")[1][0]["type"] == "bold"


# Parts


@given(MARKDOWN, st.integers(2, 30))
def test_parts_join_to_the_whole_within_the_limit(markdown: str, limit: int) -> None:
    text, entities = to_telegram(markdown)
    parts = split(text, entities, limit)
    assert solid("".join(part for part, _ in parts)) == solid(text)
    assert all(units(part) <= limit for part, _ in parts)


@given(MARKDOWN, st.integers(2, 30))
def test_parts_keep_every_marked_letter(markdown: str, limit: int) -> None:
    text, entities = to_telegram(markdown)
    again = "".join(bold(part, found) for part, found in split(text, entities, limit))
    assert sorted(solid(again)) == sorted(solid(bold(text, entities)))  # sorted: marks may lie within marks


def test_a_short_message_is_one_part() -> None:
    assert split("Hello", []) == [("Hello", [])]


def test_nothing_is_no_part() -> None:
    assert split("", []) == split(" \n", []) == []


def test_a_cut_is_made_at_the_end_of_a_line() -> None:
    assert [part for part, _ in split("one two\nthree four", [], 12)] == ["one two\n", "three four"]


def test_a_cut_in_a_long_line_is_made_at_the_end_of_a_word() -> None:
    assert [part for part, _ in split("one two three", [], 9)] == ["one two ", "three"]


def test_a_short_first_line_does_not_stand_alone() -> None:
    assert [part for part, _ in split("Amir:\n\none two three four", [], 20)] == ["Amir:\n\none two ", "three four"]


def test_an_emoji_is_never_cut() -> None:
    assert [part for part, _ in split("🙋🙋🙋", [], 3)] == ["🙋", "🙋", "🙋"]


# The web and the terminal


def test_html_of_an_author_is_shown_not_obeyed() -> None:
    assert to_html("<script>x</script>") == "<p>&lt;script&gt;x&lt;/script&gt;</p>\n"


def test_a_line_break_is_a_line_break() -> None:
    assert to_html("one\ntwo") == "<p>one<br>\ntwo</p>\n"


def test_a_bare_address_becomes_a_link() -> None:
    link = '<a href="https://www.gov.uk/tax" target="_blank" rel="noopener">https://www.gov.uk/tax</a>'
    assert to_html("Go to https://www.gov.uk/tax. Then stop.") == f"<p>Go to {link}. Then stop.</p>\n"


def test_a_link_is_not_linked_twice() -> None:
    assert to_html("[https://www.gov.uk](https://www.gov.uk)").count("<a ") == 1


def test_links_to_other_places_than_the_web_are_no_links() -> None:
    assert "<a" not in to_html("[a](javascript:alert(1)) [b](data:text/html,x) [c](/desk) [d](//x.example)")


def test_a_picture_leaves_its_words() -> None:
    assert to_html("![A phone](https://x.example/a.png)") == "<p>A phone</p>\n"


def test_plain_text_reads_well() -> None:
    plain = to_plain("**Stop.** Go to [GOV.UK](https://www.gov.uk).\n\n- one\n- two\n  more\n\n1. a\n2. b")
    assert plain == "Stop. Go to GOV.UK (https://www.gov.uk).\n\n- one\n- two\n  more\n\n1. a\n2. b"
