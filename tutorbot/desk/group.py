"""A local group: helpers of its own, a chat of its own, and learners who came by its invite. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Group:
    """A local group. The oldest is the one for everybody who belongs to no other."""

    id: int
    name: str = ""
    chat: str = ""  # channel:id of its helpers' chat; "": the web desk alone
    languages: tuple[str, ...] = ()  # its helpers'; (): any
    hours: str = ""  # when somebody is there, see `desk.hours`; "": not known
    place: str = ""  # address and opening times, for learners when nobody is there
    invite: str = ""  # the word in its invite link; "": it has none
