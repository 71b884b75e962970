"""Looks after the house: backups, and bringing one back. Knows files and the store; nothing of channels and settings.

archive      the one file of a backup
backup       makes one
privacy      keeps others on the machine from what is ours
restore      puts one in the place of the database
"""
