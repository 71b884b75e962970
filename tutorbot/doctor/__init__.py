"""Looks whether everything that Tutorbot needs is there and well. Changes nothing.

Each check gives findings: what is so and, where something could be better, what to do.

examine      all checks, in the order in which things are needed
finding      what a check gives
machine      disk, rights, clock
database     answers, backups, what is owed, who waits
lessons      whether there is something to teach
telegram     the bot, the helpers' group, the way in
"""
