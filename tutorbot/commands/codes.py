"""The exit codes of all commands, as their help tells them."""

WELL = 0
PROBLEMS = 1  # were found, or the work could not be done
WRONG_USE = 2  # the command or a setting is not right
