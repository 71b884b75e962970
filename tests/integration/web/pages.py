"""Reads pages as a browser does: forms and their fields, text as it is seen."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from starlette.testclient import TestClient


@dataclass
class Form:
    """A form of a page, ready to be sent."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: dict[str, tuple[str, str]] = field(default_factory=dict)  # label -> (name, value)

    def press(self, client: TestClient, label: str = "", headers: dict[str, str] | None = None, **typed: str) -> Any:
        """Send the form, by the button of this label, from our own page unless the headers say otherwise."""
        name, value = self.buttons.get(label, ("", ""))
        data = {**self.fields, **typed, **({name: value} if name else {})}
        return client.post(self.action, data=data, headers={"referer": str(client.base_url), **(headers or {})})


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._button: tuple[str, str] | None = None
        self._label = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(found["action"]))
        elif tag in ("input", "textarea") and self.forms and "name" in found:
            self.forms[-1].fields[found["name"]] = found.get("value", "")
        elif tag == "button":
            self._button, self._label = (found.get("name", ""), found.get("value", "")), ""

    def handle_data(self, data: str) -> None:
        self._label += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "button" and self._button:
            self.forms[-1].buttons[self._label.strip()] = self._button
            self._button = None


def form_of(page: Any, action: str) -> Form:
    """The form of a page that is sent to this address."""
    reader = _Reader()
    reader.feed(page.text)
    return next(form for form in reader.forms if form.action == action)


def has_form(page: Any, action: str) -> bool:
    """Whether a page has a form that is sent to this address."""
    reader = _Reader()
    reader.feed(page.text)
    return any(form.action == action for form in reader.forms)


def begin(client: TestClient) -> Any:
    """Press Start on the welcome page; the chat."""
    return form_of(client.get("/"), "/start").press(client, "Start")
