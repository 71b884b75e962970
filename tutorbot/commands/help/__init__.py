"""What can be typed after `tutorbot`, and the words of each command's help. Knows nothing of how it is done.

parser     all of it; the others are its families of commands
learners   run, web, worker, chat               authors    check, new, due, words, preview, gift
upkeep     migrate, backup, restore, doctor     desk       desk, group
rights     forget, prune, audit
command    how a family adds a command
"""
