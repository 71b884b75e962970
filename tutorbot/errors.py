"""Every exception of ours, on one page. The docstring is the message unless a better one is given.

A learner can never raise one of these; only a setting, the outside world or a bug can. A fault in a lesson is not an
exception but a value: see `tutorbot.curriculum.problem`.
"""

from datetime import timedelta


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
