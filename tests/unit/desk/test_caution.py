"""What asks for care in a helper's message. The figures are held in test_protection."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.desk import caution_messages
from tutorbot.desk.caution import Concern, concerns


@pytest.mark.parametrize(
    "link",
    [
        "https://gov.uk.evil.example",
        "https://evil-gov.uk/pip",
        "https://www.gov.uk@evil.example",
        "https://www.gov.uk:443@evil.example/",
        "https://evil.example/www.gov.uk",
        "https://evil.example#.gov.uk",
        "https://evil.example?www.gov.uk",
        "https://gov.uk%2eevil.example",
        "http://evil.example\\.gov.uk",
        "https://xn--gv-pka.uk",
        "https://gоv.uk",  # a Cyrillic letter
        "https://gov。uk。evil。example",
        "https://192.0.2.7",
        "https://[2001:db8::1]/gov.uk",
        "HTTPS://EVIL.EXAMPLE",
        "tg://resolve?domain=gov.uk",
        "javascript://gov.uk/%0aalert(1)",
        "[gov.uk](https://evil.example)",
        "gov\u200b-uk.com",
        "t.me/amir",
        "https://",
    ],
)
def test_a_link_that_leads_elsewhere_is_a_concern(link: str) -> None:
    assert Concern.LINK in concerns(f"look at {link} please")


@pytest.mark.parametrize(
    "link",
    [
        "www.gov.uk",
        "https://www.gov.uk/pip",
        "https://WWW.GOV.UK./x",
        "http://gov.uk:80",
        "https://www.ceop.police.uk/?a=b#c",
        "(https://111.wales.nhs.uk)",
        "https://www.mygov.scot/a/b.",
        "**gov.uk**",
        "https://www.nidirect.gov.uk",
        "childline.org.uk",
    ],
)
def test_official_hosts_are_none(link: str) -> None:
    assert concerns(f"look at {link} please") == ()


@pytest.mark.parametrize("text", ["p\u200bassword", "ｐａｓｓｗｏｒｄ", "PASSWORD", "pass word"])
def test_a_disguised_word_is_seen(text: str) -> None:
    assert concerns(f"what is your {text}") == (Concern.SECRET,)


@pytest.mark.parametrize("line", ["999", "111", "116 123", "0800 1111", "7726", "0808 2000 247", "0300 123 2040"])
def test_help_lines_may_be_named(line: str) -> None:
    assert concerns(f"ring {line} now") == ()


def test_a_warning_is_no_request_but_a_request_behind_one_is() -> None:
    assert concerns("Never send me your PIN.") == ()
    assert concerns("Do not worry. Send me your PIN.") == (Concern.SECRET,)
    assert concerns("Do not worry, send me your PIN.") == (Concern.SECRET,)


@given(st.one_of(st.text(), st.lists(st.sampled_from(caution_messages.HELD_OUT.split()), max_size=40).map(" ".join)))
@settings(max_examples=300, deadline=None)
def test_every_message_is_looked_at_without_a_fault(text: str) -> None:
    assert set(concerns(text)) <= set(Concern)


@pytest.mark.parametrize(
    "piece", ["a.", "www.", "https://", "send me your ", "https://a.", "@", "a-", "password ", "\ud800"]
)
def test_a_hostile_message_is_looked_at_in_the_end(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    assert set(concerns(text)) <= set(Concern)
