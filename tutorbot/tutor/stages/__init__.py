"""One module for each part of a conversation; `engine` joins them in one table."""
