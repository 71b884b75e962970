"""The words of `desk` and `group`: who helps, and where. See `parser`."""

import argparse

from tutorbot.commands.help.command import Command

SUMMARIES = {
    "desk": "let helpers in, and see who they are",
    "group": "set up local groups, and invite learners to them",
}
_DESK_ACTS = {
    "link": "make a link that signs a helper in at the web desk",
    "set": "change what a helper may do, or where",
    "list": "tell who helps",
    "remove": "take a helper off the desk; their tickets go back to the queue",
}
_GROUP_ACTS = {
    "add": "add a group",
    "set": "change a group",
    "list": "tell which groups there are",
    "invite": "print the links by which learners come to a group",
}
_YES_OR_NO = argparse.BooleanOptionalAction
_DESK = """
`tutorbot desk link --name Amir` prints an address that signs Amir in at the web desk. It works once and for a short
time. Give it to that person alone. Amir is a helper from then on; with --coordinator one who looks after the group and
is told what waits too long, with --lead one who is told of every alarm. Helpers in Telegram join in their group.
"""
_GROUP = """
A local group has helpers of its own. Learners who come by its invite link ask them, all others ask the first group.
The group is named by its name or its number. Its helpers may have a Telegram group (--chat), or the web desk alone.
"""
_DESK_EXAMPLES = """
examples:
  tutorbot desk link --name Amir
  tutorbot desk link --name Dana --group Leeds --coordinator
  tutorbot desk set --name Amir --lead
  tutorbot desk list               who helps, with numbers
  tutorbot desk remove --name Amir
"""
_GROUP_EXAMPLES = """
examples:
  tutorbot group add Leeds --hours "mon-fri 09:00-17:00" --place "Leeds Library, open from 9 to 5"
  tutorbot group set Leeds --chat -1001234567890 --languages "en cy"
  tutorbot group invite Leeds      the links for its learners
  tutorbot group list
"""


def add(command: Command) -> None:
    """Add them."""
    _add_desk(command("desk", _DESK, _DESK_EXAMPLES))
    _add_group(command("group", _GROUP, _GROUP_EXAMPLES))


def _add_desk(desk: argparse.ArgumentParser) -> None:
    what = desk.add_subparsers(title="what to do", metavar="WHAT", dest="what", required=True)
    for name, about in _DESK_ACTS.items():
        act = what.add_parser(name, help=about, description=about)
        if name == "list":
            continue
        act.add_argument("--name", required=True, help="the helper's first name, as learners see it; or their number")
        if name == "remove":
            continue
        act.add_argument("--group", default="", help="the group where they help (else the first)")
        act.add_argument("--coordinator", action=_YES_OR_NO, help="whether they look after the group")
        act.add_argument("--lead", action=_YES_OR_NO, help="whether they are told of every alarm")


def _add_group(group: argparse.ArgumentParser) -> None:
    what = group.add_subparsers(title="what to do", metavar="WHAT", dest="what", required=True)
    for name, about in _GROUP_ACTS.items():
        act = what.add_parser(name, help=about, description=about)
        if name == "list":
            continue
        act.add_argument("name", help="the group, by its name or its number")
        if name == "invite":
            continue
        act.add_argument("--chat", help="the number of its helpers' Telegram group; '' for none")
        act.add_argument("--languages", help="what its helpers speak, as in 'en cy'")
        act.add_argument("--hours", help="when somebody is there, as in 'mon-fri 09:00-17:00, sat 10:00-12:00'")
        act.add_argument("--place", help="where else learners can go: its address and opening times")
        if name == "set":
            act.add_argument("--rename", metavar="NAME", help="its new name")
