"""The commands: `tutorbot check` is `carry_out` in `check`, and so on. Each prints what came of it.

`carry_out(typed)` takes what was typed and gives the exit code. Only the command that was typed is imported, by its
name, so that none has to wait for what only others need.

help       what can be typed, and the words of each command's help
codes      the exit codes
common     settings, the log, colours and questions, as commands use them
at_desk    what `desk` and `group` share
of_people  what `forget`, `prune` and `audit` share
in_lessons what those of the author's workshop share
"""
