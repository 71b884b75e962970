"""Every exception of ours, on one page. The docstring is the message unless a better one is given.

A learner can never raise one of these; only a setting, the outside world or a bug can. A fault in a lesson is not an
exception but a value: see `tutorbot.curriculum.problem`.
"""

import traceback
from datetime import timedelta
from pathlib import Path


class TutorbotError(Exception):
    """Something went wrong in Tutorbot."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or (type(self).__doc__ or "").strip().splitlines()[0])


class SettingError(TutorbotError):
    """A setting is not as it should be."""


class StoreError(TutorbotError):
    """The database refused."""


class StoreUnavailable(StoreError):
    """The database does not answer or cannot write. Nothing was saved; try again."""


class SchemaMismatch(StoreError):
    """The database is not at the version this program knows. Run `tutorbot migrate`."""


class BackupError(TutorbotError):
    """This is not a backup that can be used."""


class TransportError(TutorbotError):
    """A message could not be delivered.

    `permanent`: nothing will reach this chat any more (the person blocked us, the chat is gone).
    `refused`: this one message will never be taken; others may.
    `retry_after`: the other side asked for this much patience, for this one chat.
    `unsure`: it may have been delivered, for the answer was lost.
    """

    def __init__(
        self,
        message: str | None = None,
        *,
        permanent: bool = False,
        refused: bool = False,
        retry_after: timedelta | None = None,
        unsure: bool = False,
    ) -> None:
        super().__init__(message)
        self.permanent = permanent
        self.refused = refused
        self.retry_after = retry_after
        self.unsure = unsure


def kind_and_place(bug: BaseException) -> str:
    """What kind of bug and where, for a log. Without its text and its trace: they may hold a person's words."""
    frames = traceback.extract_tb(bug.__traceback__)
    last = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(bug).__name__}{last}"
