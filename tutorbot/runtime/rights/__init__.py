"""People's rights over their data: a copy of it, being forgotten, and nothing kept for longer than we say."""
