"""For how many days what is kept is kept. Learners are told so; the shell holds itself to it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Keep:
    """Days, each counted from something that was the last of its kind."""

    talk: int = 30  # what was said outside of questions to a person; after it was said
    tickets: int = 30  # a question to a person with all that was said under it; after it was closed
    alarms: int = 365  # the same where somebody was in danger
    learners: int = 730  # a learner; after they last did something
    audit: int = 730  # who did what at the desk; after it was done
