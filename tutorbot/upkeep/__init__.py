"""Looks after the house: backups, and bringing one back. Knows files and the store; nothing of channels and settings.

place        what a backup is made of, and where it goes
archive      the one file of a backup
backup       makes one
update       makes one before the database is brought up to date
privacy      keeps others on the machine from what is ours
restore      puts one in the place of the database
"""
