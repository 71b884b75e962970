"""Lessons made for measuring: as long as real ones, all alike, and as many as wanted.

Every act in them is one press, and every press leads to one message, as it does with the bare bots.
"""

from pathlib import Path

PER_COURSE = 10

COURSE = """\
---
id: course-{course}
title: Basics number {course}
summary: Links, web addresses and passwords, for people who are new to the internet.
order: {course}
kind: skill
---
These lessons are for your first days online. You need no skills at all. Go as slowly as you like.
"""

LESSON = """\
---
id: lesson-{course}-{lesson}
title: Read an address {course}-{lesson}
summary: Find the real name in a web address.
minutes: 5
skills: [S5]
asks: [web address {course} {lesson}, what page is this {course} {lesson}, who made page {course} {lesson}]
sources: [https://www.gov.uk]
reviewed: 2026-11-01
can_do: You can find the real name in a web address.
---
# Read an address {course}-{lesson}

## What an address is
Every page has an **address**. It stands at the top of the screen, or at the bottom.

It tells you **who** made the page. On a small screen only a part of it is shown. That is fine.

Tap it once to see all of it. You cannot break anything.

## Read it from its end
1. Does it start with **https://**? Skip that part.
2. Find the first **slash**. A slash is this sign: **/**
3. Look at the last words **before** the slash. They have a dot between them. That is the real name.

Is there no slash? Then look at the very end.

## Quiz: What is the real name here?
The address is **www.gov.uk/child-benefit**

> Hint: Find the slash first.
> Hint: The slash comes after "uk". What are the last words before it?

- [ ] www
  > Look again. Many addresses start with www. It does not tell you who is there.
- [x] gov.uk
  > Yes. These are the last words before the slash. This page is from the government.
- [ ] child-benefit
  > Look again. This comes after the slash. It is only the name of the page.

## A trick to know
We made up this address: **gov.uk.pay-now.example/form**

It starts with gov.uk. But the start does not count. Anyone can write any words there.

Find the slash. The last words before it are **pay-now.example**. That is the real name.

## Quiz: Which page is from the government?
The real name must end in **gov.uk**.

> Hint: Find the slash. Then look at the last words before it.

- [ ] www.gov-uk.example
  > Look again. It has a line where the dot should be. It does not end in gov.uk.
- [x] www.tax.service.gov.uk/
  > Yes. It is long, but it ends in gov.uk. That is what counts.

## Try it: Read a real address
1. Tap this link: https://www.gov.uk/child-benefit
2. Find the box with the address. Tap the box. The keyboard may come up. That is fine.
3. Do you see **gov.uk** before the slash? Then you have read it. Come back to this chat.

> Stuck? Look for a long box at the top or the bottom of the screen.
"""

BARE_TEXT = """\
Read an address 1-1 · 2 of 6

Read it from its end

1. Does it start with https://? Skip that part.
2. Find the first slash. A slash is this sign: /
3. Look at the last words before the slash. They have a dot between them. That is the real name.

Is there no slash? Then look at the very end."""

BARE_BUTTONS = (
    ("1.next", "▶ Next"),
    ("1.back", "◀ Back"),
    ("1.menu", "☰ Menu"),
    ("1.person", "🙋 Talk to a person"),
)


def write_lessons(folder: Path, count: int) -> Path:
    """A lessons folder with so many lessons."""
    for number in range(count):
        course, lesson = divmod(number, PER_COURSE)
        place = folder / f"course-{course + 1}"
        if lesson == 0:
            place.mkdir(parents=True)
            (place / "course.md").write_text(COURSE.format(course=course + 1), "utf-8")
        page = LESSON.format(course=course + 1, lesson=lesson + 1)
        (place / f"{lesson + 1:02}-read-an-address.md").write_text(page, "utf-8")
    return folder
