"""The pages of the preview, pressed as an author presses them; plain forms, as without scripts."""

import asyncio
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.integration.preview.conftest import author_of
from tests.integration.web.pages import Form, form_of
from tests.unit.curriculum.samples import LESSON
from tutorbot.channels.preview.app import keep_up
from tutorbot.channels.preview.parts import Parts
from tutorbot.channels.preview.shelf import Shelf

PAGE = "/lesson/scams/01-fake-email.md"
PICTURE = Path(__file__).parents[3] / "lessons" / "first-steps" / "images" / "link.png"
HTMX = {"hx-request": "true"}


def save(lessons: Path, shelf: Shelf, text: str, name: str = "01-fake-email.md") -> None:
    (lessons / "scams" / name).write_text(text)
    shelf.reload()


def jump(author: TestClient, page: Any, card: str) -> Any:
    form = form_of(page, "/jump")
    return author.post("/jump", data={**form.fields, "card": card})


def trial(author: TestClient, page: Any, number: int) -> Any:
    form = form_of(page, "/try")
    return author.post("/try", data={**form.fields, "trial": str(number)})


def test_the_list_has_every_lesson_and_what_to_mend(author: TestClient, shelf: Shelf, lessons: Path) -> None:
    assert "nothing to mend" in author.get("/").text
    save(lessons, shelf, "# No header\n", "02-new.md")
    page = author.get("/").text
    assert f'href="{PAGE}"' in page
    assert 'href="/lesson/scams/02-new.md"' in page
    assert "The header is missing." in page


def test_a_lesson_is_shown_on_both_phones(author: TestClient) -> None:
    page = author.get(PAGE).text
    assert page.count("<strong>fake</strong> email makes you hurry.") == 1, "as the web chat marks it up"
    assert page.count("<b>fake</b> email makes you hurry.") == 1, "as Telegram does"


def test_the_lesson_is_played_from_card_to_card(author: TestClient) -> None:
    page = form_of(author.get(PAGE), "/press").press(author, "▶ Next")
    assert page.url.path == PAGE
    assert page.text.count("help@paypa1.example") >= 3, "on both phones and among what can be tried"
    assert 'aria-current="step"' in page.text


def test_any_card_can_be_jumped_to(author: TestClient) -> None:
    page = jump(author, author.get(PAGE), "find-the-sender")
    assert page.text.count("Open any email.") == 2


def test_every_answer_is_listed_with_its_note_and_can_be_tried(author: TestClient) -> None:
    page = jump(author, author.get(PAGE), "which-sender-looks-real")
    note = "Look again. The last letter is the number 1."
    assert page.text.count(note) == 1
    assert trial(author, page, 0).text.count(note) == 3


def test_words_are_said_as_a_learner_says_them(author: TestClient) -> None:
    page = jump(author, author.get(PAGE), "which-sender-looks-real")
    page = form_of(page, "/say").press(author, text="b")
    assert "The name is spelled right." in page.text
    assert "&lt;i&gt;" in form_of(page, "/say").press(author, text="<i>").text


def test_the_answer_to_htmx_is_the_stage_alone(author: TestClient) -> None:
    form = form_of(author.get(PAGE), "/press")
    answer = form.press(author, "▶ Next", headers=HTMX)
    assert answer.text.startswith('<hx-partial hx-target="#stage"')
    assert "<html" not in answer.text


def test_the_end_leads_to_the_page_of_the_next_lesson(author: TestClient, shelf: Shelf, lessons: Path) -> None:
    save(lessons, shelf, LESSON.replace("id: fake-email", "id: other"), "02-other.md")
    page = jump(author, author.get(PAGE), "find-the-sender")
    page = form_of(page, "/press").press(author, "I did it")
    page = form_of(page, "/press").press(author, "▶ Next")
    form = form_of(page, "/press")
    forward = next(iter(form.buttons))
    assert form.press(author, forward, headers=HTMX).headers["hx-redirect"] == "/lesson/scams/02-other.md"
    assert form_of(author.get(PAGE), "/jump")


def test_asking_for_a_person_says_that_nobody_is_asked(author: TestClient) -> None:
    page = form_of(author.get(PAGE), "/press").press(author, "🙋 Talk to a person")
    page = form_of(page, "/press").press(author, "Yes, ask a person")
    assert "Here nobody is asked" in page.text


def test_a_bad_edit_keeps_the_last_good_version_up(author: TestClient, shelf: Shelf, lessons: Path) -> None:
    save(lessons, shelf, LESSON.replace("- [x] help", "- [y] help"))
    page = author.get(PAGE).text
    assert "You see the last good version" in page
    assert "makes you hurry." in page
    assert page.count("This answer cannot be read.") == 2, "on top and beside the card"
    assert "- [y] help@paypal.example" in page, "the author's own words"


def test_a_lesson_that_was_never_good_shows_what_to_mend(author: TestClient, shelf: Shelf, lessons: Path) -> None:
    save(lessons, shelf, "# No header\n", "02-new.md")
    page = author.get("/lesson/scams/02-new.md").text
    assert "Mend this first" in page
    assert "/press" not in page


def test_a_lesson_in_a_broken_course_says_so(lessons: Path) -> None:
    (lessons / "scams" / "course.md").write_text("nothing")
    shelf = Shelf(lessons)
    shelf.reload()
    author = author_of(shelf)
    assert "Mend the page of the course" in author.get(PAGE).text
    assert "its course first" in author.get("/").text


def test_a_page_stays_usable_when_its_file_is_gone(author: TestClient, shelf: Shelf, lessons: Path) -> None:
    form = form_of(author.get(PAGE), "/press")
    (lessons / "scams" / "01-fake-email.md").unlink()
    shelf.reload()
    assert "This file is not here any more." in form.press(author, "▶ Next", headers=HTMX).text
    assert author.get(PAGE).status_code == 404


def test_nothing_of_a_lesson_can_run_in_the_page(author: TestClient, shelf: Shelf, lessons: Path) -> None:
    save(lessons, shelf, LESSON.replace("makes you hurry.", "<script>alert(1)</script> [x](javascript:alert(1))"))
    for page in (author.get(PAGE), author.get("/")):
        assert "<script>alert" not in page.text
        assert 'href="javascript' not in page.text
        assert "default-src 'none'" in page.headers["content-security-policy"]


def test_a_picture_has_a_new_address_when_it_changes(author: TestClient, shelf: Shelf, lessons: Path) -> None:
    (lessons / "scams" / "images").mkdir()
    shutil.copy(PICTURE, lessons / "scams" / "images" / "link.png")
    save(lessons, shelf, LESSON.replace("makes you hurry.", "hurries.\n\n![A page with a link](images/link.png)"))
    address = f"/pictures/{shelf.picture_edition('scams/images/link.png')}/scams/images/link.png"
    assert author.get(PAGE).text.count(f'src="{address}"') == 2
    assert author.get(address).headers["content-type"] == "image/png"
    assert author.get(address).headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "path", ["/lesson/nowhere.md", "/lesson/../course.md", "/pictures/1/scams/course.md", "/pictures/x/y.png", "/desk"]
)
def test_what_is_not_there_has_a_way_back(author: TestClient, path: str) -> None:
    page = author.get(path)
    assert page.status_code == 404
    assert 'href="/"' in page.text


def test_a_press_on_a_page_of_an_earlier_run_says_so(author: TestClient) -> None:
    page = author.post("/press", data={"nonce": "old", "press": "next"})
    assert page.status_code == 409
    assert "started again" in page.text


def test_a_press_that_means_nothing_changes_nothing(author: TestClient) -> None:
    form = form_of(author.get(PAGE), "/jump")
    for path, data in {"/try": {"trial": "99"}, "/jump": {"card": "nowhere"}, "/say": {"text": " "}}.items():
        assert author.post(path, data={**form.fields, **data}).status_code == 200


def test_other_names_of_this_machine_are_not_served(author: TestClient) -> None:
    assert author.get("/", headers={"host": "evil.example"}).status_code == 400


def test_forms_of_other_sites_are_not_taken(author: TestClient) -> None:
    form: Form = form_of(author.get(PAGE), "/jump")
    assert form.press(author, headers={"sec-fetch-site": "cross-site"}).status_code == 403


async def test_open_pages_are_woken_after_a_save(shelf: Shelf, lessons: Path) -> None:
    parts, stop = Parts(shelf), asyncio.Event()
    with parts.live.listen("lessons") as changed:
        keeping = asyncio.create_task(keep_up(parts, stop))
        async with asyncio.timeout(30):
            while not shelf.problems_of("lessons/scams/02-new.md"):
                (lessons / "scams" / "02-new.md").write_text(f"# {shelf.found.version}\n")
                with suppress(TimeoutError):  # the watcher may not have been there yet
                    await asyncio.wait_for(changed.wait(), 1)
            stop.set()
            await keeping
    assert changed.is_set()
